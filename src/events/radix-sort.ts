import { inPieces } from './in-pieces'

const SMALL = 4096

/**
 * Sorts rows by several keys, the most significant first; rows of equal keys keep
 * their order. Each key holds a value for every row number. Pauses every few
 * milliseconds.
 */
export function* sortRows(
  rows: Uint32Array,
  keys: readonly Uint32Array[],
): Generator<void, Uint32Array> {
  const compare = (a: number, b: number): number => {
    for (const key of keys) if (key[a] !== key[b]) return key[a]! - key[b]!
    return 0
  }
  if (rows.length < SMALL) return rows.sort(compare)
  let sorted = rows
  for (const key of keys.toReversed()) {
    sorted = yield* sortByDigit(sorted, key, 0)
    sorted = yield* sortByDigit(sorted, key, 16)
  }
  return sorted
}

/** 16 bits at a time, the least significant first. */
function* sortByDigit(
  rows: Uint32Array,
  key: Uint32Array,
  shift: number,
): Generator<void, Uint32Array> {
  const starts = new Uint32Array(0x10000)
  yield* inPieces(rows.length, (from, to) => {
    for (let i = from; i < to; i++) starts[(key[rows[i]!]! >>> shift) & 0xffff]!++
  })
  if (starts[(key[rows[0]!]! >>> shift) & 0xffff] === rows.length) return rows
  let total = 0
  for (let digit = 0; digit < 0x10000; digit++) {
    const count = starts[digit]!
    starts[digit] = total
    total += count
  }
  const sorted = new Uint32Array(rows.length)
  yield* inPieces(rows.length, (from, to) => {
    for (let i = from; i < to; i++) {
      const row = rows[i]!
      sorted[starts[(key[row]! >>> shift) & 0xffff]!++] = row
    }
  })
  return sorted
}
