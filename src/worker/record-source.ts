import { readLosslessJson } from '../ingest/lossless-json'
import { isObject } from '../ingest/unwrap'

/** JSON text to a value; integers beyond ±2^53 become bigint. */
export const readJson = (text: string): unknown => readLosslessJson(text)

/** A value to JSON text, bigint as the integer it is. */
export function printJson(value: unknown): string {
  if (typeof value === 'bigint') return value.toString()
  if (Array.isArray(value)) return `[${value.map(printJson).join(',')}]`
  if (value === undefined) return 'null'
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([key, member]) => `${JSON.stringify(key)}:${printJson(member)}`)
  return `{${members.join(',')}}`
}

/** The `_source` of a record: what it wraps, else the record itself, without its `_id`. */
export function sourceText(record: string): string {
  if (!record.includes('"_id"') && !record.includes('"_source"')) return record
  const value = readJson(record)
  if (!isObject(value)) return record
  if (isObject(value['_source'])) return printJson(value['_source'])
  const { _id, ...source } = value
  return _id === undefined ? record : printJson(source)
}
