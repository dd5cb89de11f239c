import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import type { RunFailure } from '../engine/result'
import { EventStore } from '../worker/event-store'
import { printJson, readJson } from '../worker/record-source'
import { search, type SearchRequest } from '../worker/search'
import { loadBlob, loadFiles, readTextFile, setMapping } from './files'
import { onOneLine } from './one-line'
import { readPosition, UsageError } from './options'
import { checkKinds, checkRequest } from './request-check'

/** One line of `--batch` (design, headless contract); unknown keys are ignored. */
interface BatchRequest {
  readonly id?: unknown
  readonly query?: string
  readonly events?: readonly unknown[]
  readonly events_file?: string
  readonly mapping?: unknown
  readonly mapping_file?: string
  readonly timestamp_field?: string
  readonly tiebreaker_field?: string | null
  readonly event_category_field?: string
  readonly size?: number | 'all'
  readonly result_position?: string
  readonly max_samples_per_key?: number
  readonly explain?: boolean
}

/** Answers a request a line, in order, and keeps the files it has read open. */
export async function answerBatch(
  input: Readable,
  write: (line: string) => void,
  warn: (sentence: string) => void,
): Promise<void> {
  const stores = new Map<string, Promise<EventStore>>()
  for await (const line of createInterface({ input, crlfDelay: Infinity }))
    if (line.trim() !== '') write(onOneLine(await answerLine(line, stores, warn)))
}

async function answerLine(
  line: string,
  stores: Map<string, Promise<EventStore>>,
  warn: (sentence: string) => void,
): Promise<string> {
  const request = readJson(line)
  if (!isRequest(request))
    return refuse(null, badRequest('The line is not a JSON object.'))
  const id = request.id ?? null
  const refused = checkKinds(request) ?? checkRequest(request)
  if (refused) return refuse(id, refused)
  try {
    const store = await storeFor(request, stores, warn)
    const { members } = await search(store, readRequest(request))
    return `{"id":${printJson(id)},${members}}`
  } catch (error) {
    if (error instanceof UsageError) return refuse(id, badRequest(error.message))
    // A fault of ours in one request must not take the others with it.
    warn(error instanceof Error ? (error.stack ?? error.message) : String(error))
    return refuse(id, { type: 'exception', status: 500, reason: String(error) })
  }
}

const isRequest = (value: unknown): value is BatchRequest =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const badRequest = (reason: string): RunFailure => ({
  type: 'illegal_argument_exception',
  status: 400,
  reason,
})

const readRequest = (request: BatchRequest): SearchRequest => ({
  query: request.query ?? '',
  timestampField: request.timestamp_field,
  tiebreakerField: request.tiebreaker_field ?? undefined,
  eventCategoryField: request.event_category_field,
  size: request.size === 'all' ? Infinity : (request.size ?? 10),
  resultPosition: readPosition(request.result_position),
  maxSamplesPerKey: request.max_samples_per_key ?? 1,
  explain: request.explain,
})

const refuse = (id: unknown, { type, reason, status }: RunFailure): string =>
  `{"id":${printJson(id)},"error":${printJson({ type, reason })},"status":${String(status)}}`

async function storeFor(
  request: BatchRequest,
  stores: Map<string, Promise<EventStore>>,
  warn: (sentence: string) => void,
): Promise<EventStore> {
  const mapping = await mappingOf(request)
  if (request.events_file === undefined)
    return storeOf(request.events ?? [], mapping, warn)
  const file = request.events_file
  const key = JSON.stringify([file, mapping])
  const known = stores.get(key)
  if (known) return known
  const store = loadFiles([file], mapping, warn)
  stores.set(key, store)
  // A file that cannot be read now may be there for the next request.
  store.catch(() => stores.delete(key))
  return store
}

async function mappingOf(request: BatchRequest): Promise<string | undefined> {
  if (request.mapping_file !== undefined) return readTextFile(request.mapping_file)
  const { mapping } = request
  return mapping === undefined || mapping === null ? undefined : printJson(mapping)
}

/** Events given in the request itself, read as if they had come in a file. */
async function storeOf(
  events: readonly unknown[],
  mapping: string | undefined,
  warn: (sentence: string) => void,
): Promise<EventStore> {
  const store = new EventStore()
  if (mapping !== undefined) setMapping(store, mapping)
  if (events.length > 0) {
    const lines = events.map((event) => printJson(event) + '\n')
    await loadBlob(store, 'events', new Blob(lines), warn)
  }
  return store
}
