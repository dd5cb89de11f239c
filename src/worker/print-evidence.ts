import type { Evidence } from '../engine/evidence'
import type { Row } from '../events/row-set'
import type { Scalar } from '../events/column'
import type { StepEvidence } from '../explain/explain'
import { printTrap } from '../explain/traps-wording'
import { readTruthTree } from '../explain/truth-tree'
import type { TruthNode } from '../explain/truth-tree-node'
import { printNullReason } from '../explain/truth-tree-wording'
import { stepsOf } from '../language/walk'
import type { BoundRule } from './rule-answer'

/** A node of a condition on one event as `--explain` tells it. */
export interface ExplainedNode {
  readonly text: string
  readonly truth: boolean | null
  readonly values?: Readonly<Record<string, Scalar>>
  /** Why it is null, in one sentence. */
  readonly why_null?: string
  /** What one trips over here, a sentence or two each. */
  readonly traps?: readonly string[]
  readonly children?: readonly ExplainedNode[]
}

export function explainNode(
  { query, context }: BoundRule,
  { step, evidence }: StepEvidence,
  culprit: Row,
): ExplainedNode {
  const source = { query: stepsOf(query)[step - 1]!.query, text: query.text, context }
  const told = new Map<string, TruthNode>()
  const tell = (node: TruthNode): void => {
    told.set(placeOf(node), node)
    node.children.forEach(tell)
  }
  tell(readTruthTree(source, evidence, culprit))
  return printNode(query.text, evidence, told)
}

/** No two nodes of a tree have both the same place and the same kind. */
const placeOf = ({ kind, from, to }: Evidence | TruthNode): string =>
  `${kind} ${from} ${to}`

function printNode(
  text: string,
  node: Evidence,
  told: ReadonlyMap<string, TruthNode>,
): ExplainedNode {
  const values = node.values?.map(({ field, value }) => [field, value ?? null] as const)
  const { whyNull, traps = [] } = told.get(placeOf(node)) ?? {}
  return {
    text: text.slice(node.from, node.to),
    truth: node.truth,
    ...(values && { values: Object.fromEntries(values) }),
    ...(whyNull && { why_null: printNullReason(whyNull) }),
    ...(traps.length > 0 && { traps: traps.map(printTrap) }),
    ...(node.children.length > 0 && {
      children: node.children.map((child) => printNode(text, child, told)),
    }),
  }
}
