import type { CompiledRule, Term } from '../engine/plan'
import { RowSet } from '../events/row-set'
import {
  findReachedRows,
  findSampleRows,
  findSequenceRows,
  type SequenceStage,
} from './sequence-rows'
import {
  coveredSteps,
  findKeyedRows,
  findStepRows,
  type CoveredStep,
  type StepRows,
} from './step-rows'

/** Which events of a rule's coverage and funnel are meant. */
export type CoveragePlace =
  | StepPlace<'category'>
  | StepPlace<'keyed'>
  | StepPlace<'reached'>
  | {
      readonly step: number
      readonly stage: 'clause'
      /** The clause, 0-based, and then operand by operand what in it is meant. */
      readonly clause: readonly number[]
      /**
       * What it is on the events of the category; or, of a clause, those that passed
       * or fell at it in the order of the text, or fell at it alone.
       */
      readonly outcome: 'true' | 'false' | 'null' | 'passed' | 'fell' | 'alone'
    }
  | { readonly stage: SequenceStage; readonly outcome: 'passed' | 'fell' }

interface StepPlace<Stage> {
  /** 1-based, as written; one more than there are steps for until. */
  readonly step: number
  readonly stage: Stage
  readonly outcome: 'passed' | 'fell'
}

/** The events of a place; none where the rule has no such place. Yields as runs do. */
export function* findPlaceRows(
  rule: CompiledRule,
  active: RowSet,
  place: CoveragePlace,
): Generator<void, RowSet> {
  if (!('step' in place)) return yield* rowsOfStage(rule, active, place)
  const covered = coveredSteps(rule).find(({ step }) => step === place.step)
  if (!covered) return new RowSet(active.size)
  const rows = yield* findStepRows(covered, active)
  if (place.stage === 'category')
    return place.outcome === 'passed' ? rows.category : active.without(rows.category)
  if (place.stage === 'clause') return yield* rowsOfClause(rows, place)
  const selected = rows.left.at(-1) ?? rows.category
  const keyed = yield* findKeyedRows(covered, selected)
  if (place.stage === 'keyed')
    return place.outcome === 'passed' ? keyed : selected.without(keyed)
  if (rule.kind !== 'sequence') return new RowSet(active.size)
  const reached = yield* findReachedRows(rule, active.size, place.step)
  return place.outcome === 'passed' ? reached : keyed.without(reached)
}

function* rowsOfClause(
  { clauses, category, left, alone }: StepRows,
  { clause: path, outcome }: Extract<CoveragePlace, { stage: 'clause' }>,
): Generator<void, RowSet> {
  const [at = 0] = path
  const none = new RowSet(category.size)
  const after = left[at] ?? none
  switch (outcome) {
    case 'passed':
      return after
    case 'fell':
      return (left[at - 1] ?? category).without(after)
    case 'alone':
      return alone[at] ?? none
    default: {
      const term = termAt(clauses, path)
      return term ? yield* rowsOfTruth(term, category, outcome) : none
    }
  }
}

const termAt = (
  terms: readonly Term[],
  [at = 0, ...deeper]: readonly number[],
): Term | undefined => {
  const term = terms[at]
  return term && deeper.length > 0 ? termAt(term.operands, deeper) : term
}

function* rowsOfTruth(
  term: Term,
  among: RowSet,
  truth: 'true' | 'false' | 'null',
): Generator<void, RowSet> {
  const isTrue = among.and(yield* term.prepare())
  if (truth === 'true') return isTrue
  const rest = among.without(isTrue)
  const isNull = yield* term.findNulls(rest)
  return truth === 'null' ? isNull : rest.without(isNull)
}

function* rowsOfStage(
  rule: CompiledRule,
  active: RowSet,
  { stage, outcome }: Extract<CoveragePlace, { stage: SequenceStage }>,
): Generator<void, RowSet> {
  if (rule.kind === 'events') {
    const matched = yield* rule.condition.prepare()
    return outcome === 'passed' ? matched : new RowSet(active.size)
  }
  const keyed = yield* keyedOfAll(rule, active)
  if (rule.kind === 'sample') {
    const sampled = yield* findSampleRows(rule, active.size)
    return outcome === 'passed' ? sampled : keyed.without(sampled)
  }
  const rows = yield* findSequenceRows(rule, active.size)
  if (outcome === 'passed') return rows[stage]
  const before = { joined: keyed, 'in-time': rows.joined, matched: rows['in-time'] }
  return before[stage].without(rows[stage])
}

/** The events that could be in a sequence: those of every positive step that have keys. */
function* keyedOfAll(rule: CompiledRule, active: RowSet): Generator<void, RowSet> {
  let all = new RowSet(active.size)
  const isPositive = ({ role }: CoveredStep): boolean => role === 'step'
  for (const covered of coveredSteps(rule).filter(isPositive)) {
    const rows = yield* covered.condition.prepare()
    all = all.or(yield* findKeyedRows(covered, active.and(rows)))
  }
  return all
}
