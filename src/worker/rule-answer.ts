import type { RunFailure, RunResult } from '../engine/result'
import { EvaluationFailure } from '../engine/failure'
import { keyValuesOf } from '../engine/key-values'
import { runRule } from '../engine/run'
import { WorkClock } from '../engine/work-clock'
import type { Exclusion } from '../explain/exclusion-audit'
import type { NearMisses } from '../explain/explanation'
import type { NearMissGroup } from '../explain/near-miss-groups'
import type { Diagnostic } from '../language/diagnostics'
import { stepsOf } from '../language/walk'
import type { MatchView, RunAnswer, RunOutcome, RunRequest } from './api'
import { findExtendedOnly, type MappedEvents } from './extended-only'
import { conditionsOf, findHeavyPart, type RunTimes } from './heavy-part'
import {
  readTellingFields,
  readWrittenSteps,
  viewMatch,
  type ViewContext,
} from './match-view'
import { clockOf, prepareRule, type PreparedRule } from './prepare-rule'

export type BoundRule = Extract<PreparedRule, { ok: true }>

/** The last answer of a rule, kept for its further pages. */
export interface KeptRun {
  readonly ticket: number
  readonly version: number
  /** Of the events: when they have changed since, it is of no use for a search. */
  readonly changes: number
  readonly prepared: BoundRule
  readonly result: RunResult
  readonly view: ViewContext
  /** What almost matched, as soon as it has been looked for. */
  explained?: Explained | undefined
  /** The same while it is looked for; undefined when that was dropped. */
  search?: Promise<Explained | undefined>
  /** Places of the matches that only extended mode gives. */
  readonly extendedOnly: ReadonlySet<number>
  /** What its exclusions are good for, once that was asked. */
  audit?: readonly Exclusion[]
}

export interface Explained {
  readonly nearMisses: NearMisses
  /** The same, put together by reason. */
  readonly groups: readonly NearMissGroup[]
  readonly advice: readonly Diagnostic[]
}

/** Loaded events that tell when they have changed. */
export interface NumberedEvents extends MappedEvents {
  readonly version: number
  /** Grows when rows go, are switched, or are read as other fields; not when rows come. */
  readonly changes: number
}

/** Matches that come with an outcome; more by pages. */
const FIRST_PAGE = 20

/** What a request came to: an outcome, and what is kept when it has an answer. */
export interface Answered {
  readonly outcome: RunOutcome
  readonly kept?: KeptRun
  /** Rows of the table when the rule was bound; it knows nothing of later ones. */
  readonly rowCount: number
}

/** Binds a rule to the events there are now, and runs it. A user's mistake is data. */
export function* answerRule(
  request: RunRequest,
  events: NumberedEvents,
): Generator<void, Answered> {
  const { ruleId, ticket, query } = request
  const clock = new WorkClock()
  yield* clock.measure(events.table.findOrder(clockOf(request), events.schema))
  const { version, changes } = events
  const { rowCount } = events.table
  const prepared = prepareRule(query, request, events)
  const order = clock.lap()
  yield
  const { diagnostics } = prepared
  const head = { ruleId, ticket, version, diagnostics }
  if (!prepared.ok) return { rowCount, outcome: { ...head, failure: prepared.failure } }
  const found = yield* runToAnswer(prepared, order, clock)
  if ('failure' in found) return { rowCount, outcome: { ...head, ...found } }
  const { result, times } = found
  const extendedOnly = yield* findExtendedOnly(request, events, prepared, result.matches)
  const view = viewOf(prepared)
  const kept = { ticket, version, changes, prepared, result, view, extendedOnly }
  return { rowCount, kept, outcome: { ...head, answer: viewAnswer(kept, times) } }
}

const noLimits = {
  size: Infinity,
  resultPosition: 'tail',
  maxSamplesPerKey: 1,
} as const

function* runToAnswer(
  { rule, context: { table } }: BoundRule,
  order: number,
  clock: WorkClock,
): Generator<
  void,
  | { readonly result: RunResult; readonly times: RunTimes }
  | { readonly failure: RunFailure }
> {
  try {
    for (const condition of conditionsOf(rule)) yield* clock.measure(condition.prepare())
    const conditions = clock.lap()
    const values = keyValuesOf(table)
    const before = values.readMs
    const result = yield* clock.measure(runRule(rule, noLimits))
    const keys = values.readMs - before
    const { missingMs: missing = 0 } = result
    return { result, times: { order, conditions, keys, missing, rest: clock.lap() } }
  } catch (error) {
    if (!(error instanceof EvaluationFailure)) throw error
    return { failure: error.failure }
  }
}

export const viewOf = ({ query, context, order }: BoundRule): ViewContext => ({
  query,
  table: context.table,
  schema: context.schema,
  order,
  categoryField: context.categoryField,
  writtenSteps: readWrittenSteps(query),
  tellingFields: readTellingFields(query, context.categoryField),
})

/** Matches of a run from a place on, as cards show them. */
export const viewMatches = (
  { result, view, extendedOnly }: KeptRun,
  from: number,
  count: number,
): readonly MatchView[] =>
  result.matches.slice(from, from + count).map((match, i) => ({
    ...viewMatch(view, match),
    ...(extendedOnly.has(from + i) && { isExtendedOnly: true as const }),
  }))

function viewAnswer(kept: KeptRun, times: RunTimes): RunAnswer {
  const { prepared, result, extendedOnly } = kept
  const { body, text } = prepared.query
  const heavy = findHeavyPart(prepared.rule, text, times)
  return {
    kind: result.kind,
    stepCount: stepsOf(prepared.query).length,
    ...(body.kind === 'sequence' && { maxspanMs: body.maxspan?.ms }),
    matchCount: result.matches.length,
    funnel: result.funnel,
    matches: viewMatches(kept, 0, FIRST_PAGE),
    ...(extendedOnly.size > 0 && { extendedOnly: extendedOnly.size }),
    notes: result.notes,
    tookMs: times.order + times.conditions + times.rest,
    ...(heavy && { heavy }),
  }
}
