import type { EventWriter } from './event-writer'

/**
 * `SHA1=…,MD5=…,IMPHASH=…` as fields of an object, in small letters. Hashes of nothing
 * but zeros are none; that of the imports of a program belongs to `pe`.
 */
export function putHashes(
  out: EventWriter,
  object: 'process' | 'file' | 'dll' | undefined,
  hashes: string,
  from: string,
): void {
  for (const part of hashes.split(',')) {
    const at = part.indexOf('=')
    const value = part.slice(at + 1).toLowerCase()
    if (at < 1 || isZero(value)) continue
    const kind = part.slice(0, at).toLowerCase()
    if (object) out.put(fieldOf(object, kind), value, from)
    out.relate('hash', value, from)
  }
}

const fieldOf = (object: string, kind: string): string =>
  kind === 'imphash' ? `${object}.pe.imphash` : `${object}.hash.${kind}`

function isZero(hash: string): boolean {
  for (let at = 0; at < hash.length; at++) if (hash.charCodeAt(at) !== 48) return false
  return true
}
