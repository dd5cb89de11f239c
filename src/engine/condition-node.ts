import type { Row } from '../events/row-set'
import type { Span } from '../language/ast'
import type { Evidence, Truth } from './evidence'
import { EvaluationFailure } from './failure'
import { notKleene } from './kleene'
import type { Leaf } from './leaf'
import type { LeafCost } from './plan'

/**
 * A condition as written, cut at `and`, `or` and `not`. A node that folds to a constant
 * says so in `constant`, and keeps its children to show.
 */
export type ConditionNode = LeafNode | LogicNode | NotNode

export interface LeafNode extends Span {
  readonly kind: 'leaf' | 'category'
  /** Absent where the leaf is a constant. */
  readonly leaf?: Leaf
  /** Written `!=`: true where the leaf is not. */
  readonly isNegated: boolean
  readonly constant?: Truth
}

interface LogicNode extends Span {
  readonly kind: 'and' | 'or'
  readonly operands: readonly ConditionNode[]
  readonly constant?: Truth
}

interface NotNode extends Span {
  readonly kind: 'not'
  readonly operand: ConditionNode
  readonly constant?: Truth
}

/** What the node and all below it come to on one event. */
export function evidenceAt(node: ConditionNode, row: Row): Evidence {
  switch (node.kind) {
    case 'and':
    case 'or':
      return innerEvidence(node, node.operands, row)
    case 'not':
      return innerEvidence(node, [node.operand], row)
    default:
      return leafEvidence(node, row)
  }
}

function innerEvidence(
  node: LogicNode | NotNode,
  operands: readonly ConditionNode[],
  row: Row,
): Evidence {
  const { kind, from, to } = node
  const children = operands.map((operand) => evidenceAt(operand, row))
  return { kind, from, to, truth: truthOf(node, children), children }
}

/** A parent takes a null child for false, unless it folded with it (language.md 3.1). */
function truthOf(
  { kind, constant }: LogicNode | NotNode,
  children: readonly Evidence[],
): Truth {
  if (constant !== undefined) return constant
  const truths = children.map(({ truth }) => truth === true)
  if (kind === 'not') return !truths[0]
  return kind === 'and' ? truths.every(Boolean) : truths.some(Boolean)
}

function leafEvidence(node: LeafNode, row: Row): Evidence {
  const { kind, from, to, constant, leaf, isNegated } = node
  const span = { kind, from, to, children: [] }
  if (!leaf) return { ...span, truth: constant ?? null }
  try {
    const truth = leaf.truthAt(row)
    const own = isNegated ? truth !== true : truth
    return { ...span, truth: own, values: leaf.valuesAt(row) }
  } catch (error) {
    // The run has reported it already, if it came that far; here the leaf just fails.
    if (error instanceof EvaluationFailure) return { ...span, truth: null }
    throw error
  }
}

/** Whether some leaf did not try all combinations of an event's values. */
export function isCapped(node: ConditionNode): boolean {
  switch (node.kind) {
    case 'and':
    case 'or':
      return node.operands.some(isCapped)
    case 'not':
      return isCapped(node.operand)
    default:
      return node.leaf?.isCapped() ?? false
  }
}

/** What its leaves have cost so far, in the order of the text. */
export function costsOf(node: ConditionNode): readonly LeafCost[] {
  switch (node.kind) {
    case 'and':
    case 'or':
      return node.operands.flatMap(costsOf)
    case 'not':
      return costsOf(node.operand)
    default: {
      const { from, to, leaf } = node
      if (!leaf) return []
      return [{ from, to, ms: leaf.cost.ms, contents: leaf.cost.contents }]
    }
  }
}

/** A node's truth turned round, for a node that folded. */
export const negatedConstant = (constant: Truth | undefined): Truth | undefined =>
  constant === undefined ? undefined : notKleene(constant)
