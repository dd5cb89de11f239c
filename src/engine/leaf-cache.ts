import type { RowSet } from '../events/row-set'
import type { Field, Schema } from '../events/schema'
import type { EventTable } from '../events/table'
import { readFieldValues } from './field-values'
import type { FieldReader } from './field-values'

/**
 * What the rules over one table share: field readers, the truth of every leaf per
 * distinct content, and the rows of every leaf that was asked for all of them.
 * Emptied when the events or the schema change.
 */
export class LeafCache {
  private table: EventTable | undefined
  private version = -1
  private schema: Schema | undefined
  private readonly readers = new Map<string, FieldReader>()
  private readonly parts = new Map<string, unknown>()
  private readonly rowSets = new Map<string, RowSet>()

  /** Forgets everything that was learnt of other events or another schema. */
  fit(table: EventTable, schema: Schema): void {
    const fits =
      this.table === table && this.version === table.version && this.schema === schema
    if (fits) return
    this.table = table
    this.version = table.version
    this.schema = schema
    this.readers.clear()
    this.parts.clear()
    this.rowSets.clear()
  }

  /** The one reader of a field, with the values it has already made. */
  reader(table: EventTable, field: Field): FieldReader {
    const known = this.readers.get(field.name)
    if (known) return known
    const reader = readFieldValues(table, field)
    this.readers.set(field.name, reader)
    return reader
  }

  /** What was made under `key` before, else what `make` makes now. */
  share<T>(key: string, make: () => T): T {
    if (this.parts.has(key)) return this.parts.get(key) as T
    const made = make()
    this.parts.set(key, made)
    return made
  }

  knownRows(key: string): RowSet | undefined {
    return this.rowSets.get(key)
  }

  keepRows(key: string, rows: RowSet): RowSet {
    this.rowSets.set(key, rows)
    return rows
  }
}
