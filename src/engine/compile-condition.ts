import { RowSet, type Row } from '../events/row-set'
import type { EventQuery } from '../language/ast'
import { evidenceAt, isCapped, rowsAmong, type ConditionNode } from './condition-node'
import type { EvaluationContext } from './context'
import { EvaluationFailure } from './failure'
import { joinConstants } from './kleene'
import type { Condition, Term } from './plan'
import { planCategory, planCondition } from './plan-condition'

/**
 * Binds `category where condition` to the events of one table version (language.md 3.1).
 * The query has been checked against the context's schema.
 * @throws EvaluationFailure when a constant cannot be computed or does not suit its
 * field; `rows` throws it too, for what fails only on the events.
 */
export function compileCondition(
  query: EventQuery,
  context: EvaluationContext,
): Condition {
  context.leaves.fit(context.table, context.schema)
  const { active } = context.table
  const category = planCategory(query.category, context)
  const clause = planCondition(query.condition, context)
  const { from, to } = query
  const whole = category ? conjunction([category, clause], query) : clause
  const terms = [
    ...(category ? [termOf(category, active)] : []),
    ...conjunctsOf(clause).map((node) => termOf(node, active)),
  ]
  const rows = once(() => rowsAmong(whole, active))
  return {
    from,
    to,
    rows,
    prepare: () => inPieces(rows),
    costs: () => [],
    evidence: (row) => evidenceAt(whole, row),
    isCapped: () => isCapped(whole),
    terms,
    ...(whole.constant !== undefined && { constant: whole.constant }),
  }
}

function conjunction(
  operands: readonly ConditionNode[],
  { from, to }: EventQuery,
): ConditionNode {
  const constant = joinConstants(
    'and',
    operands.map((operand) => operand.constant),
  )
  return { kind: 'and', operands, from, to, ...(constant !== undefined && { constant }) }
}

/** The terms of the top-level `and`, those of `and`s right inside it among them. */
const conjunctsOf = (node: ConditionNode): readonly ConditionNode[] =>
  node.kind === 'and' ? node.operands.flatMap(conjunctsOf) : [node]

function termOf(node: ConditionNode, active: RowSet): Term {
  const { from, to, kind } = node
  const rows = once(() => termRows(node, active))
  return {
    from,
    to,
    kind: kind === 'category' ? 'category' : 'clause',
    rows,
    prepare: () => inPieces(rows),
    evidence: (row) => evidenceAt(node, row),
  }
}

/** A term may fail on events that the terms before it keep from the whole. */
function termRows(node: ConditionNode, active: RowSet): RowSet {
  try {
    return rowsAmong(node, active)
  } catch (error) {
    if (!(error instanceof EvaluationFailure)) throw error
    const isTrue = (row: Row): boolean => evidenceAt(node, row).truth === true
    return RowSet.of(active.size, active.rows().filter(isTrue))
  }
}

function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}

function* inPieces(rows: () => RowSet): Generator<void, RowSet> {
  yield
  return rows()
}
