/** Texts up to this length are looked for among those read before, in UTF-16 units. */
const POOLED = 128
/** A power of two: how many texts are remembered. */
const SLOTS = 8192
/** Above this length a decoder is faster than handing over units one by one. */
const SHORT = 64

/** Bits that all surrogates have. */
const SURROGATE = 0xd800

const decoder = new TextDecoder('utf-16le', { ignoreBOM: true })
const remembered: (string | undefined)[] = new Array<undefined>(SLOTS).fill(undefined)

/**
 * The text in `units[from … to)`, ended early by a NUL, as in C. Logs say the same things
 * over and over, so short texts that were read lately are not made again. Halves of
 * surrogate pairs become U+FFFD.
 */
export function readUnits(units: Uint16Array, from: number, to: number): string {
  if (to - from > POOLED) return readLong(units.subarray(from, to))
  let end = from
  let bits = 0
  let hash = 0x811c9dc5
  for (let unit; end < to && (unit = units[end]!) !== 0; end++) {
    bits |= unit
    hash = Math.imul(hash ^ unit, 0x01000193)
  }
  const slot = (hash ^ (hash >>> 15)) & (SLOTS - 1)
  const known = remembered[slot]
  if (known?.length === end - from && isText(units, from, known)) return known
  const isPlain = (bits & SURROGATE) !== SURROGATE && end - from <= SHORT
  const part = units.subarray(from, end)
  const text = isPlain
    ? String.fromCharCode.apply(null, part as unknown as number[])
    : decoder.decode(part)
  remembered[slot] = text
  return text
}

function readLong(units: Uint16Array): string {
  const end = units.indexOf(0)
  return decoder.decode(end < 0 ? units : units.subarray(0, end))
}

function isText(units: Uint16Array, from: number, text: string): boolean {
  for (let i = 0; i < text.length; i++)
    if (text.charCodeAt(i) !== units[from + i]) return false
  return true
}
