import type { Column } from './column'
import type { Row, RowSet } from './row-set'
import type { Schema } from './schema'
import type { Clock, EventTable, TimeOrder } from './table'

/**
 * A table in which some columns are others, or are not there. Times and tiebreakers are
 * not among them. It holds for the version of the table it was made of.
 */
export class TableWith implements EventTable {
  readonly rowCount: number
  readonly version: number
  readonly rewrites: number
  readonly active: RowSet

  constructor(
    private readonly whole: EventTable,
    /** By their paths; undefined for what is not there. */
    private readonly others: ReadonlyMap<string, Column | undefined>,
  ) {
    this.rowCount = whole.rowCount
    this.version = whole.version
    this.rewrites = whole.rewrites
    this.active = whole.active
  }

  column(path: string): Column | undefined {
    return this.others.has(path) ? this.others.get(path) : this.whole.column(path)
  }

  columnNames(): readonly string[] {
    return this.whole.columnNames().filter((path) => this.column(path) !== undefined)
  }

  id(row: Row): string {
    return this.whole.id(row)
  }

  sourceOf(row: Row): number {
    return this.whole.sourceOf(row)
  }

  order(clock: Clock, schema: Schema): TimeOrder {
    return this.whole.order(clock, schema)
  }

  findOrder(clock: Clock, schema: Schema): Generator<void, TimeOrder> {
    return this.whole.findOrder(clock, schema)
  }
}
