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

const holds = ({ from, to }: Span, offset: number): boolean =>
  from <= offset && offset < to
