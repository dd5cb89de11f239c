import type { Column } from '../events/column'
import type { Row } from '../events/row-set'
import { printScalar } from '../events/scalar-json'
import type { EventTable } from '../events/table'

/**
 * Rows as lines of JSON with dotted names, every number exactly as it came. Columns that
 * do not exist are left out.
 */
export function printEvents(
  table: EventTable,
  rows: readonly Row[],
  fields: readonly string[] | 'whole',
): readonly string[] {
  const names = fields === 'whole' ? table.columnNames() : fields
  const columns = names.flatMap((name) => table.column(name) ?? [])
  return rows.map((row) =>
    row >= 0 && row < table.rowCount ? printEvent(table, columns, row) : '{}',
  )
}

function printEvent(table: EventTable, columns: readonly Column[], row: Row): string {
  const id = table.id(row)
  // A record without an id goes by its place, which will be another.
  const members = id === String(row) ? [] : [`"_id":${JSON.stringify(id)}`]
  for (const column of columns) {
    const code = column.codeAt(row)
    if (code !== 0) members.push(`${JSON.stringify(column.name)}:${print(column, code)}`)
  }
  return `{${members.join(',')}}`
}

function print(column: Column, code: number): string {
  const texts = column.scalars(code).map(printScalar)
  return column.isArray(code) ? `[${texts.join(',')}]` : (texts[0] ?? 'null')
}
