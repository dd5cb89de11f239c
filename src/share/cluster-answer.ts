import * as v from 'valibot'
import { readJson } from './reproduction'

const event = v.looseObject({
  _id: v.string(),
  _index: v.optional(v.string(), ''),
  missing: v.optional(v.boolean()),
})
const form = v.object({
  is_partial: v.optional(v.boolean()),
  timed_out: v.optional(v.boolean()),
  shard_failures: v.optional(v.array(v.unknown())),
  hits: v.object({
    events: v.optional(v.array(event)),
    sequences: v.optional(v.array(v.looseObject({ events: v.array(event) }))),
  }),
})

/** An event by what it is called on the cluster. */
export interface AnswerEvent {
  readonly id: string
  readonly index: string
}

/** What a cluster answered (language.md 8.2). */
export interface ClusterAnswer {
  readonly kind: 'events' | 'sequences'
  /** The events of each result; undefined stands for a missing step. */
  readonly matches: readonly (readonly (AnswerEvent | undefined)[])[]
  /** It was not told whole: a timeout, or shards that failed. */
  readonly isPartial: boolean
}

const HITS =
  /"hits"\s*:\s*\{\s*(?:"total"\s*:\s*(?:\d+|\{[^{}]*\})\s*,\s*)?"(?:events|sequences)"\s*:\s*\[/

/** Whether a text may be an answer of `_eql/search`, from its beginning. */
export const looksLikeClusterAnswer = (head: string): boolean =>
  /^\uFEFF?\s*\{/.test(head) && HITS.test(head)

/** Undefined for what is no such answer. */
export function readClusterAnswer(text: string): ClusterAnswer | undefined {
  const read = v.safeParse(form, unwrap(readJson(text.replace(/^\uFEFF/, ''))))
  if (!read.success) return undefined
  const { hits, is_partial, timed_out, shard_failures = [] } = read.output
  const { events, sequences } = hits
  if (!events && !sequences) return undefined
  const found = sequences?.map(({ events }) => events) ?? events!.map((event) => [event])
  return {
    kind: sequences ? 'sequences' : 'events',
    matches: found.map((match) =>
      match.map(({ _id, _index, missing }) =>
        missing ? undefined : { id: _id, index: _index },
      ),
    ),
    isPartial: is_partial === true || timed_out === true || shard_failures.length > 0,
  }
}

/** What asynchronous searches, and Kibana's, put round an answer. */
const WRAPPERS = ['response', 'rawResponse', 'body']

function unwrap(value: unknown): unknown {
  const read = v.safeParse(v.record(v.string(), v.unknown()), value)
  if (!read.success || 'hits' in read.output) return value
  const inner = WRAPPERS.find((name) => name in read.output)
  return inner === undefined ? value : unwrap(read.output[inner])
}
