import * as v from 'valibot'
import { readJson } from './reproduction'

const event = v.looseObject({
  _id: v.string(),
  missing: v.optional(v.boolean()),
})
const form = v.object({
  is_partial: v.optional(v.boolean()),
  hits: v.object({
    total: v.optional(v.object({ value: v.number(), relation: v.string() })),
    events: v.optional(v.array(event)),
    sequences: v.optional(v.array(v.looseObject({ events: v.array(event) }))),
  }),
})

/** One match by the ids of its events; undefined stands for a missing step. */
export type MatchIds = readonly (string | undefined)[]

/** What a cluster answered (language.md 8.2). */
export interface ClusterAnswer {
  readonly matches: readonly MatchIds[]
  /** It was not told whole: a timeout, or shards that failed. */
  readonly isPartial: boolean
}

/** Two answers to one search laid side by side. */
export interface AnswerDifference {
  /** Places in ours and in theirs. */
  readonly equal: readonly (readonly [ours: number, theirs: number])[]
  /** Ours that the cluster has not. */
  readonly missing: readonly number[]
  /** Theirs that we have not. */
  readonly extra: readonly number[]
}

/** Whether a text is to be read as an answer of `_eql/search`, from its beginning. */
export const looksLikeClusterAnswer = (head: string): boolean =>
  /^\s*\{/.test(head) &&
  /"is_partial"\s*:/.test(head) &&
  /"hits"\s*:\s*\{/.test(head) &&
  /"(?:events|sequences)"\s*:/.test(head)

/** Undefined for what is no such answer. */
export function readClusterAnswer(text: string): ClusterAnswer | undefined {
  const read = v.safeParse(form, readJson(text))
  if (!read.success) return undefined
  const { events, sequences } = read.output.hits
  if (!events && !sequences) return undefined
  const found = sequences?.map(({ events }) => events) ?? events!.map((event) => [event])
  return {
    matches: found.map((match) =>
      match.map(({ _id, missing }) => (missing ? undefined : _id)),
    ),
    isPartial: read.output.is_partial === true,
  }
}

/** The same match twice on one side is equal to two on the other, not to one. */
export function compareAnswers(
  ours: readonly MatchIds[],
  theirs: readonly MatchIds[],
): AnswerDifference {
  const waiting = new Map<string, number[]>()
  theirs.forEach((match, i) => {
    const key = JSON.stringify(match)
    waiting.set(key, [...(waiting.get(key) ?? []), i])
  })
  const equal: (readonly [number, number])[] = []
  const missing: number[] = []
  ours.forEach((match, i) => {
    const same = waiting.get(JSON.stringify(match))?.shift()
    if (same === undefined) missing.push(i)
    else equal.push([i, same])
  })
  const extra = [...waiting.values()].flat().sort((a, b) => a - b)
  return { equal, missing, extra }
}
