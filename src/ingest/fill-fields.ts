import { GrowingTable } from '../events/growing-table'
import { type Ingested, type IngestOptions, ingestOnce } from './ingest'
import type { Keep } from './keep'
import { Pace } from './pace'
import type { ReadAs } from './read-as'
import type { SourceFile } from './source'

/** A source of a table of which not all fields were kept. */
export interface PartlyKept extends Pick<Ingested, 'source' | 'clocks'> {
  readonly file: SourceFile
  /** What was kept when it was read. */
  readonly keep: Keep
  readonly readAs?: ReadAs
  /** Whether that was stopped: then the file holds more events than the table. */
  readonly isCut: boolean
}

export interface FillOptions extends Pick<
  IngestOptions,
  'signal' | 'onProgress' | 'encoder'
> {
  /** Called when the column of a field has been replaced, before anyone can look at it. */
  readonly onFilled?: (field: string) => void
}

/**
 * Reads a source once more, for fields that were not kept: its rows get their values.
 * False when that was stopped, or the file no longer holds what it did; then some of the
 * fields, or all, are as before.
 */
export async function fillFields(
  { file, source, keep, readAs, clocks, isCut }: PartlyKept,
  table: GrowingTable,
  fields: readonly string[],
  options: FillOptions = {},
): Promise<boolean> {
  const again = new GrowingTable(table.maxFields)
  const { onFilled, ...reading } = options
  // All of it is read: where reading stops, it is not known whether the file is the same.
  const { upTo: _, ...decided } = readAs ?? {}
  const how = { ...reading, readAs: decided, keep: { ...keep, fields } }
  const { report } = await ingestOnce(file, again, how, clocks)
  const rows = table.rowsOfSource(source)
  if (report.partial || report.events < rows) return false
  if (report.events > rows && !isCut) return false
  const pace = new Pace(options.signal)
  for (const field of fields) {
    const found = again.column(field)
    if (!found || found.filled === 0) continue
    for (const _ of table.fillColumn(field, source, found)) {
      if (pace.isStopped) return false
      if (pace.isDue) await pace.rest()
    }
    onFilled?.(field)
  }
  return true
}
