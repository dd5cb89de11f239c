import type { RowList } from './row-list'

/** One bit a row, 32 rows a word. What lies beyond the end is not in the set. */
export type RowBits = Uint32Array<ArrayBuffer>

/** All 0. A million rows take memory that is dear to get anew, so some is kept at hand. */
export function bitsFor(size: number): RowBits {
  const length = (size + 31) >>> 5
  const kept = atHand.pop()
  return kept?.length === length ? kept : new Uint32Array(length)
}

/** Takes bits back that nobody reads any more. */
export function giveBack(bits: RowBits): void {
  if (atHand.length === MOST_AT_HAND) return
  bits.fill(0)
  atHand.push(bits)
}

const atHand: RowBits[] = []
const MOST_AT_HAND = 4

export const hasBit = (bits: RowBits, row: number): boolean =>
  (((bits[row >>> 5] ?? 0) >>> (row & 31)) & 1) === 1

/** A copy with room for `size` rows. */
export function copyBits(bits: RowBits, size: number): RowBits {
  const copy = bitsFor(size)
  copy.set(bits.length > copy.length ? bits.subarray(0, copy.length) : bits)
  return copy
}

// Plain loops: an iterator, or a function handed in per word, costs more than the work.

export function setListed(bits: RowBits, list: RowList): void {
  for (let i = 0; i < list.length; i++) {
    const row = list[i]!
    bits[row >>> 5]! |= 1 << (row & 31)
  }
}

/** Sets what is set in the other, as far as there is room. */
export function setAlso(bits: RowBits, other: RowBits): void {
  const shared = Math.min(bits.length, other.length)
  for (let i = 0; i < shared; i++) bits[i]! |= other[i]!
}

export function clearListed(bits: RowBits, list: RowList): void {
  for (let i = 0; i < list.length; i++) {
    const row = list[i]!
    if (row >>> 5 < bits.length) bits[row >>> 5]! &= ~(1 << (row & 31))
  }
}

export function setRange(bits: RowBits, from: number, to: number): void {
  let row = from
  while (row < to && (row & 31) !== 0) bits[row >>> 5]! |= 1 << (row++ & 31)
  const end = to & ~31
  if (row < end) bits.fill(0xffffffff, row >>> 5, end >>> 5)
  for (row = Math.max(row, end); row < to; row++) bits[row >>> 5]! |= 1 << (row & 31)
}

/** Those of the list that are in the bits, or that are not. */
export function keepListed(list: RowList, bits: RowBits, wanted: 0 | 1): RowList {
  const kept = new Uint32Array(list.length)
  let count = 0
  for (let i = 0; i < list.length; i++) {
    const row = list[i]!
    const word = row >>> 5 < bits.length ? bits[row >>> 5]! : 0
    if (((word >>> (row & 31)) & 1) === wanted) kept[count++] = row
  }
  return kept.slice(0, count)
}

/** Keeps what is set in the other as well; answers how many are left. */
export function keepAlso(bits: RowBits, other: RowBits): number {
  let total = 0
  for (let i = 0; i < bits.length; i++) {
    const word = i < other.length ? bits[i]! & other[i]! : 0
    bits[i] = word
    total += bitCount(word)
  }
  return total
}

/** Takes away what is set in the other; answers how many are left. */
export function clearAlso(bits: RowBits, other: RowBits): number {
  let total = 0
  for (let i = 0; i < bits.length; i++) {
    const word = i < other.length ? bits[i]! & ~other[i]! : bits[i]!
    bits[i] = word
    total += bitCount(word)
  }
  return total
}

export function countBits(bits: RowBits): number {
  let total = 0
  for (let i = bits.length; i-- > 0;) total += bitCount(bits[i]!)
  return total
}

/**
 * Writes the rows of the words `from` … `to`-1 into a list from place `at` on; answers the
 * place after the last.
 */
export function listWords(
  bits: RowBits,
  from: number,
  to: number,
  into: RowList,
  at = 0,
): number {
  let next = at
  for (let first = from; first < to; first += WORDS) {
    const count = findFilled(bits, first, Math.min(to, first + WORDS))
    for (let k = 0; k < count; k++) {
      const i = filled[k]!
      for (let word = bits[i]!; word !== 0;) {
        const lowest = word & -word
        into[next++] = (i << 5) + 31 - Math.clz32(lowest)
        word ^= lowest
      }
    }
  }
  return next
}

/**
 * Which of these words are not 0; how many. Where bits are rare it cannot be foretold which,
 * so this does without a branch.
 */
function findFilled(bits: RowBits, from: number, to: number): number {
  let count = 0
  for (let i = from; i < to; i++) {
    filled[count] = i
    const word = bits[i]! | 0
    count += (word | -word) >>> 31
  }
  return count
}
const WORDS = 256
const filled = new Uint32Array(WORDS)

export const bitCount = (word: number): number => {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return (((fours + (fours >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
}
