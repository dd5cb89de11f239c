import type { Column } from './column'
import type { Row, RowSet } from './row-set'
import type { Schema } from './schema'
import type { Clock, EventTable, TimeOrder } from './table'
import { TimeOrders } from './time-orders'

/**
 * A table as it was at one moment, while rows still come: those are not in it, so what is
 * found of it stays. It holds until rows go or are switched.
 */
export class TableThen implements EventTable {
  readonly rowCount: number
  readonly version: number
  readonly rewrites: number
  readonly active: RowSet
  private readonly orders = new TimeOrders(this)

  constructor(readonly later: EventTable) {
    this.rowCount = later.rowCount
    this.version = later.version
    this.rewrites = later.rewrites
    this.active = later.active
  }

  column(path: string): Column | undefined {
    return this.later.column(path)
  }

  columnNames(): readonly string[] {
    return this.later.columnNames()
  }

  id(row: Row): string {
    return this.later.id(row)
  }

  sourceOf(row: Row): number {
    return this.later.sourceOf(row)
  }

  order(clock: Clock, schema: Schema): TimeOrder {
    return this.orders.get(clock, schema)
  }

  findOrder(clock: Clock, schema: Schema): Generator<void, TimeOrder> {
    return this.orders.find(clock, schema)
  }
}
