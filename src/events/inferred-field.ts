import type { ObservedColumn, ObservedTypes } from './observed'
import type { FieldType } from './schema'

/** What a schema asks of the events. */
export interface ObservedColumns {
  columnNames(): readonly string[]
  column(path: string): Pick<ObservedColumn, 'observed'> | undefined
}

/**
 * The type that values of these JSON kinds get: text wins over numbers, numbers with a
 * fraction over those without. Undefined for a field only ever seen as null, which is
 * not mapped (language.md C).
 */
export function inferType(seen: ObservedTypes): FieldType | undefined {
  const whole = seen.longs + seen.bigs
  const kinds = [seen.strings, whole + seen.doubles, seen.booleans]
  if (seen.strings > 0 || kinds.filter((count) => count > 0).length > 1) return 'keyword'
  if (seen.booleans > 0) return 'boolean'
  if (seen.doubles > 0) return 'double'
  if (seen.bigs > 0) return 'unsigned_long'
  return whole > 0 ? 'long' : undefined
}
