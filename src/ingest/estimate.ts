import { GrowingTable } from '../events/growing-table'
import { ingest } from './ingest'
import type { SourceFile } from './source'

/** What a source holds, from a look at its beginning. */
export interface SourceMeasure {
  readonly events: number
  /** What its events take as columns. */
  readonly memoryBytes: number
}

/** How much of a file is looked at, bytes. */
const SAMPLE = 4 * 1024 * 1024
/** Columns of an event, bytes; measured over events of several makes. */
const EVENT_BYTES = 300

/** Reads the beginning of a source into a table that is thrown away. */
export async function measureSource({
  id,
  name,
  blob,
}: SourceFile): Promise<SourceMeasure> {
  const head = blob.slice(0, Math.min(blob.size, SAMPLE))
  const { report } = await ingest({ id, name, blob: head }, new GrowingTable())
  const events = Math.round((report.events * blob.size) / Math.max(1, head.size))
  return { events, memoryBytes: events * EVENT_BYTES }
}
