import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FileBlob } from '../../src/headless/file-blob'
import { makeEvents, type MadeName } from './data/event-data'

/** Made-up events on disk. */
export interface EventFile {
  readonly name: MadeName
  readonly path: string
  readonly events: number
  readonly bytes: number
  /** The first `count` events, in thousands. */
  head(count: number): Promise<Blob>
}

/** Writes events to a file, makes use of it, and removes it. */
export async function withEventFile<T>(
  name: MadeName,
  events: number,
  use: (file: EventFile) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'maxspan-bench-'))
  try {
    return await use(await writeEvents(join(folder, `${name}.ndjson`), name, events))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function writeEvents(
  path: string,
  name: MadeName,
  events: number,
): Promise<EventFile> {
  const handle = await open(path, 'w')
  /** Where every thousandth event ends. */
  const ends = [0]
  for (const piece of makeEvents(name, events)) {
    await handle.write(piece)
    ends.push((ends.at(-1) ?? 0) + piece.length)
  }
  await handle.close()
  const bytes = ends.at(-1) ?? 0
  const head = async (count: number): Promise<Blob> =>
    FileBlob.at(path).slice(0, ends[Math.ceil(count / 1000)] ?? bytes)
  return { name, path, events, bytes, head }
}
