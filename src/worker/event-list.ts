import { inPieces } from '../events/in-pieces'
import { RowSet } from '../events/row-set'
import type { EventTable, TimeOrder } from '../events/table'
import { scalarText } from './event-text'

/** The events a grid shows, in time order; those without a usable time come last. */
export type EventList = Uint32Array

/** Rows or contents that are looked at before a pause. */
const PAUSE = 4096

/** Lists active rows of `within` that contain the text, first to last. */
export function* listEvents(
  table: EventTable,
  order: TimeOrder,
  within: RowSet | undefined,
  search: string,
): Generator<void, EventList> {
  const { active } = table
  const wanted = within ? within.and(active) : active
  const found =
    search === '' ? wanted : wanted.and(yield* rowsContaining(table, active.size, search))
  const list = new Uint32Array(found.count())
  let end = 0
  for (const [at, row] of order.rows.entries()) {
    if (at % PAUSE === PAUSE - 1) yield
    if (found.has(row)) list[end++] = row
  }
  if (end < list.length)
    found.forEach((row) => {
      if (Number.isNaN(order.ms[row])) list[end++] = row
    })
  return list
}

/**
 * Rows in which some value contains the text, upper and lower case alike. Each distinct
 * content is looked at once, however many events hold it.
 */
function* rowsContaining(
  table: EventTable,
  rowCount: number,
  search: string,
): Generator<void, RowSet> {
  const wanted = search.toLowerCase()
  const rows = new RowSet(rowCount)
  for (const name of table.columnNames()) {
    const column = table.column(name)
    if (!column) continue
    if (column.prepare) yield* column.prepare()
    const { size } = column
    const holds = new Uint8Array(size + 1)
    let any = false
    for (let code = 1; code <= size; code++) {
      if (code % PAUSE === 0) yield
      const hit = column
        .scalars(code)
        .some((value) => scalarText(value).toLowerCase().includes(wanted))
      if (hit) holds[code] = 1
      any ||= hit
    }
    const add = (row: number, code: number): void => {
      if (holds[code] === 1) rows.add(row)
    }
    if (any) yield* inPieces(rowCount, (from, to) => column.forEach(add, from, to))
  }
  return rows
}
