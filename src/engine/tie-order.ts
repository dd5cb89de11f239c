import type { TimeOrder } from '../events/table'
import { isTied } from '../events/tied'

/** Rows looked at without a pause. */
const PAUSE = 65_536

/** Whether events are tied between two ranks, or one of them with the next beyond. */
export function hasTiesBetween(order: TimeOrder, from: number, to: number): boolean {
  const { rows } = order
  const last = Math.min(to + 1, rows.length - 1)
  for (let rank = Math.max(from, 1); rank <= last; rank++)
    if (isTied(order, rows[rank - 1]!, rows[rank]!)) return true
  return false
}

const known = new WeakMap<TimeOrder, TimeOrder>()

/**
 * The same order, but tied events the other way round: as if they had been loaded in
 * reverse. Kept with the order. Yields every few thousand events.
 */
export function* reverseTies(order: TimeOrder): Generator<void, TimeOrder> {
  const kept = known.get(order)
  if (kept) return kept
  const rows = order.rows.slice()
  const rank = order.rank.slice()
  for (let from = 0, to = 0; from < rows.length; from = to) {
    do to++
    while (to < rows.length && isTied(order, rows[from]!, rows[to]!))
    if (to - from > 1) rows.subarray(from, to).reverse()
    for (let at = from; at < to; at++) rank[rows[at]!] = at
    if (Math.floor(from / PAUSE) < Math.floor(to / PAUSE)) yield
  }
  const reversed = { ...order, rows, rank, ascends: false }
  known.set(order, reversed)
  return reversed
}
