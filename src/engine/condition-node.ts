import { RowSet, type Row } from '../events/row-set'
import type { Span } from '../language/ast'
import type { Evidence, Truth } from './evidence'
import { EvaluationFailure } from './failure'
import { notKleene } from './kleene'
import type { Leaf } from './leaf'

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

/** Those of the candidates that satisfy the node. @throws EvaluationFailure */
export function rowsAmong(node: ConditionNode, candidates: RowSet): RowSet {
  if (node.constant !== undefined)
    return node.constant ? candidates : new RowSet(candidates.size)
  switch (node.kind) {
    case 'and':
      return allAmong(node.operands, candidates)
    case 'or':
      return someAmong(node.operands, candidates)
    case 'not':
      return candidates.without(rowsAmong(node.operand, candidates))
    default: {
      const found = node.leaf?.rowsAmong(candidates) ?? new RowSet(candidates.size)
      return node.isNegated ? candidates.without(found) : found
    }
  }
}

/** Each operand is asked only of the rows that passed all before it, cheap ones first. */
function allAmong(operands: readonly ConditionNode[], candidates: RowSet): RowSet {
  let left = candidates
  for (const operand of cheapFirst(operands)) {
    if (left.isEmpty()) return left
    left = rowsAmong(operand, left)
  }
  return left
}

/** Each operand is asked only of the rows that none before it took. */
function someAmong(operands: readonly ConditionNode[], candidates: RowSet): RowSet {
  let found = new RowSet(candidates.size)
  let rest = candidates
  for (const operand of cheapFirst(operands)) {
    if (operand.constant !== undefined) continue
    const more = rowsAmong(operand, rest)
    found = found.or(more)
    rest = rest.without(more)
    if (rest.isEmpty()) return found
  }
  return found
}

const cheapFirst = (operands: readonly ConditionNode[]): readonly ConditionNode[] =>
  // Infinity less Infinity is no number; such operands stay as written.
  [...operands].sort((a, b) => effortOf(a) - effortOf(b) || 0)

function effortOf(node: ConditionNode): number {
  if (node.constant !== undefined) return 0
  switch (node.kind) {
    case 'and':
    case 'or':
      return Math.max(...node.operands.map(effortOf))
    case 'not':
      return effortOf(node.operand)
    default:
      return node.leaf?.effort ?? 0
  }
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

/** A node's truth turned round, for a node that folded. */
export const negatedConstant = (constant: Truth | undefined): Truth | undefined =>
  constant === undefined ? undefined : notKleene(constant)
