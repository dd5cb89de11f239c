import { mount } from 'svelte'
import './app.css'
import App from './ui/App.svelte'
import './ui/frame/controls.css'
import { makeDesk } from './ui/state/make-desk'
import { startEngine } from './worker/client'

mount(App, { target: document.body, props: { desk: makeDesk(startEngine()) } })
