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

/** The script that runs; none in the page of one file, whose script stands in it. */
const findScript = (): HTMLScriptElement | null =>
  document.querySelector<HTMLScriptElement>('script[type="module"][src]')

/** Its name, which holds a hash of its content. */
export const scriptOfPage = (): string =>
  findScript()?.src.replace(/^.*\//, '') ?? 'within the page'

/**
 * SHA-256 of that script, in hexadecimal, to be held against what a release tells of its
 * files; undefined where it cannot be read again.
 */
export async function hashOfScript(): Promise<string | undefined> {
  const source = findScript()?.src
  if (source === undefined) return undefined
  try {
    const bytes = await (await fetch(source)).arrayBuffer()
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
    return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  } catch {
    return undefined
  }
}

/**
 * The host, where the page is but one of its folders: what is stored belongs to the host,
 * so that other pages of it may read it (experience.md 4.5).
 */
export const sharedHost = (): string | undefined =>
  /^https?:$/.test(location.protocol) && /^\/[^/]+\//.test(location.pathname)
    ? location.host
    : undefined
