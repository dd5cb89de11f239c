import { columnOfField } from '../events/field-column'
import { inPieces } from '../events/in-pieces'
import type { FieldInfo } from './api'
import type { EventStore } from './event-store'
import { scalarText } from './event-text'

/** Every usable field, those the events have first. */
export function listFields({ schema, table }: EventStore): FieldInfo[] {
  return schema
    .names()
    .flatMap((name): FieldInfo[] => {
      const field = schema.field(name)
      if (!field || field.type === 'object' || field.type === 'nested') return []
      const { type, knownBy, column } = field
      const events = table.column(column)?.filled ?? 0
      return [{ name, type, knownBy, events, ...(column !== name && { of: column }) }]
    })
    .sort(
      (a, b) => Number(b.events > 0) - Number(a.events > 0) || compare(a.name, b.name),
    )
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** A longer value is nothing to choose from a list. */
const LONGEST = 1000
/** Contents that are looked at before a pause. */
const PAUSE = 4096

/** Distinct values of a field that begin with the prefix, most frequent first. */
export function* listValues(
  { schema, table }: EventStore,
  name: string,
  prefix: string,
  count: number,
): Generator<void, readonly string[]> {
  const column = columnOfField(table, schema, name)
  if (!column) return []
  if (column.prepare) yield* column.prepare()
  const { size } = column
  const rowsOf = new Uint32Array(size + 1)
  const { active } = table
  const noteRow = (row: number, code: number): void => {
    if (active.has(row)) rowsOf[code]!++
  }
  yield* inPieces(active.size, (from, to) => column.forEach(noteRow, from, to))
  const found = new Map<string, number>()
  const wanted = prefix.toLowerCase()
  for (let code = 1; code <= size; code++) {
    if (code % PAUSE === 0) yield
    const rows = rowsOf[code] ?? 0
    if (rows === 0) continue
    for (const scalar of column.scalars(code)) {
      const text = scalarText(scalar)
      const isShown = scalar !== null && text.length <= LONGEST
      if (isShown && text.toLowerCase().startsWith(wanted))
        found.set(text, (found.get(text) ?? 0) + rows)
    }
  }
  return yield* mostFrequent(found, count)
}

/** The names with the highest counts; of equal ones those that came first. */
function* mostFrequent(
  counts: ReadonlyMap<string, number>,
  most: number,
): Generator<void, readonly string[]> {
  const best: (readonly [name: string, count: number])[] = []
  let seen = 0
  for (const entry of counts) {
    if (++seen % PAUSE === 0) yield
    if (best.length >= most && entry[1] <= (best.at(-1)?.[1] ?? Infinity)) continue
    const place = best.findIndex(([, count]) => count < entry[1])
    best.splice(place < 0 ? best.length : place, 0, entry)
    best.length = Math.min(best.length, most)
  }
  return best.map(([name]) => name)
}
