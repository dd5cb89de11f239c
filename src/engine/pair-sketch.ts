/**
 * Sketches of texts: one bit, of 128, for every pair of neighbouring characters. A text
 * can hold another only if its sketch has all bits of the other's; that turns nearly all
 * texts away without reading them.
 *
 *     cmd.exe        ─►  {cm md d. .e ex xe}
 *     *power*.exe    ─►  {po ow we er .e ex xe}  not all among those
 */
export type PairSketches = Int32Array<ArrayBuffer>

/** Words that a sketch takes. */
export const SKETCH_WORDS = 4

/** Adds the pairs of a text to the sketch of a number. */
export function addPairs(text: string, sketches: PairSketches, number: number): void {
  let before = text.charCodeAt(0)
  for (let i = 1; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    const bit = Math.imul((before << 7) ^ unit, 0x9e3779b1) >>> 25
    sketches[number * SKETCH_WORDS + (bit >>> 5)]! |= 1 << (bit & 31)
    before = unit
  }
}

/**
 * One sketch for each alternative, of all pieces that it needs; undefined when one needs
 * no pair, so that sketches could turn nothing away.
 */
export function sketchNeeds(
  alternatives: readonly (readonly string[])[],
): PairSketches | undefined {
  if (!alternatives.every((pieces) => pieces.some(({ length }) => length > 1)))
    return undefined
  const sketches = new Int32Array(alternatives.length * SKETCH_WORDS)
  for (const [number, pieces] of alternatives.entries())
    for (const piece of pieces) addPairs(piece, sketches, number)
  return sketches
}

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
