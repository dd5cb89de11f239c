/*
 * The list at the end of a zip (https://pkware.cachefly.net/webdocs/APPNOTE/APPNOTE-6.3.9.TXT):
 *
 *   entry   +0 50 4b 01 02   +16 CRC-32   +28 length of name, of extra, of comment   +46 name
 *   …
 *   end     +0 50 4b 05 06   +10 how many entries   +16 where the first one is
 */

const END = 0x06054b50
const END_BYTES = 22
const MAX_COMMENT = 0xffff
const ENTRY = 0x02014b50
const ENTRY_BYTES = 46

/**
 * What a zip says of the CRC-32 of its files, by their paths. What is damaged or too
 * large for a list of this kind is left out; nothing is thrown.
 */
export function readChecksums(zip: Uint8Array): ReadonlyMap<string, number> {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength)
  const checksums = new Map<string, number>()
  const end = findEnd(view)
  if (end < 0) return checksums
  let at = view.getUint32(end + 16, true)
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    if (at + ENTRY_BYTES > end || view.getUint32(at, true) !== ENTRY) break
    const from = at + ENTRY_BYTES
    const to = from + view.getUint16(at + 28, true)
    const name = new TextDecoder().decode(zip.subarray(from, to))
    checksums.set(name, view.getInt32(at + 16, true))
    at = to + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return checksums
}

/** A comment may follow it. */
function findEnd(view: DataView): number {
  const last = view.byteLength - END_BYTES
  for (let at = last; at >= 0 && at >= last - MAX_COMMENT; at--)
    if (view.getUint32(at, true) === END) return at
  return -1
}
