import type { Column } from '../events/column'
import { bitsFor, type RowBits } from '../events/row-bits'
import { RowSet, type Row } from '../events/row-set'
import type { Holder, MemoryBudget } from './memory-budget'

/** Rows read between two pauses. */
const STEP = 1 << 16
/** More rows than this part of all are put together sooner as bits than as a list. */
const BITS_FROM = 64

/**
 * The rows of every code of a column, side by side:
 *
 *     code     1       2   3
 *     rows     4 9 12  7   0 3 90
 *
 * Rows appended since are taken in anew with all others, once that is worth it.
 */
export class Postings implements Holder {
  /** By code: where its rows begin; those of the next code follow. */
  private starts = new Uint32Array(2)
  private rows = new Uint32Array(0)
  private covered: Row = 0
  /** Candidates that could have been answered for without being asked. */
  private asked = 0

  constructor(
    private readonly column: Column,
    private readonly memory: MemoryBudget,
  ) {}

  forget(): void {
    this.starts = new Uint32Array(2)
    this.rows = new Uint32Array(0)
    this.covered = 0
    this.asked = 0
  }

  /**
   * Takes in all rows of the candidates' table; false as long as they have not been
   * wanted often enough to be worth it.
   */
  *prepare(candidates: RowSet): Generator<void, boolean> {
    const rowCount = candidates.size
    if (this.covered < rowCount) {
      this.asked += candidates.count()
      if (this.asked * 2 < rowCount) return false
      yield* this.takeAll(rowCount)
    }
    this.memory.use(this, this.starts.byteLength + this.rows.byteLength)
    return true
  }

  /** The candidates that have one of these codes; undefined if more rows than `most` do. */
  read(codes: Uint32Array, candidates: RowSet, most: number): RowSet | undefined {
    const { starts, rows } = this
    // Contents that came since have no place in it.
    const end = rows.length
    let total = 0
    for (let i = 0; i < codes.length; i++)
      total += (starts[codes[i]! + 1] ?? end) - (starts[codes[i]!] ?? end)
    if (total > most) return undefined
    const { size, words } = candidates
    if (words) return this.readWithin(words, codes, size)
    if (total * BITS_FROM > size) return candidates.and(this.readBits(codes, size))
    const found = new Uint32Array(total)
    let count = 0
    for (let i = 0; i < codes.length; i++) {
      const code = codes[i]!
      const to = starts[code + 1] ?? end
      for (let at = starts[code] ?? end; at < to; at++)
        if (rows[at]! < size) found[count++] = rows[at]!
    }
    return candidates.and(RowSet.ofUnsorted(size, found.subarray(0, count)))
  }

  /** Those whose bit is set, where candidates are many: no set is made only to be cut. */
  private readWithin(words: Readonly<RowBits>, codes: Uint32Array, size: number): RowSet {
    const { starts, rows } = this
    const bits = bitsFor(size)
    let count = 0
    for (let i = 0; i < codes.length; i++) {
      const code = codes[i]!
      const to = starts[code + 1] ?? rows.length
      for (let at = starts[code] ?? rows.length; at < to; at++) {
        // No branch on what is among them: none could be foretold.
        const row = rows[at]!
        const hit = words[row >>> 5]! & (1 << (row & 31))
        bits[row >>> 5]! |= hit
        count += hit >>> (row & 31)
      }
    }
    return RowSet.ofBits(size, bits, count)
  }

  private readBits(codes: Uint32Array, rowCount: number): RowSet {
    const { starts, rows } = this
    const bits = bitsFor(rowCount)
    for (let i = 0; i < codes.length; i++) {
      const code = codes[i]!
      const to = starts[code + 1] ?? rows.length
      for (let at = starts[code] ?? rows.length; at < to; at++) {
        const row = rows[at]!
        if (row < rowCount) bits[row >>> 5]! |= 1 << (row & 31)
      }
    }
    return RowSet.ofBits(rowCount, bits)
  }

  /** Counts the rows of every code, then puts each where it belongs. */
  private *takeAll(rowCount: number): Generator<void, void> {
    const { column } = this
    const starts = new Uint32Array(column.size + 2)
    for (let row = 0; row < rowCount; row += STEP) {
      const to = Math.min(rowCount, row + STEP)
      const codes = copyCodesOf(column, row, to)
      // Those without the field are counted too, where nothing reads it: at code 0.
      for (let i = 0; i < codes.length; i++) starts[codes[i]! + 1]!++
      yield
    }
    starts[1] = 0
    for (let code = 1; code < starts.length; code++) starts[code]! += starts[code - 1]!
    const rows = new Uint32Array(starts.at(-1)!)
    const next = starts.slice()
    for (let from = 0; from < rowCount; from += STEP) {
      const codes = copyCodesOf(column, from, Math.min(rowCount, from + STEP))
      for (let i = 0; i < codes.length; i++)
        if (codes[i] !== 0) rows[next[codes[i]!]!++] = from + i
      yield
    }
    if (this.covered >= rowCount) return
    this.starts = starts
    this.rows = rows
    this.covered = rowCount
    this.asked = 0
  }
}

/** The codes of the rows `from` … `to`-1, 0 where the field is absent; good until next. */
function copyCodesOf(column: Column, from: Row, to: Row): Uint32Array {
  const codes = codesOfStep.subarray(0, to - from).fill(0)
  column.copyCodes(codes, from, to)
  return codes
}
const codesOfStep = new Uint32Array(STEP)
