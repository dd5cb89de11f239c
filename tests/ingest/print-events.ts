import type { Scalar } from '../../src/events/column'
import { GrowingTable } from '../../src/events/growing-table'
import { ingest, type Ingested, type IngestOptions } from '../../src/ingest/ingest'

/** A file read into a table of its own. */
export interface ReadFile extends Ingested {
  readonly table: GrowingTable
}

export async function readBlob(
  parts: BlobPart | readonly BlobPart[],
  options: IngestOptions = {},
  name = 'unknown',
): Promise<ReadFile> {
  const table = new GrowingTable()
  const blob = new Blob(Array.isArray(parts) ? parts : [parts as BlobPart])
  return { ...(await ingest({ id: name, name, blob }, table, options)), table }
}

/** What was read, as text: the report's counts, bad records, then a line an event. */
export function printRead({ report, table }: ReadFile): string {
  const { format, events, withoutTime, badCount, bad, problem } = report
  return [
    `format: ${format}`,
    `events: ${events}, without time: ${withoutTime}, bad: ${badCount}`,
    ...(problem === undefined ? [] : [`problem: ${problem}`]),
    ...bad.map(({ line, reason }) => `  line ${line}: ${reason}`),
    ...Array.from({ length: table.rowCount }, (_, row) => printRow(table, row)),
    '',
  ].join('\n')
}

function printRow(table: GrowingTable, row: number): string {
  const fields = Object.entries(fieldsOf(table, row)).map(
    ([name, value]) => `${name}=${printValue(value)}`,
  )
  return [`#${table.id(row)}`, ...fields].join('  ')
}

/** All fields of a row by name: a scalar, or the scalars of an array. */
export function fieldsOf(
  table: GrowingTable,
  row: number,
): Record<string, Scalar | readonly Scalar[]> {
  const entries = table.columnNames().flatMap((name) => {
    const column = table.column(name)!
    const code = column.codeAt(row)
    if (code === 0) return []
    const scalars = column.scalars(code)
    return [[name, column.isArray(code) ? scalars : scalars[0]!] as const]
  })
  return Object.fromEntries(entries)
}

const printValue = (value: Scalar | readonly Scalar[]): string =>
  value instanceof Array ? `[${value.map(printScalar).join(', ')}]` : printScalar(value)

const printScalar = (value: Scalar) =>
  typeof value === 'bigint' ? `${value}n` : JSON.stringify(value)
