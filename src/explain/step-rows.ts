import { writtenSteps } from '../engine/funnel'
import type { CompiledRule, CompiledStep, Condition, JoinKey, Term } from '../engine/plan'
import { RowSet, type Row } from '../events/row-set'
import { NO_RANK, type TimeOrder } from '../events/table'

/** A step as written, an event query, or until. */
export interface CoveredStep {
  /** 1-based, as written; one more than there are steps for until. */
  readonly step: number
  readonly role: 'step' | 'missing' | 'until'
  readonly condition: Condition
  /** Present where events must have keys, or a time, to go on. */
  readonly joins?: { readonly step: CompiledStep; readonly order?: TimeOrder }
}

/** Every step of a rule as written, until last. */
export function coveredSteps(rule: CompiledRule): readonly CoveredStep[] {
  if (rule.kind === 'events')
    return [{ step: 1, role: 'step', condition: rule.condition }]
  const order = rule.kind === 'sequence' ? { order: rule.order } : {}
  const steps = writtenSteps(rule.steps).map((step): CoveredStep => ({
    step: step.writtenStep + 1,
    role: step.missing ? 'missing' : 'step',
    condition: step.condition,
    joins: { step, ...order },
  }))
  const { until } = rule.kind === 'sequence' ? rule : {}
  return until
    ? [...steps, { step: steps.length + 1, role: 'until', condition: until.condition }]
    : steps
}

/**
 * Which events are left at each stage of a step, in the order of the text:
 *
 *     active ▸ category ▸ clause 1 ▸ clause 2 … ▸ with key
 */
export interface StepRows {
  readonly category: RowSet
  readonly clauses: readonly Term[]
  /** After each clause. */
  readonly left: readonly RowSet[]
  /** Those that only one clause removes, clause by clause. */
  readonly alone: readonly RowSet[]
}

/** Prepares every clause and takes them one after the other. Yields as conditions do. */
export function* findStepRows(
  { condition }: CoveredStep,
  active: RowSet,
): Generator<void, StepRows> {
  const category = condition.terms.find(({ kind }) => kind === 'category')
  const clauses = condition.terms.filter(({ kind }) => kind === 'clause')
  const start = category ? active.and(yield* category.prepare()) : active
  const passing: RowSet[] = []
  for (const clause of clauses) passing.push(yield* clause.prepare())
  yield
  const left = runningAnd(start, passing)
  // Each clause is asked alone of what those before and those after it let pass.
  const after = runningAnd(active, passing.toReversed()).toReversed()
  const alone = passing.map((rows, at) =>
    (left[at - 1] ?? start).and(after[at + 1] ?? active).without(rows),
  )
  yield
  return { category: start, clauses, left, alone }
}

function runningAnd(start: RowSet, sets: readonly RowSet[]): readonly RowSet[] {
  let left = start
  return sets.map((rows) => (left = left.and(rows)))
}

/** Without them an event can never join. */
export const requiredKeys = ({ keys }: CompiledStep): readonly JoinKey[] =>
  keys.filter(({ optional }) => !optional)

/** Rows looked at without a pause. */
const PAUSE = 16_384

/**
 * Those of the rows that can join: all keys are there and, in a sequence, a usable time.
 * The same rows when nothing is asked of them.
 */
export function* findKeyedRows(
  { joins }: CoveredStep,
  rows: RowSet,
): Generator<void, RowSet> {
  if (!joins) return rows
  const { step, order } = joins
  const required = requiredKeys(step)
  const isTimed = order === undefined || order.unusable === 0
  if (required.length === 0 && isTimed) return rows
  const isKeyed = (row: Row): boolean =>
    (isTimed || order.rank[row] !== NO_RANK) &&
    required.every(({ numbers }) => numbers.at(row) !== 0)
  const keyed: Row[] = []
  let count = 0
  for (const piece of rows.pieces()) {
    for (const row of piece) if (isKeyed(row)) keyed.push(row)
    count += piece.length
    if (count % PAUSE < piece.length) yield
  }
  return RowSet.ofList(rows.size, Uint32Array.from(keyed))
}
