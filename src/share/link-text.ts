import { problems, type LinkProblem } from './link-problem'

/*
 *   1.d.12a.9f3c.<payload>
 *   │ │  │   │    └ base64url without padding
 *   │ │  │   └ first 16 bits of the SHA-256 of the packed bytes
 *   │ │  └ characters of the payload, in base 36
 *   │ └ d: deflated; z: as they are
 *   └ version of this form
 */

/** The only version there is so far. Readers of every version stay for ever. */
const VERSION = 1
/** Characters of a link's fragment that are read at all. */
export const MAX_LINK = 65_000
/** Bytes that a link may unpack to, whatever it claims. */
const MAX_UNPACKED = 8 * 1024 * 1024

export type LinkRead =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: LinkProblem }

/** Whether a fragment (without `#`) is meant to be a link of ours, whole or not. */
export const looksLikeLink = (fragment: string): boolean => /^\d+\./.test(fragment)

const isWholeHead = (fragment: string): boolean =>
  /^\d+\.[a-z]\.[\da-z]+\./.test(fragment)

/** Puts a text into the fragment of a link (experience.md 4.4), without `#`. */
export async function printLink(text: string): Promise<string> {
  const plain = new TextEncoder().encode(text)
  const deflated = await through(plain, new CompressionStream('deflate-raw'))
  const isSmaller = deflated.length < plain.length
  const bytes = isSmaller ? deflated : plain
  const payload = toBase64Url(bytes)
  const length = payload.length.toString(36)
  return [VERSION, isSmaller ? 'd' : 'z', length, await checkOf(bytes), payload].join('.')
}

/** Takes the text out of a fragment (without `#`). Whatever it is given, nothing is thrown. */
export async function readLink(fragment: string): Promise<LinkRead> {
  if (!looksLikeLink(fragment)) return { ok: false, problem: problems.foreign() }
  if (fragment.length > MAX_LINK)
    return { ok: false, problem: problems.tooLong(fragment.length, MAX_LINK) }
  const [version, codec, length = '', check, payload = ''] = fragment.split('.')
  if (Number(version) > VERSION) return { ok: false, problem: problems.newer() }
  if (!isWholeHead(fragment)) return { ok: false, problem: problems.damaged() }
  const expected = parseInt(length, 36)
  if (payload.length < expected)
    return { ok: false, problem: problems.cut(payload.length, expected) }
  // What a chat or a sentence put behind the link is no part of it.
  return unpack(payload.slice(0, expected), codec, check)
}

async function unpack(
  payload: string,
  codec: string | undefined,
  check: string | undefined,
): Promise<LinkRead> {
  const bytes = fromBase64Url(payload)
  if (!bytes || (codec !== 'd' && codec !== 'z') || (await checkOf(bytes)) !== check)
    return { ok: false, problem: problems.damaged() }
  const plain = codec === 'd' ? await inflate(bytes) : bytes
  if (plain === 'too large') return { ok: false, problem: problems.tooLarge() }
  const text = plain && readUtf8(plain)
  return text === undefined
    ? { ok: false, problem: problems.damaged() }
    : { ok: true, text }
}

async function inflate(bytes: Bytes): Promise<Bytes | 'too large' | undefined> {
  try {
    const unpacked = await through(bytes, new DecompressionStream('deflate-raw'))
    return unpacked.length > MAX_UNPACKED ? 'too large' : unpacked
  } catch {
    return undefined
  }
}

type Bytes = Uint8Array<ArrayBuffer>

/** Stops a little after the most that is allowed, however much would come. */
async function through(
  bytes: Bytes,
  transform: CompressionStream | DecompressionStream,
): Promise<Bytes> {
  const reader = new Blob([bytes]).stream().pipeThrough(transform).getReader()
  const pieces: Bytes[] = []
  let length = 0
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    pieces.push(next.value)
    length += next.value.length
    if (length <= MAX_UNPACKED) continue
    await reader.cancel()
    break
  }
  return new Uint8Array(await new Blob(pieces).arrayBuffer())
}

async function checkOf(bytes: Bytes): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return [...hash.subarray(0, 2)]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
}

function toBase64Url(bytes: Bytes): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

function fromBase64Url(text: string): Bytes | undefined {
  if (!/^[\w-]*$/.test(text) || text.length % 4 === 1) return undefined
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, (character) => character.charCodeAt(0))
}

function readUtf8(bytes: Bytes): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}
