import type { Done, EventDetail } from './api'
import { explainOrigin } from './event-origin'
import type { EventStore } from './event-store'
import { sayEventGone, sayFileUnreadable } from './wording'

/** One event with every field, and its record exactly as it came. */
export async function readEvent(
  store: EventStore,
  row: number,
): Promise<Done<EventDetail>> {
  const { table, schema } = store
  if (!(row >= 0 && row < table.rowCount)) return { ok: false, problem: sayEventGone }
  const fields = table.columnNames().flatMap((name) => {
    const column = table.column(name)
    const code = column?.codeAt(row) ?? 0
    if (!column || code === 0) return []
    // Of the fields that no query may name, only this one is of a type it could have.
    const other = name === '_index' ? 'keyword' : 'unsupported'
    const type = schema.field(name)?.type ?? other
    return [{ name, type, values: column.scalars(code), isArray: column.isArray(code) }]
  })
  const order = table.order({ timestampField: '@timestamp' }, schema)
  const head = {
    row,
    eventId: table.id(row),
    source: store.sourceName(row),
    time: order.ms[row] ?? NaN,
    fields: fields.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  }
  try {
    const text = await store.originalText(row)
    const origin = explainOrigin(text, fields, store.readAs(row), store.variants(row))
    return { ok: true, value: { ...head, text, origin } }
  } catch {
    return { ok: false, problem: sayFileUnreadable(head.source) }
  }
}
