import type { Field, Schema } from '../events/schema'
import type { EventTable } from '../events/table'
import { readFieldValues, type FieldReader } from './field-values'

/**
 * What the rules over one table share: field readers, and every leaf with what it has
 * learnt. Emptied when the events or the schema change.
 */
export class LeafCache {
  private table: EventTable | undefined
  private version = -1
  private schema: Schema | undefined
  private readonly parts = new Map<string, unknown>()

  /** Forgets everything that was learnt of other events or another schema. */
  fit(table: EventTable, schema: Schema): void {
    const fits =
      this.table === table && this.version === table.version && this.schema === schema
    if (fits) return
    this.table = table
    this.version = table.version
    this.schema = schema
    this.parts.clear()
  }

  /** The one reader of a field, with the values it has already made. */
  reader(table: EventTable, field: Field): FieldReader {
    return this.share(`reader ${field.name}`, () => readFieldValues(table, field))
  }

  /**
   * What was made under `key` before, else what `make` makes now. The first word of a key
   * says what is kept there, so a key always stands for one type.
   */
  share<T>(key: string, make: () => T): T {
    if (this.parts.has(key)) return this.parts.get(key) as T
    const made = make()
    this.parts.set(key, made)
    return made
  }
}
