import { EvaluationFailure } from '../engine/failure'
import type { CompiledRule, CompiledStep } from '../engine/plan'
import type { RunResult } from '../engine/result'
import type { Row, RowSet } from '../events/row-set'
import type { Query, Sequence } from '../language/ast'
import { explainEventOneShort, findEventsOneShort } from './event-near-miss'
import type { NearMiss, NearMisses } from './explanation'
import { bestFindings, type Finding } from './finding'
import { LateNearMiss } from './late-near-miss'
import { failedTerm } from './one-short'
import { findSamplesOneShort } from './sample-near-miss'
import { recordFates } from './sequence-fates'
import { examineFate, examineOrphan } from './sequence-near-miss'
import {
  buildWorld,
  printKey,
  type SequenceRule,
  type SequenceWorld,
} from './sequence-world'
import { printSentence, printSlack } from './wording'

export interface NearMissOptions {
  /** How many candidates are examined, 10,000 unless told. */
  readonly cap?: number
}

const EXAMINED = 10_000
const LISTED = 1_000
/** Candidates examined without a pause, and those only counted. */
const PAUSE = 64
const MANY = 4096

type Keys = CompiledStep['keys']

/**
 * What almost matched, nearest first, each with the one thing that broke it
 * (language.md 5.10). `rule` and `result` are of the same events, of which `active` are
 * switched on; the table may have grown since. Nothing is evaluated anew: sequences are heard out through the observer of a run, conditions answer with
 * their terms' row sets. Yields every few hundred candidates.
 */
export function* findNearMisses(
  query: Query,
  rule: CompiledRule,
  active: RowSet,
  result: RunResult,
  { cap = EXAMINED }: NearMissOptions = {},
): Generator<void, NearMisses> {
  // Where no step has an event, nothing was begun.
  if (!result.funnel.some(({ stage, count }) => stage === 'step' && count > 0))
    if (rule.kind !== 'events') return { list: [] }
  try {
    if (rule.kind === 'events') return yield* missEvents(query, rule, active, cap)
    if (rule.kind === 'sequence' && query.body.kind === 'sequence')
      return yield* missSequences(query, query.body, rule, active, cap)
    if (rule.kind === 'sample') return yield* missSamples(query, rule, active, cap)
  } catch (error) {
    // A term alone may meet a value that the whole condition never asks of.
    if (!(error instanceof EvaluationFailure)) throw error
  }
  return { list: [] }
}

function* missEvents(
  query: Query,
  rule: Extract<CompiledRule, { kind: 'events' }>,
  active: RowSet,
  cap: number,
): Generator<void, NearMisses> {
  const { rows, crowd, short } = yield* findEventsOneShort(rule, active)
  const examined = Math.min(rows.length, cap)
  const tell = (row: Row): NearMiss =>
    inWords(explainEventOneShort(rule, query, row, short), 1, [])
  return listMisses(
    rows
      .slice(0, Math.min(examined, LISTED))
      .map((row) => new LateNearMiss(row, () => tell(row), failedTerm(short, row))),
    examined,
    rows.length + crowd,
  )
}

function* missSequences(
  query: Query,
  body: Sequence,
  rule: SequenceRule,
  active: RowSet,
  cap: number,
): Generator<void, NearMisses> {
  const fates = yield* recordFates(rule, active.size, cap)
  const world = yield* buildWorld(query, body, rule, active, fates, cap)
  const search = yield* examineAll(candidatesOf(world), cap)
  const unseen = fates.total - world.examined.length
  return listBest({ ...search, of: search.of + unseen }, body.steps.length, keysOf(rule))
}

function* missSamples(
  query: Query,
  rule: Extract<CompiledRule, { kind: 'sample' }>,
  active: RowSet,
  cap: number,
): Generator<void, NearMisses> {
  const candidates = yield* findSamplesOneShort(rule, query, active)
  const search = yield* examineAll(candidates, cap)
  return listBest(search, rule.steps.length, keysOf(rule))
}

const keysOf = ({ steps }: { readonly steps: readonly CompiledStep[] }): Keys =>
  steps[0]?.keys ?? []

/** What a search came to, how many candidates it examined, and of how many. */
interface Search {
  readonly findings: readonly Finding[]
  readonly examined: number
  readonly of: number
}

function* examineAll(
  candidates: Iterable<() => readonly Finding[]>,
  cap: number,
): Generator<void, Search> {
  const findings: Finding[] = []
  let examined = 0
  let of = 0
  for (const examine of candidates) {
    if (++of % MANY === 0) yield
    if (examined >= cap) continue
    findings.push(...examine())
    if (++examined % PAUSE === 0) yield
  }
  return { findings, examined, of }
}

const listBest = (
  { findings, examined, of }: Search,
  stepCount: number,
  keys: Keys,
): NearMisses => {
  const best = bestFindings(findings)
  const list = best
    .slice(0, LISTED)
    .map(
      (finding) =>
        new LateNearMiss(finding.culprit, () => inWords(finding, stepCount, keys)),
    )
  return listMisses(list, examined, of, best.length > LISTED)
}

/** Pending sequences first, then events of the second step that nothing waited for. */
function* candidatesOf(world: SequenceWorld): Generator<() => readonly Finding[], void> {
  for (const fate of world.examined) yield () => examineFate(world, fate)
  const second = world.steps[1]
  if (!second) return
  for (const [key, rows] of second.fit.entries())
    for (const row of rows) yield () => examineOrphan(world, world.keys.tuple(key), row)
}

const listMisses = (
  list: readonly NearMiss[],
  examined: number,
  of: number,
  isCut = list.length < examined,
): NearMisses => (examined < of || isCut ? { list, capped: { examined, of } } : { list })

const inWords = (
  { fault, step, run, events, rows, culprit, key, span }: Finding,
  stepCount: number,
  keys: Keys,
): NearMiss => {
  const joinKeys = keys.map((field, at) => ({
    name: field.name,
    value: printKey(field, key[at] ?? null),
  }))
  const place = { step: step + 1, run, stepCount, keys: joinKeys }
  return {
    cause: fault.cause,
    fault,
    step: step + 1,
    rows,
    events,
    culprit,
    joinKeys,
    // Told when someone looks; groups are made by the fault alone.
    get sentence() {
      return printSentence(fault, place)
    },
    slack: printSlack(fault),
    span,
  }
}
