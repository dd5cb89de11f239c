import { atOnce } from './in-pieces'
import type { Schema } from './schema'
import { Streams } from './streams'
import type { Clock, EventTable, TimeOrder } from './table'
import { rankTiebreakers } from './tiebreaker'
import { orderRows, readTimes } from './time-order'

/** An order made before; good for as long as the table keeps its version. */
interface KnownOrder {
  readonly version: number
  readonly clock: Clock
  readonly schema: Schema
  readonly order: TimeOrder
}

/** The orders that the rows of a table were asked for, each made once. */
export class TimeOrders {
  private orders: readonly KnownOrder[] = []

  constructor(private readonly table: EventTable) {}

  get(clock: Clock, schema: Schema): TimeOrder {
    return (
      this.known(clock, schema) ??
      this.keep(clock, schema, atOnce(this.make(clock, schema)))
    )
  }

  /**
   * As `get`, with a pause every few milliseconds; when the table changes meanwhile, the
   * order is made of what it has then, and without.
   */
  *find(clock: Clock, schema: Schema): Generator<void, TimeOrder> {
    const known = this.known(clock, schema)
    if (known) return known
    const { version } = this.table
    const making = this.make(clock, schema)
    for (let step = making.next(); ; step = making.next()) {
      if (step.done) return this.keep(clock, schema, step.value)
      yield
      if (this.table.version !== version) return this.get(clock, schema)
    }
  }

  private known(clock: Clock, schema: Schema): TimeOrder | undefined {
    const { version } = this.table
    return this.orders.find(
      (kept) =>
        kept.version === version &&
        kept.schema === schema &&
        isSameClock(kept.clock, clock),
    )?.order
  }

  private keep(clock: Clock, schema: Schema, order: TimeOrder): TimeOrder {
    const { version } = this.table
    const current = this.orders.filter((kept) => kept.version === version)
    this.orders = [{ version, clock, schema, order }, ...current]
    return order
  }

  private *make(clock: Clock, schema: Schema): Generator<void, TimeOrder> {
    const { table } = this
    const { active, rowCount } = table
    const field = schema.field(clock.timestampField)
    const column = field && table.column(field.column)
    const times = yield* readTimes(column, field, rowCount)
    const { tiebreakerField } = clock
    const breaker = tiebreakerField ? schema.field(tiebreakerField) : undefined
    const other = breaker && table.column(breaker.column)
    const ranks = other && (yield* rankTiebreakers(other, breaker.type, rowCount))
    const streams = new Streams((path) => table.column(path))
    return yield* orderRows(times, ranks, active, streams)
  }
}

const isSameClock = (a: Clock, b: Clock): boolean =>
  a.timestampField === b.timestampField && a.tiebreakerField === b.tiebreakerField
