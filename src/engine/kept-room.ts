const atHand: ArrayBuffer[] = []
const MOST_AT_HAND = 10
/** Larger ones are not kept: there are few, and one takes the place of many. */
const MOST_BYTES = 4 * 2 ** 20
const LEAST_BYTES = 2 ** 16

/**
 * Room for so many numbers of 32 bits, or some more, with whatever stands in it: new
 * memory is dear at first touch, and runs that follow one another can do with the same.
 */
export function roomFor(count: number): ArrayBuffer {
  const bytes = count * 4
  const known = atHand.findLastIndex((room) => room.byteLength >= bytes)
  if (known >= 0) return atHand.splice(known, 1)[0]!
  return new ArrayBuffer(Math.max(LEAST_BYTES, bytes))
}

/** Takes room back that nobody looks at any more; the smallest is let go when it is much. */
export function giveBack({ buffer }: { readonly buffer: ArrayBuffer }): void {
  if (buffer.byteLength < LEAST_BYTES || buffer.byteLength > MOST_BYTES) return
  const before = atHand.findIndex((room) => room.byteLength < buffer.byteLength)
  atHand.splice(before < 0 ? atHand.length : before, 0, buffer)
  if (atHand.length > MOST_AT_HAND) atHand.pop()
}
