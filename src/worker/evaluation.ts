import { compileCondition } from '../engine/compile-condition'
import type { TruthCounts } from '../engine/count-truth'
import type { Truth } from '../engine/evidence'
import { EvaluationFailure } from '../engine/failure'
import type { Term } from '../engine/plan'
import { RowSet } from '../events/row-set'
import { findSubExpression } from '../explain/sub-expression'
import type { EventQuery, Span } from '../language/ast'
import type { Evaluation } from './why-api'
import type { KeptRun } from './rule-answer'

type Counted = Pick<Evaluation, 'from' | 'to' | 'text' | 'counts' | 'failure'>

/** The smallest condition that holds a span, over the events of the run. */
export function* evaluatePart(
  run: KeptRun,
  span: Span,
): Generator<void, Counted | undefined> {
  const part = findSubExpression(run.prepared.query, span)
  if (!part) return undefined
  const { from, to } = part
  const text = run.prepared.query.text.slice(from, to)
  try {
    const rows = yield* readTruths(run, part)
    const counts: TruthCounts = {
      true: rows.true.count(),
      false: rows.false.count(),
      null: rows.null.count(),
    }
    return { from, to, text, counts }
  } catch (error) {
    if (!(error instanceof EvaluationFailure)) throw error
    const counts = { true: 0, false: 0, null: 0 }
    return { from, to, text, counts, failure: error.failure }
  }
}

/** Events of the run for which the smallest condition that holds a span is so. */
export function* rowsOfPart(
  run: KeptRun,
  span: Span,
  truth: Truth,
): Generator<void, RowSet> {
  const part = findSubExpression(run.prepared.query, span)
  const none = new RowSet(run.prepared.active.size)
  if (!part) return none
  try {
    return (yield* readTruths(run, part))[`${truth}`]
  } catch (error) {
    if (!(error instanceof EvaluationFailure)) throw error
    return none
  }
}

function* readTruths(
  { prepared: { context, active } }: KeptRun,
  part: EventQuery,
): Generator<void, Readonly<Record<`${Truth}`, RowSet>>> {
  const condition = compileCondition(part, context)
  const found = (yield* condition.prepare()).and(active)
  const rest = active.without(found)
  if (condition.constant === null)
    return { true: found, false: new RowSet(active.size), null: rest }
  const only = onlyTerm(part, condition.terms)
  const nulls = only ? only.nulls(rest) : new RowSet(active.size)
  return { true: found, false: rest.without(nulls), null: nulls }
}

/** What several terms come to is never null of an event (language.md 3.1). */
const onlyTerm = (
  { condition }: EventQuery,
  terms: readonly Term[],
): Term | undefined => {
  const isCategory = condition.kind === 'literal' && condition.value === true
  return isCategory || terms.length === 1 ? terms[0] : undefined
}
