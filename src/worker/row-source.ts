import { readLosslessJson } from '../ingest/lossless-json'
import { translateText } from '../ingest/translate-text'
import { isObject, unwrapRecord } from '../ingest/unwrap'
import type { EventTable } from '../events/table'
import { printJson, sourceText } from './record-source'

/**
 * The `_source` of an event: its record if that is ECS already, else what it became. Only
 * records of sources that hold others are looked at: `mayBeTranslated`.
 */
export function printSource(
  table: EventTable,
  row: number,
  record: string,
  mayBeTranslated: boolean,
): string {
  const isJson = record.trimStart().startsWith('{') && !isHitOfFields(record)
  if (isJson && !(mayBeTranslated && translateText(record) !== undefined))
    return sourceText(record)
  return printJson(readRow(table, row))
}

/** An event as nested objects, from the columns that have a value of it. */
function readRow(table: EventTable, row: number): Record<string, unknown> {
  const record = emptyRecord()
  for (const name of table.columnNames()) {
    // It stands beside the `_source` of a hit, not in it.
    if (name === '_index') continue
    const column = table.column(name)
    const code = column?.codeAt(row) ?? 0
    if (!column || code === 0) continue
    const scalars = column.scalars(code)
    setField(record, name, column.isArray(code) ? scalars : scalars[0])
  }
  return record
}

/** Without a prototype, for a key may be `__proto__`. */
const emptyRecord = () => Object.create(null) as Record<string, unknown>

/** Where a field stands in the way of another below it, that one keeps its dotted name. */
function setField(record: Record<string, unknown>, name: string, value: unknown): void {
  let place = record
  let rest = name
  for (let dot = rest.indexOf('.'); dot > 0; dot = rest.indexOf('.')) {
    const key = rest.slice(0, dot)
    const inner = key in place ? place[key] : emptyRecord()
    if (!isOpen(inner)) break
    place[key] = inner
    place = inner
    rest = rest.slice(dot + 1)
  }
  place[rest] = value
}

const isOpen = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether the event stands under `fields`, where each value is in an array. */
function isHitOfFields(record: string): boolean {
  if (!record.includes('"fields"')) return false
  const hit = readLosslessJson(record)
  const unwrapped = isObject(hit) ? unwrapRecord(hit) : undefined
  return unwrapped?.kind === 'event' && unwrapped.isFields
}
