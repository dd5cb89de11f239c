import type { Code, Column } from '../events/column'
import { bitsFor, copyBits, setAlso, type RowBits } from '../events/row-bits'
import { RowSet, type Row } from '../events/row-set'
import type { Holder, MemoryBudget } from './memory-budget'

/** Rows read between two pauses. */
const STEP = 1 << 16
/** So many rows, as a part of all, are put together sooner as bits than as a list. */
const OFTEN = 64
/** So many words of bits are put together as quickly as a row is put in its place. */
const WORDS_A_ROW = 6

/**
 * The rows of every code of a column. Codes of few rows have them listed, side by side;
 * those that many rows have, a bit for each row:
 *
 *     code     1       2          3
 *     rows     4 9 12  0111 01…   0 3 90
 *
 * Rows appended since are taken in anew with all others, once that is worth it.
 */
export class Postings implements Holder {
  /** By code: where its listed rows begin; those of the next code follow. */
  private starts = new Uint32Array(2)
  private rows = new Uint32Array(0)
  /** Of the codes that have none listed. */
  private bits: ReadonlyMap<Code, RowBits> = new Map()
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
    this.bits = new Map()
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
    const { starts, rows, bits, covered } = this
    const bytes = starts.byteLength + rows.byteLength + bits.size * (covered >>> 3)
    this.memory.use(this, bytes)
    return true
  }

  /**
   * The candidates that have one of these codes; undefined where it is less work to ask
   * each candidate for its code.
   */
  read(codes: Uint32Array, candidates: RowSet): RowSet | undefined {
    const { size } = candidates
    const often: RowBits[] = []
    let listed = 0
    for (let i = 0; i < codes.length; i++) {
      const count = this.endOf(codes[i]!) - this.startOf(codes[i]!)
      const bits = count === 0 ? this.bits.get(codes[i]!) : undefined
      if (bits) often.push(bits)
      listed += count
    }
    const words = often.length * ((size + 31) >>> 5)
    if (listed + words / WORDS_A_ROW > candidates.count()) return undefined
    if (words === 0 && listed * OFTEN < size)
      return candidates.and(RowSet.ofUnsorted(size, this.list(codes, listed, size)))
    const [first, ...others] = often
    const found = first ? copyBits(first, size) : bitsFor(size)
    for (const bits of others) setAlso(found, bits)
    if (listed > 0) this.setRows(codes, size, found)
    return candidates.andBits(found)
  }

  // Contents that came since have no place in it.
  private startOf(code: Code): number {
    return this.starts[code] ?? this.rows.length
  }

  private endOf(code: Code): number {
    return this.starts[code + 1] ?? this.rows.length
  }

  private list(codes: Uint32Array, most: number, size: number): Uint32Array {
    const { rows } = this
    const found = new Uint32Array(most)
    let count = 0
    for (let i = 0; i < codes.length; i++) {
      const to = this.endOf(codes[i]!)
      for (let at = this.startOf(codes[i]!); at < to; at++)
        if (rows[at]! < size) found[count++] = rows[at]!
    }
    return found.subarray(0, count)
  }

  private setRows(codes: Uint32Array, size: number, found: RowBits): void {
    const { rows } = this
    for (let i = 0; i < codes.length; i++) {
      const to = this.endOf(codes[i]!)
      for (let at = this.startOf(codes[i]!); at < to; at++) {
        const row = rows[at]!
        if (row < size) found[row >>> 5]! |= 1 << (row & 31)
      }
    }
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
    const often = takeOften(starts, rowCount)
    for (let code = 1; code < starts.length; code++) starts[code]! += starts[code - 1]!
    const words = (rowCount + 31) >>> 5
    const bits = new Uint32Array(often.length * words)
    const bitsAt = new Int32Array(starts.length).fill(-1)
    for (const [i, code] of often.entries()) bitsAt[code] = i * words
    const rows = new Uint32Array(starts.at(-1)!)
    const next = starts.slice()
    for (let from = 0; from < rowCount; from += STEP) {
      const codes = copyCodesOf(column, from, Math.min(rowCount, from + STEP))
      placeRows(codes, from, { next, rows, bitsAt, bits })
      yield
    }
    if (this.covered >= rowCount) return
    this.starts = starts
    this.rows = rows
    this.bits = new Map(
      often.map((code, i) => [code, bits.subarray(i * words, (i + 1) * words)]),
    )
    this.covered = rowCount
    this.asked = 0
  }
}

/** The codes of so many rows that these are kept as bits; they are counted no more. */
function takeOften(counts: Uint32Array, rowCount: number): Code[] {
  const often: Code[] = []
  for (let code = 1; code + 1 < counts.length; code++)
    if (counts[code + 1]! * OFTEN >= rowCount) {
      often.push(code)
      counts[code + 1] = 0
    }
  return often
}

interface Places {
  /** By code: where its next listed row goes. */
  readonly next: Uint32Array
  readonly rows: Uint32Array
  /** By code: where its bits begin, -1 where its rows are listed. */
  readonly bitsAt: Int32Array
  readonly bits: RowBits
}

/** Puts the rows from `from` on, whose codes these are, where they belong. */
function placeRows(
  codes: Uint32Array,
  from: Row,
  { next, rows, bitsAt, bits }: Places,
): void {
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!
    if (code === 0) continue
    const row = from + i
    const at = bitsAt[code]!
    if (at >= 0) bits[at + (row >>> 5)]! |= 1 << (row & 31)
    else rows[next[code]!++] = row
  }
}

/** The codes of the rows `from` … `to`-1, 0 where the field is absent; good until next. */
function copyCodesOf(column: Column, from: Row, to: Row): Uint32Array {
  const codes = codesOfStep.subarray(0, to - from).fill(0)
  column.copyCodes(codes, from, to)
  return codes
}
const codesOfStep = new Uint32Array(STEP)
