import { pairBit } from '../events/pair-bit'

/**
 * Sketches of texts: one bit, of 128, for every pair of neighbouring characters in the
 * quoted text. A text can match a pattern only if its sketch has all bits of the
 * pattern's; that turns nearly all texts away without reading them.
 *
 *     cmd.exe        ─►  {"c cm md d. .e ex xe e"}
 *     *power*.exe    ─►  {po ow we er .e ex xe e"}  not all among those
 *
 * Sketches of contents may have more bits: where these lie as bytes, what is escaped there
 * has others (assembly/search.ts).
 */
export type PairSketches = Int32Array<ArrayBuffer>

/** Words that a sketch takes. */
export const SKETCH_WORDS = 4

const QUOTE = 0x22

/** Adds the pairs of a text, in lower case, to the sketch of a number. */
export function addPairs(text: string, sketches: PairSketches, number: number): void {
  let before = QUOTE
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    addPair(before, unit, sketches, number)
    before = unit
  }
  addPair(before, QUOTE, sketches, number)
}

function addPair(
  before: number,
  after: number,
  sketches: PairSketches,
  number: number,
): void {
  const bit = pairBit(before, after)
  sketches[number * SKETCH_WORDS + (bit >>> 5)]! |= 1 << (bit & 31)
}

/**
 * One sketch for each wildcard pattern, in lower case, of all pairs that its texts must
 * have; undefined when one needs none, so that sketches could turn nothing away.
 */
export function sketchNeeds(patterns: readonly string[]): PairSketches | undefined {
  const sketches = new Int32Array(patterns.length * SKETCH_WORDS)
  for (const [number, pattern] of patterns.entries()) {
    let before = QUOTE
    let pairs = 0
    for (let i = 0; i <= pattern.length; i++) {
      const unit = i < pattern.length ? plainUnit(pattern.charCodeAt(i)) : QUOTE
      if (before !== NOT_PLAIN && unit !== NOT_PLAIN) {
        addPair(before, unit, sketches, number)
        pairs++
      }
      before = unit
    }
    if (pairs === 0) return undefined
  }
  return sketches
}

const NOT_PLAIN = -1
const WILDCARDS: readonly number[] = [0x2a, 0x3f]

/** A unit if it stands for itself in a pattern as well as in JSON. */
const plainUnit = (unit: number): number =>
  unit < 0x20 || unit > 0x7e || unit === QUOTE || WILDCARDS.includes(unit)
    ? NOT_PLAIN
    : unit

/** Whether the sketch of a number has all of some of the needs. */
export function mayHold(
  sketches: PairSketches,
  number: number,
  needs: PairSketches,
): boolean {
  const at = number * SKETCH_WORDS
  const missing0 = ~sketches[at]!
  const missing1 = ~sketches[at + 1]!
  const missing2 = ~sketches[at + 2]!
  const missing3 = ~sketches[at + 3]!
  for (let i = 0; i < needs.length; i += SKETCH_WORDS) {
    const lacks =
      (needs[i]! & missing0) |
      (needs[i + 1]! & missing1) |
      (needs[i + 2]! & missing2) |
      (needs[i + 3]! & missing3)
    if (lacks === 0) return true
  }
  return false
}
