import type { Expression, Query, Span } from './ast'
import { childrenOf, stepsOf } from './walk'

/**
 * The innermost expression at an offset of the text, such as the one under the pointer:
 * part of a condition, or a join key. None between them.
 */
export function nodeAt(query: Query, offset: number): Expression | undefined {
  const { body } = query
  const until = body.kind === 'sequence' && body.until ? [body.until] : []
  const steps = [...stepsOf(query), ...until]
  const roots = [
    ...(body.kind === 'event' ? [] : body.by),
    ...steps.flatMap((step) => [step.query.condition, ...step.by]),
  ]
  let found: Expression | undefined
  let next = roots.find((root) => holds(root, offset))
  while (next) {
    found = next
    next = childrenOf(next).find((child) => holds(child, offset))
  }
  return found
}

/** From an expression down to the one in it that has just this span; empty if none has. */
export function findPath(node: Expression, { from, to }: Span): readonly Expression[] {
  if (node.from === from && node.to === to) return [node]
  for (const child of childrenOf(node)) {
    const path = findPath(child, { from, to })
    if (path.length > 0) return [node, ...path]
  }
  return []
}

/** The expression in another that has just this span, such as a clause of a condition. */
export const findNode = (node: Expression, span: Span): Expression | undefined =>
  findPath(node, span).at(-1)

const holds = ({ from, to }: Span, offset: number): boolean =>
  from <= offset && offset < to
