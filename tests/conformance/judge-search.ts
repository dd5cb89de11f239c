import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { EventStore } from '../../src/worker/event-store'
import { printJson, readJson } from '../../src/worker/record-source'
import { search } from '../../src/worker/search'
import type { Case, ExpectedAnswer, Id, Suite, Verdict } from './suite'

interface Hit {
  readonly _id: string
  readonly _source: Readonly<Record<string, unknown>>
  readonly missing?: boolean
}
interface Found {
  readonly join_keys?: readonly unknown[]
  readonly events: readonly Hit[]
}
interface Answer {
  readonly hits?: {
    readonly events?: readonly Hit[]
    readonly sequences?: readonly Found[]
  }
  readonly error?: { readonly type: string; readonly reason: string }
}

/** Runs one recorded search and compares ids, and join keys where they were recorded. */
export async function judgeSearch(
  suite: Suite,
  item: Case,
  folder: string,
  stores: Map<string, Promise<EventStore>>,
): Promise<Verdict> {
  const store = await storeFor(suite, item, folder, stores)
  const { members } = await search(store, {
    query: item.query ?? '',
    timestampField: suite.timestamp_field ?? undefined,
    tiebreakerField: item.tiebreaker_field ?? suite.tiebreaker_field ?? undefined,
    eventCategoryField: suite.event_category_field ?? undefined,
    size: item.size ?? suite.request_defaults?.size ?? 50,
    resultPosition: 'tail',
    maxSamplesPerKey: item.max_samples_per_key ?? 1,
  })
  const answer = readJson(`{${members}}`) as Answer
  if (typeof item.expect === 'object') return judgeAnswer(item.expect, answer)
  if (answer.error) return `${answer.error.type}: ${answer.error.reason}`
  return judgeIds(item, answer, suite.id_field ?? '_id')
}

function storeFor(
  suite: Suite,
  item: Case,
  folder: string,
  stores: Map<string, Promise<EventStore>>,
): Promise<EventStore> {
  const file = (path: string): string => readFileSync(join(folder, path), 'utf8')
  if (item.events) {
    const events = item.query?.includes('day_of_week')
      ? item.events.map(addWeekday)
      : item.events
    const text = events.map((event) => printJson(event) + '\n').join('')
    return loadText('events', text, inlineMapping(item.mapping))
  }
  const path = suite.dataset ?? ''
  let store = stores.get(path)
  if (!store) {
    const mapping = suite.mapping ? openMapping(file(suite.mapping)) : null
    stores.set(path, (store = loadText(basename(path), file(path), mapping)))
  }
  return store
}

async function loadText(
  name: string,
  text: string,
  mapping: string | null,
): Promise<EventStore> {
  const store = new EventStore()
  const set = store.setMapping(mapping)
  if (!set.ok) throw new Error(set.problem)
  await store.load({ id: name, name, blob: new Blob([text]) })
  return store
}

/** The recordings come from indices that take in new fields, as indices do by default. */
function openMapping(text: string): string {
  const mapping = JSON.parse(text) as Record<string, object>
  const open = (index: object) => ({ dynamic: true, ...index })
  const indices = Object.entries(mapping).map(([name, index]) => [name, open(index)])
  return JSON.stringify(
    mapping['properties'] ? open(mapping) : Object.fromEntries(indices),
  )
}

const inlineMapping = (mapping: Case['mapping']): string | null =>
  typeof mapping === 'object'
    ? JSON.stringify({
        dynamic: true,
        properties: Object.fromEntries(
          Object.entries(mapping).map(([name, type]) => [name, { type }]),
        ),
      })
    : null

/** Stands in for a runtime field that one recording computes by a script. */
const addWeekday = (event: Readonly<Record<string, unknown>>) => ({
  ...event,
  day_of_week: new Date(String(event['@timestamp'])).getUTCDay() || 7,
})

function judgeIds(item: Case, { hits }: Answer, idField: string): Verdict {
  const flat = (
    hits?.events ??
    hits?.sequences?.flatMap(({ events }) => events) ??
    []
  ).map((hit) => (hit.missing ? -1 : idOf(hit, idField)))
  const wanted = item.expected_event_ids ?? []
  const allowed = item.any_of ? wanted : [wanted]
  if (!allowed.some((ids) => sameList(ids as readonly Id[], flat)))
    return `wanted ${JSON.stringify(wanted)}, got ${JSON.stringify(flat)}`
  if (!item.join_keys || !hits?.sequences) return undefined
  const keys = hits.sequences.flatMap(({ join_keys = [] }) => join_keys.map(String))
  return sameList(item.join_keys, keys)
    ? undefined
    : `wanted keys ${JSON.stringify(item.join_keys)}, got ${JSON.stringify(keys)}`
}

const idOf = ({ _id, _source }: Hit, field: string): Id =>
  field === '_id' ? _id : (_source[field] as Id)

const sameList = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((value, i) => String(value) === String(b[i]))

function judgeAnswer(wanted: ExpectedAnswer, { hits, error }: Answer): Verdict {
  // How the server words a failure at run time depends on its release.
  if (wanted.error)
    return error ? undefined : `wanted ${wanted.error.reason}, got an answer`
  if (error) return `${error.type}: ${error.reason}`
  const got = hits?.events ?? hits?.sequences ?? []
  if (wanted.total !== undefined && wanted.total !== got.length)
    return `wanted ${String(wanted.total)}, got ${String(got.length)}`
  const ids = (events: readonly Hit[] = []) => events.map(({ _id }) => _id)
  if (wanted.event_ids && !sameList(wanted.event_ids, ids(hits?.events)))
    return `wanted ${JSON.stringify(wanted.event_ids)}, got ${JSON.stringify(ids(hits?.events))}`
  const sequences = hits?.sequences?.map(({ join_keys, events }) => ({
    join_keys,
    event_ids: ids(events),
  }))
  return wanted.sequences &&
    JSON.stringify(wanted.sequences) !== JSON.stringify(sequences)
    ? `wanted ${JSON.stringify(wanted.sequences)}, got ${JSON.stringify(sequences)}`
    : undefined
}
