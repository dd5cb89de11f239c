/**
 * Narrows what this page may do, before anything else of it runs; the browser enforces
 * it from here on, and nothing can widen it again.
 *
 * - Workers come from blobs, which are bound by the page's policy. The one file that may
 *   be one is the service worker: the policy in the page itself cannot name it, since it
 *   does not know the address that it is served under.
 * - Trusted types: text becomes the address of a script only if it is one of these two;
 *   it never becomes markup, but for a rule of style that a splitter sets while dragged.
 */
export function bindPage(): void {
  // Requests are told to whoever asks what left the page; browsers remember 250 unasked.
  performance.setResourceTimingBufferSize(20_000)
  const policy = document.createElement('meta')
  policy.httpEquiv = 'Content-Security-Policy'
  policy.content = `worker-src blob: ${serviceWorkerUrl()}`
  if (location.protocol !== 'file:') document.head.append(policy)
  const { trustedTypes } = window as { trustedTypes?: TrustedTypes }
  trustedTypes?.createPolicy('default', {
    createScriptURL: checkScriptUrl,
    createHTML: checkMarkup,
  })
}

/** Of https://w3c.github.io/trusted-types/, which TypeScript does not know yet. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: Readonly<
      Record<'createScriptURL' | 'createHTML', (text: string) => string | null>
    >,
  ): unknown
}

/** Where the service worker of this page is, whatever folder it is served from. */
export const serviceWorkerUrl = (): string => new URL('sw.js', document.baseURI).href

/** Null is refused by the browser. */
const checkScriptUrl = (url: string): string | null =>
  url.startsWith('blob:') || url === serviceWorkerUrl() ? url : null

const checkMarkup = (text: string): string | null =>
  /^\*\{cursor: [a-z-]+!important;\}$/.test(text) ? text : null
