import type { KeyId, KeyReader } from '../engine/key-table'
import { RowsByKey } from '../engine/rows-by-key'
import type { Row, RowSet } from '../events/row-set'
import type { TimeOrder } from '../events/table'

/** Events of one kind by join key, those of each key in the order of time. */
export class KeyedRows {
  private constructor(
    private readonly byKey: RowsByKey,
    private readonly order: TimeOrder,
  ) {}

  /** Yields every few thousand rows. */
  static *build(
    rows: RowSet,
    reader: KeyReader,
    order: TimeOrder,
  ): Generator<void, KeyedRows> {
    return new KeyedRows(yield* RowsByKey.inTime(rows, reader, order), order)
  }

  /** The events of a key after that event, nearest first. */
  *after(key: KeyId, row: Row): Generator<Row, void> {
    const rows = this.byKey.of(key)
    for (let at = this.position(rows, row, 1); at < rows.length; at++) yield rows[at]!
  }

  /** The events of a key before that event, nearest first. */
  *before(key: KeyId, row: Row): Generator<Row, void> {
    const rows = this.byKey.of(key)
    for (let at = this.position(rows, row, 0) - 1; at >= 0; at--) yield rows[at]!
  }

  /** All keys that have events, with them. */
  *entries(): Generator<readonly [KeyId, Int32Array], void> {
    for (let key = 0; key < this.byKey.keyCount; key++) {
      const rows = this.byKey.of(key)
      if (rows.length > 0) yield [key, rows]
    }
  }

  /** How many of the rows come before that one; with 1, itself counted in. */
  private position(rows: Int32Array, row: Row, itself: 0 | 1): number {
    const { rank } = this.order
    const limit = rank[row]! + itself
    let low = 0
    let high = rows.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (rank[rows[middle]!]! < limit) low = middle + 1
      else high = middle
    }
    return low
  }
}
