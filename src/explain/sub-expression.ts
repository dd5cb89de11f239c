import type { Category, EventQuery, Expression, Query, Span } from '../language/ast'
import { childrenOf, stepsOf } from '../language/walk'

/**
 * The smallest part of a rule that can be true or false and holds a span: a clause, some
 * neighbours of an `and` or `or`, a whole condition, or with its category a whole step.
 * It is asked as a query of its own; undefined where nothing of the kind is.
 */
export function findSubExpression(query: Query, span: Span): EventQuery | undefined {
  const { from, to } = trimmed(query.text, span)
  if (from >= to) return undefined
  const { body } = query
  const until = body.kind === 'sequence' && body.until ? [body.until] : []
  const steps = [...stepsOf(query), ...until]
  const step = steps.find((each) => each.from <= from && to <= each.to)
  if (!step) return undefined
  const { category, condition } = step.query
  if (holds(category, { from, to })) return alone(category, trueAt(category))
  if (!holds(condition, { from, to }) && !isInBrackets(query.text, condition, from, to))
    return step.query
  const found = holds(condition, { from, to })
    ? smallest(condition, { from, to })
    : condition
  return alone({ any: true, name: 'any', from: found.from, to: found.from }, found)
}

const alone = (category: Category, condition: Expression): EventQuery => ({
  kind: 'event',
  category,
  condition,
  from: condition.from,
  to: condition.to,
})

const trueAt = ({ from, to }: Span): Expression => ({
  kind: 'literal',
  type: 'boolean',
  value: true,
  from,
  to,
})

function trimmed(text: string, { from, to }: Span): Span {
  const selected = text.slice(from, to)
  const start = from + (selected.length - selected.trimStart().length)
  return { from: start, to: start + selected.trim().length }
}

const holds = (outer: Span, inner: Span): boolean =>
  outer.from <= inner.from && inner.to <= outer.to

/** Whether only brackets stand between a condition and the ends of the span round it. */
const isInBrackets = (
  text: string,
  { from, to }: Span,
  start: number,
  end: number,
): boolean =>
  start <= from &&
  to <= end &&
  /^[\s(]*$/.test(text.slice(start, from)) &&
  /^[\s)]*$/.test(text.slice(to, end))

/** `node` holds the span and is a condition. */
function smallest(node: Expression, span: Span): Expression {
  if (node.kind === 'and' || node.kind === 'or') {
    const touched = node.operands.filter(
      (each) => each.from < span.to && span.from < each.to,
    )
    const [first, last] = [touched[0], touched.at(-1)]
    if (!first || !last) return node
    if (touched.length > 1) {
      if (touched.length === node.operands.length) return node
      return { kind: node.kind, operands: touched, from: first.from, to: last.to }
    }
    return smallest(first, span)
  }
  if (node.kind === 'not' && holds(node.operand, span))
    return smallest(node.operand, span)
  const inner = childrenOf(node).find((child) => isCondition(child) && holds(child, span))
  return inner ? smallest(inner, span) : node
}

const isCondition = ({ kind }: Expression): boolean =>
  ['and', 'or', 'not', 'compare', 'in', 'match'].includes(kind)
