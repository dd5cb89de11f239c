import type { Column } from './column'
import type { Schema } from './schema'
import type { EventTable } from './table'

/**
 * The column a field name reads: that of its alias or multi-field parent where the
 * schema knows the field, else the one of the same name. None when no event has it.
 */
export const columnOfField = (
  table: Pick<EventTable, 'column'>,
  schema: Pick<Schema, 'field'>,
  name: string,
): Column | undefined => table.column(schema.field(name)?.column ?? name)
