import { type JsonObject, type JsonValue, MAX_DEPTH } from '../lossless-json'
import { isObject } from '../unwrap'

/** A value as the text that Windows has for it; undefined where there is none. */
export function textOfJson(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'string') return value
  if (value === null || value === undefined) return undefined
  return typeof value === 'object' ? printJson(value, 0) : String(value)
}

/** As `JSON.stringify`, but of integers of any size, and of no more than is sane. */
function printJson(value: JsonValue, depth: number): string {
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (depth === MAX_DEPTH) return 'null'
  if (Array.isArray(value))
    return `[${value.map((each) => printJson(each, depth + 1)).join(',')}]`
  const members = Object.entries(value).map(
    ([key, member]) => `${JSON.stringify(key)}:${printJson(member, depth + 1)}`,
  )
  return `{${members.join(',')}}`
}

/** Whether `JSON.parse` may have lost digits of a number. */
export const isRounded = (value: JsonValue): boolean =>
  typeof value === 'number' &&
  (value > Number.MAX_SAFE_INTEGER || value < Number.MIN_SAFE_INTEGER)

/** A member that should be an object; one without members if it is none. */
export function objectAt(object: JsonObject, key: string): JsonObject {
  const value = object[key]
  return isObject(value) ? value : NOTHING
}

const NOTHING: JsonObject = {}
