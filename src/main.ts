import { mount } from 'svelte'
import './app.css'
import { bindPage } from './shell/bind-page'
import App from './ui/App.svelte'
import './ui/frame/controls.css'
import { makeDesk } from './ui/state/make-desk'
import { startEngine } from './worker/client'

bindPage()
mount(App, { target: document.body, props: { desk: makeDesk(startEngine()) } })
