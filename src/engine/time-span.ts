import { NO_RANK, type TimeOrder } from '../events/table'
import type { Row, RowSet } from '../events/row-set'

/** From one event to another in ms; fractions only where timestamps have nanoseconds. */
export const spanMs = (order: TimeOrder, from: Row, to: Row): number => {
  const ms = order.ms[to]! - order.ms[from]!
  return order.nanos ? ms + (order.nanos[to]! - order.nanos[from]!) / 1e6 : ms
}

/** Whether `to` is later than `from` by more than `limit` ms, to the nanosecond. */
export const isOver = (
  order: TimeOrder,
  from: Row,
  to: Row,
  limit: number | undefined,
): boolean => {
  if (limit === undefined) return false
  const ms = order.ms[to]! - order.ms[from]!
  if (ms !== limit || !order.nanos) return ms > limit
  return order.nanos[to]! > order.nanos[from]!
}

/** Whether `a` has an earlier timestamp than `b`; tiebreakers do not count. */
export const isEarlier = (order: TimeOrder, a: Row, b: Row): boolean => {
  const ms = order.ms[b]! - order.ms[a]!
  if (ms !== 0 || !order.nanos) return ms > 0
  return order.nanos[a]! < order.nanos[b]!
}

// Below this share of all events, sorting the few beats walking them all.
const SPARSE = 1 / 16

/** The rows of a set that have a usable timestamp, in the order of time. */
export const rowsInTime = (set: RowSet, order: TimeOrder): Uint32Array => {
  const rows = new Uint32Array(set.count())
  let count = 0
  if (rows.length > order.rows.length * SPARSE) {
    for (const row of order.rows) if (set.has(row)) rows[count++] = row
    return rows.subarray(0, count)
  }
  set.forEach((row) => {
    const rank = order.rank[row]!
    if (rank !== NO_RANK) rows[count++] = rank
  })
  const ranks = rows.subarray(0, count).sort()
  return ranks.map((rank) => order.rows[rank]!)
}
