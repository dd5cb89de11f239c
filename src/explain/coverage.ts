import type { EvaluationContext } from '../engine/context'
import type { TruthCounts } from '../engine/count-truth'
import type { CompiledRule, Term } from '../engine/plan'
import type { RowSet } from '../events/row-set'
import type { Span } from '../language/ast'
import { present } from './data-advice'
import {
  coveredSteps,
  findKeyedRows,
  findStepRows,
  requiredKeys,
  type CoveredStep,
} from './step-rows'
import { countReach } from './sequence-rows'

/** What a clause, or a part of one, comes to on the events of its step's category. */
export interface PartCoverage extends Span {
  readonly counts: TruthCounts
  /** Of an `and`, `or` or `not` what it joins; none of a single test. */
  readonly operands: readonly PartCoverage[]
}

/** One term of a step's top-level `and`. */
export interface ClauseCoverage extends PartCoverage {
  /** Events that this clause and all before it let pass. */
  readonly left: number
  /** Events that all else in the step lets pass, and only this clause removes. */
  readonly alone: number
}

/** How many events get how far in one step, by its text alone. */
export interface StepCoverage extends Span {
  /** 1-based, as written; one more than there are steps for until. */
  readonly step: number
  readonly role: CoveredStep['role']
  /** Active events of the category; all of them for `any`. */
  readonly category: number
  /** Where the category stands in the text; absent for `any`. */
  readonly categorySpan?: Span
  /** Where no event has the category: those they have, the most frequent first. */
  readonly present?: readonly string[]
  readonly clauses: readonly ClauseCoverage[]
  /** The clause that removes most events of the category, 0-based; of several the first. */
  readonly strictest?: number
  /** Events that satisfy the step. */
  readonly selected: number
  /** Of these the ones that have all keys and a time; absent where that asks nothing. */
  readonly keyed?: number
  /** The join keys that every event of the step must have. */
  readonly keys: readonly string[]
  /** Of a sequence of three positive steps or more: how many sequences came to have it. */
  readonly reached?: number
}

export interface RuleCoverage {
  /** Active events. */
  readonly events: number
  /** As written, until last. */
  readonly steps: readonly StepCoverage[]
}

/** The events and the schema a rule is bound to; the table may have grown since. */
export interface CoveredEvents extends EvaluationContext {
  readonly active: RowSet
}

/**
 * Counts what each clause of each step lets pass and removes (experience.md 2, number 7).
 * Sets of rows tell it, so that it costs what conditions cost. Yields as they do.
 */
export function* coverRule(
  rule: CompiledRule,
  loaded: CoveredEvents,
): Generator<void, RuleCoverage> {
  const steps: StepCoverage[] = []
  for (const step of coveredSteps(rule)) steps.push(yield* coverStep(step, loaded))
  const reach = rule.kind === 'sequence' ? yield* countReach(rule) : undefined
  return {
    events: loaded.active.count(),
    steps: steps.map((covered) => {
      const reached = covered.role === 'step' ? reach?.get(covered.step) : undefined
      return reached === undefined ? covered : { ...covered, reached }
    }),
  }
}

function* coverStep(
  covered: CoveredStep,
  loaded: CoveredEvents,
): Generator<void, StepCoverage> {
  const { step, role, condition } = covered
  const { active } = loaded
  const rows = yield* findStepRows(covered, active)
  const clauses: ClauseCoverage[] = []
  for (const [at, clause] of rows.clauses.entries())
    clauses.push({
      ...(yield* coverPart(clause, rows.category)),
      left: rows.left[at]!.count(),
      alone: rows.alone[at]!.count(),
    })
  const selected = rows.left.at(-1) ?? rows.category
  const keyed = yield* findKeyedRows(covered, selected)
  const category = rows.category.count()
  const written = condition.terms.find(({ kind }) => kind === 'category')
  const strictest = findStrictest(clauses)
  const isAbsent = written && category === 0 && !active.isEmpty()
  return {
    ...spanOf(condition),
    step,
    role,
    category,
    ...(written && { categorySpan: spanOf(written) }),
    ...(isAbsent && { present: present(loaded).present }),
    clauses,
    ...(strictest !== undefined && { strictest }),
    selected: selected.count(),
    keys: covered.joins ? requiredKeys(covered.joins.step).map(({ name }) => name) : [],
    ...(asksForKeys(covered, selected, keyed) && { keyed: keyed.count() }),
  }
}

/** Without `by` it is worth telling only where events without a time get lost. */
const asksForKeys = ({ joins }: CoveredStep, selected: RowSet, keyed: RowSet): boolean =>
  joins !== undefined && (joins.step.keys.length > 0 || keyed.count() < selected.count())

function* coverPart(term: Term, among: RowSet): Generator<void, PartCoverage> {
  const isTrue = among.and(yield* term.prepare())
  const rest = among.without(isTrue)
  const isNull = yield* term.findNulls(rest)
  yield
  const operands: PartCoverage[] = []
  for (const operand of term.operands) operands.push(yield* coverPart(operand, among))
  const counts = {
    true: isTrue.count(),
    false: rest.count() - isNull.count(),
    null: isNull.count(),
  }
  return { ...spanOf(term), counts, operands }
}

const spanOf = ({ from, to }: Span): Span => ({ from, to })

/** With a single clause there is nothing to compare. */
function findStrictest(clauses: readonly ClauseCoverage[]): number | undefined {
  const removed = clauses.map(({ counts }) => counts.false + counts.null)
  const most = Math.max(...removed)
  return clauses.length > 1 && most > 0 ? removed.indexOf(most) : undefined
}
