import type { Category, Compare, Expression, Span } from '../language/ast'
import { compileLeaf } from './compile-leaf'
import { negatedConstant, type ConditionNode, type LeafNode } from './condition-node'
import type { EvaluationContext } from './context'
import { constantTruth, foldExpression } from './fold'
import { joinConstants } from './kleene'

/**
 * A condition bound to the events, node by node as written (language.md 3.1, 3.5).
 * @throws EvaluationFailure for constants that cannot be computed or do not suit a field.
 */
export function planCondition(
  node: Expression,
  context: EvaluationContext,
): ConditionNode {
  switch (node.kind) {
    case 'and':
    case 'or': {
      const operands = node.operands.map((operand) => planCondition(operand, context))
      const constants = operands.map(({ constant }) => constant)
      return withConstant(
        { kind: node.kind, operands, ...spanOf(node) },
        joinConstants(node.kind, constants),
      )
    }
    case 'not':
      return negated(planCondition(node.operand, context), node)
    case 'compare':
      return node.op === '!=' ? planUnequal(node, context) : planLeaf(node, context)
    default:
      return planLeaf(node, context)
  }
}

const spanOf = ({ from, to }: Span): Span => ({ from, to })

const withConstant = (
  node: ConditionNode,
  constant: ConditionNode['constant'],
): ConditionNode => (constant === undefined ? node : { ...node, constant })

const negated = (operand: ConditionNode, span: Span): ConditionNode =>
  withConstant(
    { kind: 'not', operand, ...spanOf(span) },
    negatedConstant(operand.constant),
  )

function planLeaf(node: Expression, context: EvaluationContext): ConditionNode {
  const folded = foldIn(node, context)
  // `(a == 1 and b == 2) == true` and its like have given way to their inside.
  if (isCut(folded)) return { ...planCondition(folded, context), ...spanOf(node) }
  return leafNode(folded, node, context)
}

/** Whether the node is no leaf of its own (language.md 2.4, 3.1). */
const isCut = (node: Expression): boolean =>
  ['and', 'or', 'not'].includes(node.kind) ||
  (node.kind === 'compare' && node.op === '!=')

const foldIn = (node: Expression, { schema }: EvaluationContext): Expression =>
  foldExpression(node, (name) => schema.field(name) !== undefined)

function leafNode(folded: Expression, span: Span, context: EvaluationContext): LeafNode {
  const constant = constantTruth(folded)
  return {
    kind: 'leaf',
    isNegated: false,
    ...spanOf(span),
    ...(constant === undefined ? { leaf: compileLeaf(folded, context) } : { constant }),
  }
}

/** `a != b` is `not (a == b)`, but one leaf to look at (language.md 2.4). */
function planUnequal(node: Compare, context: EvaluationContext): ConditionNode {
  const equal = planLeaf({ ...node, op: '==' }, context)
  if (equal.kind !== 'leaf') return negated(equal, node)
  return withConstant(
    { ...equal, isNegated: !equal.isNegated, ...spanOf(node) },
    negatedConstant(equal.constant),
  )
}

/** The word before `where`; undefined for `any` (language.md 1.6). */
export function planCategory(
  category: Category,
  context: EvaluationContext,
): ConditionNode | undefined {
  if (category.any) return undefined
  const span = spanOf(category)
  const name = context.categoryField
  const test: Compare = {
    kind: 'compare',
    op: '==',
    left: { kind: 'field', name, optional: false, ...span },
    right: { kind: 'literal', type: 'string', value: category.name, ...span },
    opSpan: span,
    ...span,
  }
  return { ...leafNode(foldIn(test, context), span, context), kind: 'category' }
}
