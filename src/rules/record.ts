/** An object as JSON or TOML gives it: nothing of it is certain but that it is one. */
export type JsonRecord = Readonly<Record<string, unknown>>

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined

export const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' ? value : undefined

export const booleanOf = (value: unknown): boolean | undefined =>
  typeof value === 'boolean' ? value : undefined

export const recordsOf = (value: unknown): readonly JsonRecord[] =>
  placedRecordsOf(value).map(({ record }) => record)

/** The objects of a list, each with its place among all that is in it. */
export const placedRecordsOf = (value: unknown): readonly PlacedRecord[] =>
  Array.isArray(value)
    ? value.flatMap((record: unknown, place) =>
        isRecord(record) ? [{ record, place }] : [],
      )
    : []

export interface PlacedRecord {
  readonly record: JsonRecord
  readonly place: number
}

/** A list of texts; one text alone counts as a list of it. */
export function textsOf(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  return list.filter((item) => typeof item === 'string')
}

/** What is left when every null is taken away: to the API, null and absent are one. */
export function withoutNulls(record: JsonRecord): JsonRecord {
  return prune(record) as JsonRecord
}

function prune(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => item !== null).map(prune)
  if (!isRecord(value) || value instanceof Date) return value
  const kept = Object.entries(value).filter(([, item]) => item !== null)
  return Object.fromEntries(kept.map(([key, item]) => [key, prune(item)]))
}

/** Whether two values of JSON say the same, whatever the order of their keys. */
export function isSameValue(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true
  if (Array.isArray(left) && Array.isArray(right)) {
    return (
      left.length === right.length && left.every((item, i) => isSameValue(item, right[i]))
    )
  }
  if (!isRecord(left) || !isRecord(right)) return false
  const keys = Object.keys(left)
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => key in right && isSameValue(left[key], right[key]))
  )
}
