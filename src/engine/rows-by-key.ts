import type { Row, RowSet } from '../events/row-set'
import type { TimeOrder } from '../events/table'
import { IntList } from './int-list'
import { MANY_KEYS, NO_KEY } from './key-rows'
import type { KeyId, KeyReader } from './key-table'
import { rowsInTime } from './time-places'

/** Rows read without a pause. */
const PAUSE = 1024

/**
 * Rows by join key, each key's in the order they came. Put together in one array when all
 * are in:
 *
 *     starts   0     2  3        (by key)
 *     rows     4  9  2  5 7 8
 */
export class RowsByKey {
  private readonly starts: Int32Array
  private readonly sorted: Int32Array

  constructor({ keys, rows, counts }: KeyedRowList) {
    this.starts = new Int32Array(counts.length + 1)
    for (let key = 0; key < counts.length; key++)
      this.starts[key + 1] = this.starts[key]! + counts.at(key)
    const next = this.starts.slice()
    this.sorted = new Int32Array(rows.length)
    for (let at = 0; at < rows.length; at++)
      this.sorted[next[keys.at(at)]!++] = rows.at(at)
  }

  /** The first rows of each key, so many, in load order; `among` as of the list below. */
  static *firsts(
    set: RowSet,
    reader: KeyReader,
    perKey: number,
    among?: RowsByKey,
  ): Generator<void, RowsByKey> {
    const keyed = new KeyedRowList(reader, perKey, among)
    for (const piece of set.pieces()) {
      for (let at = 0; at < piece.length; at++) keyed.add(piece[at]!)
      yield
    }
    return new RowsByKey(keyed)
  }

  /** The rows of a set, those of each key in the order of time; yields now and then. */
  static *inTime(
    set: RowSet,
    reader: KeyReader,
    order: TimeOrder,
  ): Generator<void, RowsByKey> {
    const keyed = new KeyedRowList(reader)
    const rows = yield* rowsInTime(set, order)
    for (let at = 0; at < rows.length; at++) {
      keyed.add(rows[at]!)
      if (at % PAUSE === PAUSE - 1) yield
    }
    return new RowsByKey(keyed)
  }

  /** Keys are 0 … keyCount - 1; some may have no rows. */
  get keyCount(): number {
    return this.starts.length - 1
  }

  has(key: KeyId): boolean {
    return key < this.keyCount && this.starts[key]! < this.starts[key + 1]!
  }

  /** The rows of a key; none for one that was never met. */
  of(key: KeyId): Int32Array {
    if (key >= this.keyCount) return NO_ROWS
    return this.sorted.subarray(this.starts[key], this.starts[key + 1])
  }
}

const NO_ROWS = new Int32Array(0)

/** Rows with their keys, as they come. */
class KeyedRowList {
  readonly keys = new IntList()
  readonly rows = new IntList()
  /** By key. */
  readonly counts = new IntList()

  /**
   * `perKey`: how many rows of a key are wanted, further ones are left out; `among`: only
   * keys that have rows there are.
   */
  constructor(
    private readonly reader: KeyReader,
    private readonly perKey = Infinity,
    private readonly among?: RowsByKey,
  ) {}

  add(row: Row): void {
    const key = this.reader.one(row)
    if (key === NO_KEY) return
    if (key !== MANY_KEYS) return this.put(row, key)
    for (const each of this.reader.all(row)) this.put(row, each)
  }

  private put(row: Row, key: KeyId): void {
    if (this.among && !this.among.has(key)) return
    this.counts.growTo(key + 1)
    if (this.counts.at(key) >= this.perKey) return
    this.counts.set(key, this.counts.at(key) + 1)
    this.keys.push(key)
    this.rows.push(row)
  }
}
