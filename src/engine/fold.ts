import type {
  Call,
  Compare,
  Expression,
  In,
  Literal,
  Logic,
  Match,
} from '../language/ast'
import { findSignature } from '../language/functions'
import { childrenOf, fieldsIn } from '../language/walk'
import { mirrored } from './compare'
import type { Truth } from './evidence'
import { EvaluationFailure, notConstant } from './failure'
import { findFunction } from './functions/registry'
import { plainNumber, isNumber } from './java-number'
import { joinConstants } from './kleene'
import { literalOf, literalValue } from './literal-value'
import type { RunFailure } from './result'
import { compileScript } from './script'

/** Whether a field name stands for a field; one that does not is null everywhere. */
export type IsMapped = (name: string) => boolean

/**
 * Rewrites an expression to what it comes to before any event is looked at (language.md
 * 2.4, 3.4, 3.5): constants computed, unmapped optional fields null, null spread, a
 * literal on the left moved to the right, `predicate == true` the predicate. Spans stay
 * those of the text.
 * @throws EvaluationFailure when a constant part cannot be computed, such as `1 / 0`.
 */
export function foldExpression(node: Expression, isMapped: IsMapped): Expression {
  const fold = (child: Expression): Expression => foldExpression(child, isMapped)
  switch (node.kind) {
    case 'literal':
      return node
    case 'field':
      return isMapped(node.name) ? node : literalOf(null, node)
    case 'call':
      return foldCall({ ...node, args: node.args.map(fold) })
    case 'negate':
      return spreadNull({ ...node, operand: fold(node.operand) })
    case 'arithmetic':
      return spreadNull({ ...node, left: fold(node.left), right: fold(node.right) })
    case 'compare':
      return foldCompare(node, isMapped)
    case 'in':
      return foldIn(node, fold(node.operand), node.items.map(fold))
    case 'match':
      return foldMatch(node, fold(node.operand))
    case 'and':
    case 'or':
      return foldLogic({ ...node, operands: node.operands.map(fold) })
    case 'not':
      return spreadNull({ ...node, operand: fold(node.operand) })
  }
}

/** The value of an expression without fields, numbers as JavaScript's own. */
export type ConstantResult =
  | { readonly ok: true; readonly value: string | number | bigint | boolean | null }
  | { readonly ok: false; readonly failure: RunFailure }

/** Computes an expression that names no field. */
export function foldConstant(expression: Expression): ConstantResult {
  try {
    const folded = foldExpression(expression, () => true)
    if (folded.kind !== 'literal') throw notConstant(fieldsIn(folded)[0]?.name ?? '')
    const value = literalValue(folded)
    return { ok: true, value: isNumber(value) ? plainNumber(value) : value }
  } catch (error) {
    if (error instanceof EvaluationFailure) return { ok: false, failure: error.failure }
    throw error
  }
}

const isLiteral = (node: Expression): node is Literal => node.kind === 'literal'
const isNull = (node: Expression): boolean => isLiteral(node) && node.value === null

const compute = (node: Expression): Literal =>
  literalOf(compileScript(node).evaluate([]), node)

/** Computes a node whose operands are literals; null in any of them makes it null. */
function spreadNull(node: Expression): Expression {
  const operands = childrenOf(node)
  if (operands.some(isNull)) return literalOf(null, node)
  return operands.every(isLiteral) ? compute(node) : node
}

function foldCall(node: Call): Expression {
  if (node.args.every(isLiteral)) return compute(node)
  const mayBeNull = (i: number): boolean =>
    findFunction(node.name)?.mayBeNull?.includes(i) ?? false
  const isSpoiled = node.args.some((arg, i) => isNull(arg) && !mayBeNull(i))
  return isSpoiled ? literalOf(null, node) : node
}

/**
 * `==` and `!=` against a null that was there from the start ask whether the other side
 * is null; a null that only came out of computing makes the comparison null.
 */
function foldCompare(node: Compare, isMapped: IsMapped): Expression {
  const left = foldExpression(node.left, isMapped)
  const right = foldExpression(node.right, isMapped)
  if (node.op === '==' || node.op === '!=') {
    const isWrittenNull = (side: Expression): boolean =>
      isNull(side) || (side.kind === 'field' && !isMapped(side.name))
    if (isWrittenNull(node.right)) return foldIsNull(node, left)
    if (isWrittenNull(node.left)) return foldIsNull(node, right)
  }
  if (isNull(left) || isNull(right)) return literalOf(null, node)
  if (!isLiteral(left) || isLiteral(right)) return finishCompare({ ...node, left, right })
  const op = node.op === '!=' ? node.op : mirrored[node.op]
  return finishCompare({ ...node, op, left: right, right: left })
}

function foldIsNull(node: Compare, operand: Expression): Expression {
  const nothing = literalOf(null, operand)
  const asked: Compare = { ...node, left: operand, right: nothing }
  return isLiteral(operand) ? compute(asked) : asked
}

function finishCompare(node: Compare): Expression {
  const { left, right, op } = node
  if (isLiteral(left) && isLiteral(right)) return compute(node)
  if (!isPredicate(left) || !isLiteral(right) || typeof right.value !== 'boolean')
    return node
  if (op !== '==' && op !== '!=') return node
  if ((op === '==') === right.value) return left
  return { kind: 'not', operand: left, from: node.from, to: node.to }
}

/** Whether a node other than a field or literal is boolean-valued. */
function isPredicate(node: Expression): boolean {
  if (node.kind === 'call') return findSignature(node.name)?.result === 'boolean'
  return ['compare', 'in', 'match', 'and', 'or', 'not'].includes(node.kind)
}

/** Nulls in the list are dropped; a list of nothing else is null. */
function foldIn(node: In, operand: Expression, all: readonly Expression[]): Expression {
  const items = all.filter((item) => !isNull(item))
  if (isNull(operand) || items.length === 0) return literalOf(null, node)
  const rest = { ...node, operand, items }
  return isLiteral(operand) && items.every(isLiteral) ? compute(rest) : rest
}

function foldMatch(node: Match, operand: Expression): Expression {
  const patterns = node.patterns.filter((pattern) => !isNull(pattern))
  if (isNull(operand) || patterns.length === 0) return literalOf(null, node)
  const isSame = operand === node.operand && patterns.length === node.patterns.length
  const rest = isSame ? node : { ...node, operand, patterns }
  return isLiteral(operand) ? compute(rest) : rest
}

function foldLogic(node: Logic): Expression {
  const truths = node.operands.map(constantTruth)
  const constant = joinConstants(node.kind, truths)
  if (constant !== undefined) return literalOf(constant, node)
  const operands = node.operands.filter((_, i) => truths[i] === undefined)
  const [only] = operands
  return operands.length === 1 && only ? only : { ...node, operands }
}

/** The truth of a literal; undefined for what depends on the event. */
export const constantTruth = (node: Expression): Truth | undefined =>
  isLiteral(node) ? (typeof node.value === 'boolean' ? node.value : null) : undefined
