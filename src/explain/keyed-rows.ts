import type { KeyId, KeyReader } from '../engine/key-table'
import { rowsInTime } from '../engine/time-span'
import type { Row, RowSet } from '../events/row-set'
import type { TimeOrder } from '../events/table'

const PAUSE = 4096

/** Events of one kind by join key, each list in the order of time. */
export class KeyedRows {
  private readonly byKey = new Map<KeyId, Row[]>()
  private readonly order: TimeOrder

  private constructor(order: TimeOrder) {
    this.order = order
  }

  /** Yields every few thousand rows. */
  static *build(
    rows: RowSet,
    reader: KeyReader,
    order: TimeOrder,
  ): Generator<void, KeyedRows> {
    const keyed = new KeyedRows(order)
    for (const [at, row] of rowsInTime(rows, order).entries()) {
      if (at % PAUSE === PAUSE - 1) yield
      for (const key of reader.read(row)) keyed.add(key, row)
    }
    return keyed
  }

  /** The events of a key after that event, nearest first. */
  *after(key: KeyId, row: Row): Generator<Row, void> {
    const rows = this.byKey.get(key) ?? []
    for (let at = this.position(rows, row, 1); at < rows.length; at++) yield rows[at]!
  }

  /** The events of a key before that event, nearest first. */
  *before(key: KeyId, row: Row): Generator<Row, void> {
    const rows = this.byKey.get(key) ?? []
    for (let at = this.position(rows, row, 0) - 1; at >= 0; at--) yield rows[at]!
  }

  /** All keys with their events. */
  entries(): Iterable<readonly [KeyId, readonly Row[]]> {
    return this.byKey
  }

  private add(key: KeyId, row: Row): void {
    const rows = this.byKey.get(key)
    if (rows) rows.push(row)
    else this.byKey.set(key, [row])
  }

  /** How many of the rows come before that one; with 1, itself counted in. */
  private position(rows: readonly Row[], row: Row, itself: 0 | 1): number {
    const limit = this.order.rank[row]! + itself
    let low = 0
    let high = rows.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.order.rank[rows[middle]!]! < limit) low = middle + 1
      else high = middle
    }
    return low
  }
}
