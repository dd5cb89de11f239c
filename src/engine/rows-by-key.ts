import { inPieces } from '../events/in-pieces'
import type { RowList } from '../events/row-list'
import { PIECE, type Row, type RowSet } from '../events/row-set'
import type { TimeOrder } from '../events/table'
import { IntList } from './int-list'
import { forgetPlaces, readPlaces, type KeyedPlaces } from './keyed-places'
import { MANY_KEYS, NO_KEY } from './key-rows'
import type { KeyId, KeyReader } from './key-table'

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
      keyed.add(piece)
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
    const events = yield* readPlaces(set, reader, order)
    const rows = yield* RowsByKey.ofPlaces(events, reader, order)
    forgetPlaces(events)
    return rows
  }

  /** The same of events that have been read. */
  static *ofPlaces(
    events: KeyedPlaces,
    reader: KeyReader,
    order: TimeOrder,
  ): Generator<void, RowsByKey> {
    const keyed = new KeyedRowList(reader)
    yield* inPieces(events.count, (from, to) => keyed.addPlaces(events, order, from, to))
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

  /** A piece of rows at most. */
  add(rows: RowList): void {
    this.reader.read(rows, read)
    for (let at = 0; at < rows.length; at++) this.take(rows[at]!, read[at]!)
  }

  addPlaces(
    { places, keys }: KeyedPlaces,
    order: TimeOrder,
    from: number,
    to: number,
  ): void {
    for (let at = from; at < to; at++) this.take(order.rows[places[at]!]!, keys[at]!)
  }

  private take(row: Row, key: KeyId): void {
    if (key === MANY_KEYS) for (const each of this.reader.all(row)) this.put(row, each)
    else if (key !== NO_KEY) this.put(row, key)
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

/** The keys of a piece of rows; for one piece at a time. */
const read = new Int32Array(PIECE)
