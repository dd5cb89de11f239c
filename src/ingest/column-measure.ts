import type { ObservedColumn } from '../events/observed'
import { TimeColumn } from '../events/time-column'

/** What one field is like in the events that were looked at. */
export interface ColumnMeasure {
  readonly name: string
  /** Events that were looked at. */
  readonly events: number
  /** Those of them that have the field. */
  readonly filled: number
  /** Distinct contents after a quarter, half and all of those. */
  readonly distinct: readonly [number, number, number]
  /** Of a content, on the average. */
  readonly contentBytes: number
  /** Kept as numbers by row, without a dictionary. */
  readonly isTime: boolean
}

/** Contents whose sizes are looked at. */
const LOOKED_AT = 1000
/** What a dictionary takes for each content beside the content. */
const ENTRY_BYTES = 16
const TIME_BYTES = 8

/** What a column is like that is a sample of a longer one. */
export const measureColumn = (column: ObservedColumn, events: number): ColumnMeasure =>
  describe(column, events, countDistinct)

/** What a column is like that is whole; it is hardly looked at. */
export const measureWhole = (column: ObservedColumn, events: number): ColumnMeasure =>
  describe(column, events, ({ size }) => [size, size, size])

function describe(
  column: ObservedColumn,
  events: number,
  distinctIn: (column: ObservedColumn, events: number) => ColumnMeasure['distinct'],
): ColumnMeasure {
  const { name, filled } = column
  const isTime = column instanceof TimeColumn
  const head = { name, events, filled, isTime }
  if (isTime) return { ...head, distinct: [0, 0, 0], contentBytes: 0 }
  const distinct = distinctIn(column, events)
  return { ...head, distinct, contentBytes: meanBytes(column) }
}

/** Of the first contents alone: to look at one makes values of those beside it too. */
function meanBytes(column: ObservedColumn): number {
  const looked = Math.min(column.size, LOOKED_AT)
  let bytes = 0
  for (let code = 1; code <= looked; code++)
    for (const scalar of column.scalars(code)) bytes += String(scalar).length + 3
  return bytes / Math.max(1, looked)
}

/** Codes are handed out in turn, so the highest so far says how many contents there are. */
function countDistinct(
  column: ObservedColumn,
  events: number,
): ColumnMeasure['distinct'] {
  let quarter = 0
  let half = 0
  column.forEach((row, code) => {
    if (row < events / 4) quarter = Math.max(quarter, code)
    if (row < events / 2) half = Math.max(half, code)
  })
  return [quarter, half, column.size]
}

/** How many distinct contents a field has in so many events, and the bytes it takes. */
export function growthOf(
  column: ColumnMeasure,
  events: number,
): { readonly distinct: number; readonly bytes: number } {
  const filled = (column.filled / Math.max(1, column.events)) * events
  if (column.isTime) return { distinct: filled, bytes: filled * TIME_BYTES }
  const distinct = Math.min(filled, extrapolate(column, events))
  const width = distinct < 0x100 ? 1 : distinct < 0x10000 ? 2 : 4
  // Where few events have the field, each is kept with its place (see CodeBlocks).
  const codes = filled * 4 >= events ? events * width : filled * (width + 2)
  return { distinct, bytes: codes + distinct * (column.contentBytes + ENTRY_BYTES) }
}

/**
 * Distinct contents go on coming as they came, but ever slower where they slowed down:
 * each doubling of the events multiplies them by less than the doubling before.
 *
 *     ids      100  200  400   ×2    ×2    ×2 …
 *     hosts    380  398  400   ×1.05 ×1.005 …
 */
function extrapolate({ distinct, events: seen }: ColumnMeasure, events: number): number {
  const [quarter, half, all] = distinct
  const before = doublings(half, quarter)
  let rate = doublings(all, half)
  const slowing = before > 0 ? Math.min(1, rate / before) : 0
  let count = all
  let left = Math.log2(events / Math.max(1, seen))
  if (left < 0) return all * 2 ** (left * rate)
  for (; left > 0 && rate > 0.001; left--) {
    rate *= slowing
    count *= 2 ** (rate * Math.min(1, left))
  }
  return count
}

const doublings = (count: number, before: number): number =>
  before > 0 ? Math.log2(count / before) : 1
