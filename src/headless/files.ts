import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { EventStore } from '../worker/event-store'
import { FileBlob } from './file-blob'
import { UsageError } from './options'

const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)

export async function readTextFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${reasonOf(error)}`)
  }
}

/**
 * Loads event files, and a mapping if there is one, into a store of their own. What
 * could not be used of them is said through `warn`; a file that cannot be opened, or a
 * mapping that is none, is a UsageError.
 */
export async function loadFiles(
  paths: readonly string[],
  mapping: string | undefined,
  warn: (sentence: string) => void,
): Promise<EventStore> {
  const store = new EventStore()
  if (mapping !== undefined) setMapping(store, mapping)
  for (const path of paths) await loadBlob(store, path, openBlob(path), warn)
  return store
}

export function setMapping(store: EventStore, text: string): void {
  const set = store.setMapping(text)
  if (!set.ok) throw new UsageError(set.problem)
}

export async function loadBlob(
  store: EventStore,
  path: string,
  blob: Blob,
  warn: (sentence: string) => void,
): Promise<void> {
  const id = `${String(store.state().sources.length)} ${path}`
  const loaded = await store.load({ id, name: basename(path), blob })
  if (!loaded.ok) {
    warn(loaded.problem)
    return
  }
  const { problem, badCount, bad } = loaded.value.report
  if (problem) warn(`${path}: ${problem}`)
  for (const { line, reason } of bad.slice(0, 5))
    warn(`${path}, line ${String(line)}: ${reason}`)
  if (badCount > 5) warn(`${path}: ${String(badCount)} records could not be read in all.`)
}

function openBlob(path: string): Blob {
  try {
    return FileBlob.at(path)
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${reasonOf(error)}`)
  }
}
