import { type JsonObject, type JsonValue, readLosslessJson } from './lossless-json'
import { isObject } from './unwrap'

/**
 * The columns of an ES|QL response, by name.
 * https://www.elastic.co/docs/reference/query-languages/esql/esql-rest
 */
export function readColumns(text: string): readonly string[] {
  const read = readLosslessJson(text)
  if (!Array.isArray(read)) return []
  return read.map((column) => {
    const name = isObject(column) ? column['name'] : undefined
    return typeof name === 'string' ? name : ''
  })
}

/** What stands for itself in a hit, as a query may ask for it with METADATA. */
const BESIDE: ReadonlySet<string> = new Set(['_id', '_index'])
const NO_FIELDS: ReadonlySet<string> = new Set(['', '_score', '_version', '_ignored'])

/**
 * One row of values as a hit; undefined if it is none. Columns without a value are left
 * out: a row has one for every field that any event has.
 */
export function readRow(
  columns: readonly string[],
  text: string,
): JsonObject | undefined {
  const read = readLosslessJson(text)
  if (!Array.isArray(read) || read.length !== columns.length) return undefined
  const source: Record<string, JsonValue> = {}
  const hit: Record<string, JsonValue> = {}
  for (const [at, name] of columns.entries()) {
    const value = read[at] ?? null
    if (value === null || NO_FIELDS.has(name)) continue
    if (BESIDE.has(name)) hit[name] = value
    else if (name === '_source' && isObject(value)) Object.assign(source, value)
    else source[name] = value
  }
  return { ...hit, _source: source }
}
