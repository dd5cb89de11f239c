/** A request that the browser lists. */
export interface ListedRequest {
  readonly name: string
  readonly isForeign: boolean
}

/** What the page has fetched since it was opened, its own document first. */
export const readRequests = (): readonly ListedRequest[] =>
  [
    ...performance.getEntriesByType('navigation'),
    ...performance.getEntriesByType('resource'),
  ].map(({ name }) => ({ name, isForeign: isForeign(name) }))

const isForeign = (url: string): boolean =>
  /^https?:/.test(url) && new URL(url).origin !== location.origin

/** The content policies of the page. All of them hold. */
export const readPolicies = (): readonly string[] =>
  Array.from(
    document.querySelectorAll<HTMLMetaElement>(
      'meta[http-equiv="Content-Security-Policy"]',
    ),
    ({ content }) => content.replaceAll('; ', ';\n'),
  )

/** The name of the script that runs, which holds a hash of its content. */
export const scriptOfPage = (): string =>
  document
    .querySelector<HTMLScriptElement>('script[type="module"][src]')
    ?.src.replace(/^.*\//, '') ?? 'within the page'
