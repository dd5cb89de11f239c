import type { Match } from '../engine/result'
import { MISSING } from '../engine/result'
import type { Row } from '../events/row-set'
import { prepareAbsences } from '../explain/absent-match'
import { compareAnswers } from '../explain/answer-difference'
import {
  explainExtra,
  explainMissing,
  type AnswerWorld,
  type ToldStep,
} from '../explain/answer-reasons'
import { sayOtherKind, sayPartial } from '../explain/answer-wording'
import { splitByIndex } from '../explain/event-indices'
import { makeIndexTest } from '../explain/index-patterns'
import type {
  ClusterComparison,
  ClusterQuestion,
  DifferentEvent,
  DifferentMatch,
  ToldEvent,
} from './cluster-api'
import type { EventStore } from './event-store'
import { viewMatch } from './match-view'
import { nameEvent, nameId } from './replay-view'
import type { KeptRun } from './rule-answer'
import { findToldEvents, type ToldEvents } from './told-events'
import type { RuleText } from './api'

/** So many results of either side are told, with their reasons. */
const MOST = 200

/**
 * Lays the answer of a cluster beside that of a run. `answer`: its events, `ours`: all that
 * is loaded. Yields every few thousand rows.
 */
export function* compareWithCluster(
  question: ClusterQuestion,
  run: KeptRun,
  answer: EventStore,
  ours: EventStore,
): Generator<void, ClusterComparison> {
  const told = yield* findToldEvents(question, answer, ruleOf(run), ours)
  const { result } = run
  const found = yield* compareAnswers(result.matches, told.matches)
  const world = yield* makeWorld(question, run, told, ours)
  const missing = found.missing.slice(0, MOST)
  const takenBy = numberEvents(told, found.missing)
  const extra: DifferentMatch[] = []
  for (const place of found.extra.slice(0, MOST))
    for (const match of result.matches.slice(place, place + 1)) {
      const reasons = yield* explainExtra(world, match, (row) => takenBy.get(row))
      extra.push(viewExtra(run, match, reasons))
      yield
    }
  const { ruleId, ticket, matches, isPartial } = question
  const isOtherKind = (question.kind === 'events') !== (result.kind === 'events')
  return {
    ruleId,
    ticket,
    events: told.count,
    known: told.known,
    told: matches.length,
    equal: found.equal,
    missing: {
      count: found.missing.length,
      list: missing.map((place) => viewMissing(run, world, told, matches[place] ?? [])),
    },
    extra: { count: found.extraCount, list: extra },
    cut: found.cut,
    notes: [
      ...(isOtherKind && matches.length > 0 ? [sayOtherKind(result.kind)] : []),
      ...(isPartial ? [sayPartial] : []),
    ],
  }
}

const ruleOf = ({ prepared: { query, clock, context } }: KeptRun): RuleText => ({
  query: query.text,
  ...clock,
  eventCategoryField: context.categoryField,
})

function* makeWorld(
  { patterns, matches }: ClusterQuestion,
  run: KeptRun,
  told: ToldEvents,
  { table }: EventStore,
): Generator<void, AnswerWorld> {
  const { query, rule, active, order } = run.prepared
  const covers = makeIndexTest(patterns)
  const indices = new Set(matches.flat().flatMap((event) => event?.index ?? []))
  // Asked of an index of another name, such as that of a kit, the patterns had no say.
  const hadSay = patterns.length > 0 && [...indices].every(covers)
  return {
    absence: yield* prepareAbsences(query, rule),
    active,
    switchedOn: table.active,
    outside: hadSay
      ? { patterns, rows: (yield* splitByIndex(table, patterns)).outside }
      : undefined,
    order,
    nameOf: (row) => nameEvent(run, row),
    isTold: told.isTold,
    otherValues: told.otherValues,
  }
}

/** By event, the number of the first result missing here that has it. */
function numberEvents(
  { matches }: ToldEvents,
  missing: readonly number[],
): ReadonlyMap<Row, number> {
  const numbers = new Map<Row, number>()
  for (const [at, place] of missing.slice(0, MOST).entries())
    for (const row of matches[place] ?? [])
      if (row !== undefined && row !== MISSING && !numbers.has(row))
        numbers.set(row, at + 1)
  return numbers
}

function viewExtra(
  run: KeptRun,
  match: Match,
  reasons: DifferentMatch['reasons'],
): DifferentMatch {
  const { steps, joinKeys } = viewMatch(run.view, match)
  return {
    steps: steps.map((each) => {
      if ('missing' in each) return each
      const { step, eventId, time, category, row } = each
      return { step, eventId, time, category, row }
    }),
    joinKeys,
    reasons,
  }
}

function viewMissing(
  run: KeptRun,
  world: AnswerWorld,
  told: ToldEvents,
  events: readonly (ToldEvent | undefined)[],
): DifferentMatch {
  const steps = writtenSteps(run, events.length)
  const positive = events.flatMap((event, at): ToldStep[] => {
    if (!event) return []
    const row = told.rowOf(event)
    const name = row === undefined ? nameId(event.id) : world.nameOf(row)
    return [{ step: steps[at]!, name, row }]
  })
  return {
    steps: events.map((event, at) => {
      const step = steps[at]!
      return event ? viewTold(told, event, step) : { step, missing: true }
    }),
    joinKeys: [],
    reasons: explainMissing(world, positive),
  }
}

/** The step as written of every event, if it is an answer to this rule. */
function writtenSteps({ prepared: { rule } }: KeptRun, count: number): readonly number[] {
  const written = rule.kind === 'events' ? [1] : rule.steps.map((s) => s.writtenStep + 1)
  return Array.from({ length: count }, (_, at) =>
    written.length === count ? written[at]! : at + 1,
  )
}

function viewTold(told: ToldEvents, event: ToldEvent, step: number): DifferentEvent {
  const row = told.rowOf(event)
  return {
    step,
    eventId: event.id,
    time: told.timeOf(event),
    category: told.categoryOf(event),
    ...(row !== undefined && { row }),
  }
}
