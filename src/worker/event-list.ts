import { RowSet } from '../events/row-set'
import type { EventTable, TimeOrder } from '../events/table'
import { scalarText } from './event-text'

/** The events a grid shows, in time order; those without a usable time come last. */
export type EventList = Uint32Array

/** Lists active rows of `within` that contain the text, first to last. */
export function listEvents(
  table: EventTable,
  order: TimeOrder,
  within: RowSet | undefined,
  search: string,
): EventList {
  const wanted = within ? within.and(table.active) : table.active
  const found = search === '' ? wanted : wanted.and(rowsContaining(table, search))
  const list = new Uint32Array(found.count())
  let end = 0
  for (const row of order.rows) if (found.has(row)) list[end++] = row
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
function rowsContaining(table: EventTable, search: string): RowSet {
  const wanted = search.toLowerCase()
  const rows = new RowSet(table.rowCount)
  for (const name of table.columnNames()) {
    const column = table.column(name)
    if (!column) continue
    const holds = new Uint8Array(column.size + 1)
    let any = false
    for (let code = 1; code <= column.size; code++) {
      const hit = column
        .scalars(code)
        .some((value) => scalarText(value).toLowerCase().includes(wanted))
      if (hit) holds[code] = 1
      any ||= hit
    }
    if (any) column.forEach((row, code) => holds[code] === 1 && rows.add(row))
  }
  return rows
}
