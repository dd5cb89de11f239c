import type { RowSet } from '../events/row-set'
import type { EventQuery } from '../language/ast'
import { evidenceAt, rowsAmong, type ConditionNode } from './condition-node'
import type { EvaluationContext } from './context'
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
  return {
    from,
    to,
    rows: once(() => rowsAmong(whole, active)),
    evidence: (row) => evidenceAt(whole, row),
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

const termOf = (node: ConditionNode, active: RowSet): Term => ({
  from: node.from,
  to: node.to,
  kind: node.kind === 'category' ? 'category' : 'clause',
  rows: once(() => rowsAmong(node, active)),
  evidence: (row) => evidenceAt(node, row),
})

function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}
