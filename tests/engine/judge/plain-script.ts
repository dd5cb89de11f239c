import type { Expression, FieldRef, Literal } from '../../../src/language/ast'
import { applyPlainly } from './plain-functions'
import {
  calculatePlainly,
  comparePlainly,
  isPlainNumber,
  negatePlainly,
  type PlainNumber,
  type PlainValue,
} from './plain-number'
import { lowerAll, lowerAscii, matchesWildcard } from './plain-pattern'

/** What each place of a field holds in one combination; unmapped fields are absent. */
export type Chosen = ReadonlyMap<FieldRef, PlainValue>

export function literalOf({ type, value }: Literal): PlainValue {
  if (typeof value !== 'number' && typeof value !== 'bigint') return value
  const java = ({ integer: 'int', long: 'long', unsigned_long: 'ulong' } as const)[
    type as 'integer' | 'long' | 'unsigned_long'
  ] as PlainNumber['java'] | undefined
  if (java === undefined) return { java: 'double', worth: Number(value) }
  return { java, worth: BigInt(value) }
}

/** An expression on one combination, three-valued inside (language.md 3.1). */
export function evaluate(node: Expression, chosen: Chosen): PlainValue {
  const of = (child: Expression): PlainValue => evaluate(child, chosen)
  switch (node.kind) {
    case 'literal':
      return literalOf(node)
    case 'field':
      return chosen.get(node) ?? null
    case 'call':
      return applyPlainly(
        node.name.toLowerCase(),
        node.caseInsensitive,
        node.args.map(of),
      )
    case 'negate': {
      const number = of(node.operand)
      return isPlainNumber(number) ? negatePlainly(number) : null
    }
    case 'arithmetic': {
      const [left, right] = [of(node.left), of(node.right)]
      return isPlainNumber(left) && isPlainNumber(right)
        ? calculatePlainly(node.op, left, right)
        : null
    }
    case 'compare': {
      if (isNullLiteral(node.right) && node.op === '==') return of(node.left) === null
      if (isNullLiteral(node.right) && node.op === '!=') return of(node.left) !== null
      const order = comparePlainly(of(node.left), of(node.right))
      return order === null ? null : agrees(node.op, order)
    }
    case 'in': {
      const fold = (value: PlainValue): PlainValue =>
        node.caseInsensitive && typeof value === 'string' ? lowerAll(value) : value
      const value = fold(of(node.operand))
      if (value === null) return null
      return node.items.some((item) => comparePlainly(value, fold(of(item))) === 0)
    }
    case 'match': {
      const value = of(node.operand)
      if (typeof value !== 'string') return null
      const patterns = node.patterns.flatMap((pattern) =>
        typeof pattern.value === 'string' ? [pattern.value] : [],
      )
      // One expression without operators is an equality.
      const [only = '', ...more] = patterns
      if (node.op === 'regex~' && more.length === 0 && /^[\w é😀]*$/u.test(only))
        return lowerAll(only) === lowerAll(value)
      return patterns.some((pattern) => matchesInScript(node.op, pattern, value))
    }
    case 'not': {
      const truth = of(node.operand)
      return truth === null ? null : !(truth as boolean)
    }
    case 'and':
    case 'or': {
      const truths = node.operands.map(of)
      const strong = node.kind === 'or'
      return truths.includes(strong) ? strong : truths.includes(null) ? null : !strong
    }
  }
}

const isNullLiteral = (node: Expression): boolean =>
  node.kind === 'literal' && node.value === null

export const agrees = (op: string, order: number): boolean =>
  op === '=='
    ? order === 0
    : op === '!='
      ? order !== 0
      : op === '<'
        ? order < 0
        : op === '<='
          ? order <= 0
          : op === '>'
            ? order > 0
            : order >= 0

function matchesInScript(op: string, pattern: string, value: string): boolean {
  if (op === 'regex') return new RegExp(`^(?:${pattern})$`, 'u').test(value)
  // Java folds ASCII alone; the patterns asked hold no capital letters but escapes.
  if (op === 'regex~') return new RegExp(`^(?:${pattern})$`, 'u').test(lowerAscii(value))
  if (op === 'like') return matchesWildcard(pattern, value)
  return matchesWildcard(lowerAll(pattern), lowerAll(value))
}
