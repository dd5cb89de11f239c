import type { Field, Schema } from '../events/schema'
import type { EventTable } from '../events/table'
import { readFieldValues, type FieldReader } from './field-values'

/**
 * What the rules over one table share: field readers, and every leaf with what it has
 * learnt. Emptied when the events change or a field in use does; switching sources on
 * and off leaves it as it is, as leaves answer for all rows.
 */
export class LeafCache {
  private table: EventTable | undefined
  private version = -1
  private rowCount = 0
  private schema: Schema | undefined
  private readonly readers = new Map<string, FieldReader>()
  private readonly parts = new Map<string, unknown>()

  /** Forgets everything that was learnt of other events or other fields. */
  fit(table: EventTable, schema: Schema): void {
    const isSame =
      this.table === table && this.version === table.version && this.schema === schema
    if (isSame) return
    if (!this.holdsFor(table, schema)) {
      this.readers.clear()
      this.parts.clear()
    }
    this.table = table
    this.version = table.version
    this.rowCount = table.rowCount
    this.schema = schema
  }

  /** Rows come with the count, and columns are replaced when rows go. */
  private holdsFor(table: EventTable, schema: Schema): boolean {
    if (this.table !== table || this.rowCount !== table.rowCount) return false
    return [...this.readers.values()].every(({ field, column }) => {
      const now = schema.field(field.name)
      return isSameField(field, now) && table.column(field.column) === column
    })
  }

  /** The one reader of a field, with the values it has already made. */
  reader(table: EventTable, field: Field): FieldReader {
    const known = this.readers.get(field.name)
    if (known) return known
    const reader = readFieldValues(table, field)
    this.readers.set(field.name, reader)
    return reader
  }

  /**
   * What was made under `key` before, else what `make` makes now. The first word of a key
   * says what is kept there, so a key always stands for one type.
   */
  share<T>(key: string, make: () => T): T {
    if (this.parts.has(key)) return this.parts.get(key) as T
    const made = make()
    if (this.parts.size >= maxParts) this.parts.clear()
    this.parts.set(key, made)
    return made
  }
}

/** Every edit of a rule leaves a leaf behind; beyond so many, all are made anew. */
const maxParts = 20_000

const isSameField = (before: Field, now: Field | undefined): boolean =>
  before === now || JSON.stringify(before) === JSON.stringify(now)
