import type { TimeOrder } from '../events/table'
import type { Row } from '../events/row-set'

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
