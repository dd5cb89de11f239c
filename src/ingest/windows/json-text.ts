import type { JsonValue } from '../lossless-json'

/** A value as the text that Windows has for it; undefined where there is none. */
export function textOfJson(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'string') return value
  if (value === null || value === undefined) return undefined
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
