/// <reference lib="webworker" />
import { cleanupOutdatedCaches, precacheAndRoute } from 'workbox-precaching'
import { USE_NOW } from './messages'

/*
 * Keeps the page's own files, so that it opens without a network. It asks for nothing
 * else, and takes over from the version before it only when it is told to, or when no
 * tab has that one open any more.
 */
declare const self: ServiceWorkerGlobalScope
/** Put in when the page is built: every file of it, with a hash of what it holds. */
declare const FILES_OF_THE_PAGE: readonly {
  readonly url: string
  readonly revision: string
}[]

precacheAndRoute([...FILES_OF_THE_PAGE])
cleanupOutdatedCaches()

self.addEventListener('message', (event) => {
  if (event.data === USE_NOW) void self.skipWaiting()
})
