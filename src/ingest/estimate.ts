import { GrowingTable } from '../events/growing-table'
import { growthOf, measureColumn, type ColumnMeasure } from './column-measure'
import { ingest } from './ingest'
import type { IngestProgress } from './report'
import type { SourceFile } from './source'
import { type Container, recogniseContainer } from './unpack/container'

/** What a source holds, from a look at its beginning and its end. */
export interface SourceMeasure {
  /** Events in the whole source. */
  readonly events: number
  /** Every field of the events that were looked at. */
  readonly columns: readonly ColumnMeasure[]
  /** First and last @timestamp of the whole source, epoch ms, as far as can be told. */
  readonly clock?: { readonly from: number; readonly to: number }
}

/** How much of a file is looked at, bytes; of a compressed one, before unpacking. */
const SAMPLE = 4 * 1024 * 1024
const PACKED_SAMPLE = 512 * 1024
const TAIL = 512 * 1024
/** Enough to tell what packs a file. */
const HEAD = 512

/** Bytes an event takes beside its columns: where its text is, and its place in time. */
const ROW_BYTES = 12 + 16
/** Room that growing arrays have in hand. */
const SLACK = 1.15

/**
 * Reads the beginning of a source, and of plain text its end, into tables that are thrown
 * away. How many distinct contents a field will have is told from how fast they come
 * within what was read.
 */
export async function measureSource(file: SourceFile): Promise<SourceMeasure> {
  const { blob } = file
  const container = await findContainer(blob)
  const head = await readHead(file, container)
  const { table, report } = head
  const events = Math.round((report.events * blob.size) / Math.max(1, head.bytes))
  const columns = table
    .columnNames()
    .map((name) => measureColumn(table.column(name)!, table.rowCount))
  const tail = container ? undefined : await readPart(file, blob.size - TAIL, blob.size)
  const clock = clockOf(report, tail?.report, events)
  return { events, columns, ...(clock && { clock }) }
}

/** What so many events take as columns, or those of them that are kept, in bytes. */
export const memoryOf = (
  columns: readonly ColumnMeasure[],
  events: number,
  isKept: (name: string) => boolean = () => true,
): number =>
  Math.round(
    columns
      .filter(({ name }) => isKept(name))
      .reduce((sum, column) => sum + growthOf(column, events).bytes, events * ROW_BYTES) *
      SLACK,
  )

/** A zip archive is told by its end; of all others the beginning says what they are. */
function readHead(file: SourceFile, container: Container | undefined) {
  if (container === 'zip') return readUntil(file, PACKED_SAMPLE)
  return readPart(file, 0, container === 'gzip' ? PACKED_SAMPLE : SAMPLE)
}

/** Reads a whole file, but stops when so many bytes of it have been read. */
async function readUntil(file: SourceFile, enough: number) {
  const table = new GrowingTable()
  const controller = new AbortController()
  let bytes = 0
  const onProgress = ({ bytesRead }: IngestProgress): void => {
    bytes = bytesRead
    if (bytes >= enough) controller.abort()
  }
  const { signal } = controller
  const { report } = await ingest(file, table, { signal, onProgress })
  return { table, report, bytes }
}

async function readPart({ id, name, blob }: SourceFile, from: number, to: number) {
  const part = blob.slice(Math.max(0, from), Math.min(blob.size, to))
  const table = new GrowingTable()
  const { report } = await ingest({ id, name, blob: part }, table)
  return { table, report, bytes: part.size }
}

/** Whether a file may hold far more than its size says. */
export async function isPacked(blob: Blob): Promise<boolean> {
  return (await findContainer(blob)) !== undefined
}

async function findContainer(blob: Blob): Promise<Container | undefined> {
  const head = await blob.slice(0, HEAD).arrayBuffer()
  return recogniseContainer(new Uint8Array(head), false)
}

interface Part {
  readonly events: number
  readonly clock?: { readonly from: number; readonly to: number }
}

/** From the end where it can be read; else as if events went on coming as they began. */
function clockOf(head: Part, tail: Part | undefined, events: number) {
  if (!head.clock) return undefined
  const { from, to } = head.clock
  const goesOnTo = from + ((to - from) * events) / Math.max(1, head.events)
  return { from, to: Math.max(to, tail?.clock?.to ?? goesOnTo) }
}
