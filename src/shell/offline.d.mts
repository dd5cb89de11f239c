import type { Plugin } from 'vite'
/** Emits the service worker that keeps the built page. */
export function offline(): Plugin
