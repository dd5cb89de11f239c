import type { Column } from '../events/column'
import { columnOfField } from '../events/field-column'
import type { Schema } from '../events/schema'
import type { EventTable } from '../events/table'
import type { RepairScene } from './repair'

type Fields = Pick<RepairScene, 'valuesOf' | 'fieldsOf'>

/** Types whose values can be compared and joined by. */
const PLAIN: readonly string[] = ['keyword', 'wildcard', 'constant_keyword', 'ip', 'long']

/** What events hold, field by field, as repairs ask for it. */
export const fieldsOfEvents = (table: EventTable, schema: Schema): Fields => {
  const columns = table
    .columnNames()
    .filter((name) => PLAIN.includes(schema.field(name)?.type ?? ''))
    .map((name) => table.column(name))
    .filter((column): column is Column => column !== undefined)
    .sort((a, b) => b.size - a.size)
  return {
    valuesOf(field, row) {
      const column = columnOfField(table, schema, field)
      const code = column?.codeAt(row) ?? 0
      return code === 0 ? [] : column!.scalars(code).filter((value) => value !== null)
    },
    fieldsOf: (row) =>
      columns.filter((column) => column.codeAt(row) !== 0).map(({ name }) => name),
  }
}
