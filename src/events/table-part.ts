import type { Column } from './column'
import type { Row, RowSet } from './row-set'
import type { Schema } from './schema'
import { NO_RANK, type Clock, type EventTable, type TimeOrder } from './table'

/**
 * A table of which only some rows are looked at, as if all others were switched off. It
 * holds for the table as it was `then`; rows that come later are not in it.
 */
export class TablePart implements EventTable {
  readonly rowCount: number
  readonly version: number
  readonly rewrites: number
  readonly active: RowSet
  private orders: readonly {
    readonly of: TimeOrder
    readonly order: TimeOrder
  }[] = []

  constructor(
    private readonly whole: EventTable,
    rows: RowSet,
    then: Pick<EventTable, 'rowCount' | 'version' | 'rewrites' | 'active'> = whole,
  ) {
    this.rowCount = then.rowCount
    this.version = then.version
    this.rewrites = then.rewrites
    this.active = then.active.and(rows)
  }

  column(path: string): Column | undefined {
    return this.whole.column(path)
  }

  columnNames(): readonly string[] {
    return this.whole.columnNames()
  }

  id(row: Row): string {
    return this.whole.id(row)
  }

  sourceOf(row: Row): number {
    return this.whole.sourceOf(row)
  }

  order(clock: Clock, schema: Schema): TimeOrder {
    return this.part(this.whole.order(clock, schema))
  }

  *findOrder(clock: Clock, schema: Schema): Generator<void, TimeOrder> {
    return this.part(yield* this.whole.findOrder(clock, schema))
  }

  private part(of: TimeOrder): TimeOrder {
    const known = this.orders.find((kept) => kept.of === of)
    if (known) return known.order
    const order = this.narrow(of)
    this.orders = [...this.orders, { of, order }]
    return order
  }

  private narrow(order: TimeOrder): TimeOrder {
    const { active } = this
    const rows = order.rows.filter((row) => active.has(row))
    const rank = new Uint32Array(order.rank.length).fill(NO_RANK)
    for (let i = 0; i < rows.length; i++) rank[rows[i]!] = i
    return { ...order, rows, rank, unusable: active.count() - rows.length }
  }
}
