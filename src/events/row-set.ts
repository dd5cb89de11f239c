import {
  bitsFor,
  clearAlso,
  clearListed,
  copyBits,
  countBits,
  giveBack,
  hasBit,
  keepAlso,
  keepListed,
  listWords,
  setAlso,
  setListed,
  setRange,
  type RowBits,
} from './row-bits'
import {
  intersectLists,
  isListed,
  subtractLists,
  uniteLists,
  type RowList,
} from './row-list'

/** Position of an event in its table: 0-based, in load order over all sources. */
export type Row = number

/** So many rows at most are handed out at once; a multiple of 32. */
export const PIECE = 1024

/** More rows than this are put in order sooner by the bits than by sorting. */
const FEW_TO_SORT = 512

/** Whether a list of so many rows takes less room than a bit for each row there is. */
const isFew = (count: number, size: number): boolean => count * 32 < size

/**
 * A set of rows of one table. The same events answer to many rules, so a filter is never
 * a copy of events: it is one of these. Few rows are kept as a list, many as one bit for
 * every row of the table, so that a selection costs what it holds and not what there is.
 *
 * Only who has made a set may `add` and `delete`; operations may hand out one of their
 * operands as the result.
 */
export class RowSet {
  readonly size: number
  /** The rows, as long as there are no bits. */
  private list: RowList
  private bits: RowBits | undefined
  private counted: number | undefined

  /** An empty set over rows 0 … size-1. */
  constructor(size: number) {
    this.size = size
    this.list = noRows
    this.counted = 0
  }

  static all(size: number): RowSet {
    return RowSet.range(size, 0, size)
  }

  /** The rows `from` … `to`-1. */
  static range(size: number, from: Row, to: Row): RowSet {
    const bits = bitsFor(size)
    setRange(bits, from, to)
    return RowSet.ofBits(size, bits, Math.max(to - from, 0))
  }

  static of(size: number, rows: Iterable<Row>): RowSet {
    const set = new RowSet(size)
    for (const row of rows) set.add(row)
    return set
  }

  /** The rows of a list, ascending and each once; it is taken over, not copied. */
  static ofList(size: number, list: RowList): RowSet {
    const set = new RowSet(size)
    set.counted = list.length
    if (isFew(list.length, size)) set.list = list
    else setListed((set.bits = bitsFor(size)), list)
    return set
  }

  /** The rows of a list in any order, each once; it is copied. */
  static ofUnsorted(size: number, list: RowList): RowSet {
    if (isFew(list.length, size) && list.length < FEW_TO_SORT)
      return RowSet.ofList(size, list.slice().sort())
    const bits = bitsFor(size)
    setListed(bits, list)
    return RowSet.ofBits(size, bits, list.length)
  }

  /** The rows whose bits are set; these are taken over, and not to be used again. */
  static ofBits(size: number, bits: RowBits, counted = countBits(bits)): RowSet {
    const set = new RowSet(size)
    set.counted = counted
    if (isFew(counted, size)) {
      set.list = new Uint32Array(counted)
      listWords(bits, 0, bits.length, set.list)
      giveBack(bits)
    } else set.bits = bits
    return set
  }

  /** Bytes it takes. */
  get bytes(): number {
    return (this.bits ?? this.list).byteLength
  }

  /** The bits where it is kept as such, to be read by who knows what to do with words. */
  get words(): Readonly<RowBits> | undefined {
    return this.bits
  }

  has(row: Row): boolean {
    return this.bits ? hasBit(this.bits, row) : isListed(this.list, row)
  }

  add(row: Row): void {
    this.ownBits()[row >>> 5]! |= 1 << (row & 31)
  }

  delete(row: Row): void {
    this.ownBits()[row >>> 5]! &= ~(1 << (row & 31))
  }

  private ownBits(): RowBits {
    this.counted = undefined
    if (this.bits) return this.bits
    this.bits = bitsFor(this.size)
    setListed(this.bits, this.list)
    this.list = noRows
    return this.bits
  }

  /** How many rows are in the set. */
  count(): number {
    return (this.counted ??= this.bits ? countBits(this.bits) : this.list.length)
  }

  isEmpty(): boolean {
    return this.count() === 0
  }

  /** Whether every row there is belongs to it. */
  isAll(): boolean {
    return this.count() === this.size
  }

  and(other: RowSet): RowSet {
    const { size, list, bits } = this
    if (this.isEmpty() || (size <= other.size && other.isAll())) return this
    if (size === other.size && this.isAll()) return other
    if (other.bits === undefined)
      return RowSet.ofList(
        size,
        bits ? keepListed(other.list, bits, 1) : intersectLists(list, other.list),
      )
    if (bits === undefined) return RowSet.ofList(size, keepListed(list, other.bits, 1))
    return this.andBits(copyBits(other.bits, size))
  }

  /** Those of its rows whose bits are set; these are taken over, and not to be used again. */
  andBits(other: RowBits): RowSet {
    const { size, list, bits } = this
    if (bits === undefined) {
      const both = keepListed(list, other, 1)
      giveBack(other)
      return RowSet.ofList(size, both)
    }
    return RowSet.ofBits(size, other, keepAlso(other, bits))
  }

  or(other: RowSet): RowSet {
    if (this.size < other.size) return other.or(this)
    const { size, list, bits } = this
    if (other.isEmpty()) return this
    if (this.isEmpty() && size === other.size) return other
    if (!bits && !other.bits) return RowSet.ofList(size, uniteLists(list, other.list))
    const either = copyBits(bits ?? other.bits!, size)
    if (bits && other.bits) setAlso(either, other.bits)
    else setListed(either, bits ? other.list : list)
    return RowSet.ofBits(size, either)
  }

  /** The rows of this set that are not in the other. */
  without(other: RowSet): RowSet {
    const { size, list, bits } = this
    if (this.isEmpty() || other.isEmpty()) return this
    if (bits === undefined)
      return RowSet.ofList(
        size,
        other.bits ? keepListed(list, other.bits, 0) : subtractLists(list, other.list),
      )
    const rest = copyBits(bits, size)
    if (other.bits) return RowSet.ofBits(size, rest, clearAlso(rest, other.bits))
    clearListed(rest, other.list)
    return RowSet.ofBits(size, rest)
  }

  /** The rows, ascending, at most PIECE at a time; a piece is good until the next. */
  *pieces(): Generator<RowList, void> {
    const { bits, list } = this
    if (bits === undefined) {
      for (let at = 0; at < list.length; at += PIECE) yield list.subarray(at, at + PIECE)
      return
    }
    const piece = new Uint32Array(PIECE)
    let count = 0
    for (let at = 0; at < bits.length;) {
      const to = Math.min(bits.length, at + ((PIECE - count) >>> 5))
      count = listWords(bits, at, to, piece, count)
      at = to
      if (count <= PIECE - 32) continue
      yield piece.subarray(0, count)
      count = 0
    }
    if (count > 0) yield piece.subarray(0, count)
  }

  /** Calls `visit` for every row, ascending. */
  forEach(visit: (row: Row) => void): void {
    for (const piece of this.pieces())
      for (let i = 0; i < piece.length; i++) visit(piece[i]!)
  }

  rows(): Row[] {
    const rows: Row[] = []
    this.forEach((row) => rows.push(row))
    return rows
  }
}

const noRows: RowList = new Uint32Array(0)
