import type { Truth } from './evidence'

/** Three-valued connectives, as they work inside one leaf (language.md 3.1). */
export const notKleene = (truth: Truth): Truth => (truth === null ? null : !truth)

export function joinKleene(kind: 'and' | 'or', truths: Iterable<Truth>): Truth {
  const decisive = kind === 'or'
  let joined: Truth = !decisive
  for (const truth of truths) {
    if (truth === decisive) return decisive
    if (truth === null) joined = null
  }
  return joined
}

/**
 * What a chain of `and` or `or` folds to before any event is looked at; undefined where
 * an operand depends on the event. From left to right: null spoils an `and`, but gives
 * way in an `or` (language.md 3.5).
 */
export const joinConstants = (
  kind: 'and' | 'or',
  operands: readonly (Truth | undefined)[],
): Truth | undefined => operands.reduce((left, right) => joinPair(kind, left, right))

function joinPair(
  kind: 'and' | 'or',
  left: Truth | undefined,
  right: Truth | undefined,
): Truth | undefined {
  const decisive = kind === 'or'
  if (left === decisive || right === decisive) return decisive
  if (left === !decisive) return right
  if (right === !decisive) return left
  if (kind === 'and') return left === null || right === null ? null : undefined
  return left === null ? right : left
}
