import type { EvaluationContext } from '../engine/context'
import type { Evidence, Truth } from '../engine/evidence'
import { joinConstants, notKleene } from '../engine/kleene'
import type { Row } from '../events/row-set'
import type { EventQuery } from '../language/ast'
import { findConnectiveTraps } from './traps-connective'
import { findLeafTraps } from './traps-leaf'
import { askLeaf, findLeaf, type AskedLeaf } from './truth-tree-leaf'
import type { TruthNode } from './truth-tree-node'
import { explainConstantNull, explainNull, type NullReason } from './truth-tree-null'
import { showValues } from './truth-tree-values'

/** The condition that evidence is of: its part of the query, and what it is bound to. */
export interface TreeSource {
  readonly query: EventQuery
  /** The text of the whole query, which spans point into. */
  readonly text: string
  readonly context: EvaluationContext
}

/**
 * Evidence of a condition on one event as a tree to be shown: truths, values and array
 * elements as the engine had them, null explained, traps named. The category stands
 * beside the terms of a top-level `and`. `row` is the event the evidence is of.
 */
export function readTruthTree(
  source: TreeSource,
  evidence: Evidence,
  row: Row,
): TruthNode {
  const [category, clause] = evidence.children
  // `category where a and b` is one conjunction to whoever reads it.
  const isJoined = category?.kind === 'category' && clause?.kind === 'and'
  return readNode(
    source,
    isJoined ? { ...evidence, children: [category, ...clause.children] } : evidence,
    row,
  )
}

function readNode(source: TreeSource, evidence: Evidence, row: Row): TruthNode {
  return evidence.kind === 'leaf' || evidence.kind === 'category'
    ? readLeaf(source, evidence, evidence.kind, row)
    : readConnective(source, evidence, evidence.kind, row)
}

function readConnective(
  source: TreeSource,
  { from, to, truth, children: inner }: Evidence,
  kind: 'and' | 'or' | 'not',
  row: Row,
): TruthNode {
  const children = inner.map((child) => readNode(source, child, row))
  const node: TruthNode = {
    kind,
    truth,
    isConstant: foldTruths(kind, children) !== undefined,
    from,
    to,
    text: source.text.slice(from, to),
    values: [],
    ...(truth === null && { whyNull: { code: 'operand' } }),
    traps: [],
    children,
    hidden: 0,
  }
  return {
    ...node,
    traps: findConnectiveTraps(node, (leaf) => passing(source, leaf, row)),
  }
}

/** The values of an event that a leaf over one field is true of. */
function passing({ query, context }: TreeSource, leaf: TruthNode, row: Row) {
  const found = findLeaf(query, leaf, 'leaf', context)
  return (found && askLeaf(found.asked, context, row)?.values) ?? []
}

/** What a connective comes to before any event is looked at (language.md 3.5). */
function foldTruths(
  kind: 'and' | 'or' | 'not',
  children: readonly TruthNode[],
): Truth | undefined {
  const constants = children.map(({ isConstant, truth }) =>
    isConstant ? truth : undefined,
  )
  if (kind !== 'not') return joinConstants(kind, constants)
  const [only] = constants
  return only === undefined ? undefined : notKleene(only)
}

function readLeaf(
  source: TreeSource,
  { from, to, truth, values: found }: Evidence,
  kind: 'leaf' | 'category',
  row: Row,
): TruthNode {
  const { query, text, context } = source
  const leaf = findLeaf(query, { from, to }, kind, context)
  const values = showValues(found ?? [], context, row)
  const node = {
    kind,
    truth,
    isConstant: leaf?.isConstant ?? false,
    from,
    to,
    text: text.slice(from, to),
    values,
    traps: leaf ? findLeafTraps(leaf, { truth, values, text }, context, row) : [],
    children: [],
    hidden: 0,
  }
  if (truth !== null || !leaf) return node
  return { ...node, whyNull: whyNull(leaf, found === undefined, source, row) }
}

/** Neither constants nor leaves that fail have values. */
function whyNull(
  { isConstant, written, asked }: AskedLeaf,
  isWithoutValues: boolean,
  { text, context }: TreeSource,
  row: Row,
): NullReason {
  if (isConstant) return explainConstantNull(written, context)
  if (isWithoutValues) return { code: 'failed' }
  return explainNull(asked, text, context, row)
}
