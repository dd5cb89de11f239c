import type { Column } from './column'
import type { Row, RowSet } from './row-set'
import type { Schema } from './schema'
import type { Streams } from './streams'

/** The fields that put events in order (language.md 5.2). */
export interface Clock {
  readonly timestampField: string
  /** No tiebreaker: events of equal time are ordered by their streams, then by row. */
  readonly tiebreakerField?: string | undefined
}

/** Rows in the order of time; made once per clock and table version. */
export interface TimeOrder {
  /** Rows that have a usable timestamp, first to last. */
  readonly rows: Uint32Array
  /** Row to position in `rows`; NO_RANK for rows without a usable timestamp. */
  readonly rank: Uint32Array
  /** By row: epoch milliseconds, NaN without a timestamp. */
  readonly ms: Float64Array
  /** By row: nanoseconds within the millisecond; only for date_nanos timestamps. */
  readonly nanos?: Uint32Array | undefined
  /** Active rows left out because they have no usable timestamp. */
  readonly unusable: number
  /** By row: the place of its tiebreaker among all; absent when there is no such field. */
  readonly tiebreakers?: Uint32Array | undefined
  /** Set when `rows` ascend: events were loaded in the order of time. */
  readonly ascends?: boolean | undefined
  /** What put events of equal time in order, where any event is in a stream. */
  readonly streams?: Streams | undefined
}
export const NO_RANK = 0xffffffff

/** All loaded events, as columns. Grows; never holds an object per event. */
export interface EventTable {
  readonly rowCount: number
  /** What this table is an earlier state of, if it is one. */
  readonly later?: EventTable
  /** Changes whenever rows come, go or are switched, so that caches can tell. */
  readonly version: number
  /** How often rows moved or a column was replaced: what was learnt of rows holds as long. */
  readonly rewrites: number
  /** Rows of the sources that are switched on. */
  readonly active: RowSet
  column(path: string): Column | undefined
  /** Paths of all columns, first seen first. */
  columnNames(): readonly string[]
  /** The record's own `_id`, else its 0-based position as text. */
  id(row: Row): string
  /** Number of the source the row came from (its index among the sources loaded). */
  sourceOf(row: Row): number
  order(clock: Clock, schema: Schema): TimeOrder
  /** Makes what `order` answers, pausing every few ms; `order` is free afterwards. */
  findOrder(clock: Clock, schema: Schema): Generator<void, TimeOrder>
}
