import { EvaluationFailure } from '../engine/failure'
import type { CompiledRule } from '../engine/plan'
import type { Match, RunResult } from '../engine/result'
import { runRule } from '../engine/run'
import type { Row } from '../events/row-set'
import type { Step } from '../language/ast'
import { stepsOf } from '../language/walk'
import { repairCategory, repairClause } from './clause-repairs'
import { compareMatches, readIdentities } from './compare-matches'
import type { NearMiss } from './explanation'
import { measureVariety } from './key-variety'
import type { BoundText, Candidate, Remedy, Repair, Repairs, RepairScene } from './repair'
import { sayNoRepair, sayRepair, sayVariety } from './repair-wording'
import {
  repairKey,
  repairMaxspan,
  repairMissing,
  repairOwnKey,
  repairRuns,
  repairUntil,
  swapSteps,
  tellStartsApart,
} from './sequence-repairs'
import { applyEdits, sizeOf } from './text-edit'

/** What repairs are looked for in. */
export interface RepairQuestion extends Omit<RepairScene, 'wanted'> {
  readonly miss: NearMiss
  /** Of the rule as it stands. */
  readonly result: RunResult
  readonly categoryField: string
  /** Parses, checks and binds a text; undefined when it has a mistake. */
  readonly bind: (text: string) => BoundText | undefined
  /** How many edits are tried, 24 unless told. */
  readonly most?: number
}

const MOST = 24
const ALL = { size: Infinity, resultPosition: 'tail', maxSamplesPerKey: 1 } as const

/**
 * The smallest edits of a rule's text that make a near miss match, each tried by a plain
 * run over all loaded events and kept only if it does (experience.md 2, no. 5). Yields as
 * runs do, and after each edit.
 */
export function* findRepairs(question: RepairQuestion): Generator<void, Repairs> {
  const { miss, result, most = MOST } = question
  const scene: RepairScene = { ...question, wanted: wantedRows(miss) }
  const candidates = distinct(listCandidates(scene, question))
  const before = yield* readIdentities(result.matches)
  const list: Repair[] = []
  const tried = candidates.slice(0, most)
  for (const candidate of tried) {
    yield
    const repair = yield* tryCandidate(candidate, scene, question, before)
    if (repair) list.push(repair)
  }
  return {
    list: list.sort(byCollateral),
    tried: tried.length,
    of: candidates.length,
    ...(list.length === 0 && { none: sayNoRepair(miss.fault, tried.length) }),
  }
}

const byCollateral = (a: Repair, b: Repair): number =>
  Number(isLoose(a)) - Number(isLoose(b)) ||
  a.others - b.others ||
  a.lost - b.lost ||
  Number(isBlunt(a)) - Number(isBlunt(b)) ||
  a.size - b.size

const isLoose = ({ keys }: Repair): boolean => keys?.isLoose ?? false

/** Doing without a part of a rule is the larger edit, however few letters it takes. */
const isBlunt = ({ remedy }: Repair): boolean =>
  remedy.kind.startsWith('drop') || (remedy.kind === 'category' && remedy.text === 'any')

/** An event that should not have been there is no part of the match. */
export const wantedRows = ({ cause, rows, culprit }: NearMiss): readonly Row[] =>
  rows.filter(
    (row): row is Row => row !== undefined && !(cause === 'missing' && row === culprit),
  )

function listCandidates(
  scene: RepairScene,
  { miss, categoryField }: RepairQuestion,
): readonly Candidate[] {
  const { body } = scene.query
  const { fault, culprit, span } = miss
  const at = miss.step - 1
  const step = stepsOf(scene.query)[at]
  if (!step) return []
  switch (fault.cause) {
    case 'category':
      return repairCategory(scene, step, miss.step, culprit, categoryField)
    case 'condition':
    case 'null':
      return repairClause(scene, step, span, culprit)
    case 'runs':
      return repairRuns(step, miss.step, fault)
    default:
      if (body.kind === 'event') return []
  }
  if (fault.cause === 'key' || fault.cause === 'key-null') {
    const part = keyPart(body.by, step, span)
    const wanted = fault.cause === 'key' ? String(fault.wanted) : keyOf(miss, part)
    return [
      ...repairOwnKey(scene, body, at, part, wanted, culprit),
      ...repairKey(scene, body, part),
    ]
  }
  if (body.kind === 'sample') return []
  switch (fault.cause) {
    case 'replaced':
      return tellStartsApart(scene, body, fault.by)
    case 'maxspan':
      return repairMaxspan(body, fault)
    case 'order':
      return swapSteps(scene, body, at)
    case 'until':
      return repairUntil(scene, body, culprit)
    case 'missing':
      return repairMissing(scene, body, at, culprit)
  }
}

const keyPart = (by: Step['by'], step: Step, span: { readonly from: number }): number =>
  [...by, ...step.by].findIndex(({ from }) => from === span.from)

const keyOf = ({ joinKeys }: NearMiss, part: number): string =>
  String(joinKeys[part]?.value ?? '')

const distinct = (candidates: readonly Candidate[]): readonly Candidate[] => {
  const told = new Set<string>()
  return candidates.filter(({ edits }) => {
    const text = JSON.stringify(edits)
    return told.size < told.add(text).size
  })
}

function* tryCandidate(
  candidate: Candidate,
  { query, wanted }: RepairScene,
  { bind }: RepairQuestion,
  before: readonly (string | number)[],
): Generator<void, Repair | undefined> {
  const { edits } = candidate
  const text = applyEdits(query.text, edits)
  try {
    const bound = bind(text)
    if (!bound) return undefined
    yield
    yield* prepareAll(bound.rule)
    const { matches } = yield* runRule(bound.rule, ALL)
    const { gained, lost } = yield* compareMatches(before, matches)
    const isMended = gained.some((place) =>
      holdsAll(matches.slice(place, place + 1)[0]!, wanted),
    )
    if (!isMended) return undefined
    const sentence = sayRepair(candidate.remedy)
    const others = gained.length - 1
    const size = sizeOf(edits)
    const keys = changesKeys(candidate.remedy) ? yield* measureVariety(bound) : undefined
    const note = keys && sayVariety(keys)
    return {
      ...candidate,
      ...{ text, others, lost: lost.length, size, sentence },
      ...(keys && { keys }),
      ...(note !== undefined && { note }),
    }
  } catch (error) {
    if (error instanceof EvaluationFailure) return undefined
    throw error
  }
}

const changesKeys = ({ kind }: Remedy): boolean => kind.endsWith('-key')

const holdsAll = ({ rows }: Match, wanted: readonly Row[]): boolean =>
  wanted.every((row) => rows.includes(row))

/** Has conditions computed in slices; the run takes them so. */
export function* prepareAll(rule: CompiledRule): Generator<void, void> {
  const steps = rule.kind === 'events' ? [rule] : rule.steps
  for (const { condition } of steps) yield* condition.prepare()
  if (rule.kind === 'sequence' && rule.until) yield* rule.until.condition.prepare()
}
