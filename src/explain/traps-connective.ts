import type { Value } from '../engine/field-values'
import type { Trap } from './traps-wording'
import type { TruthNode } from './truth-tree-node'
import { foldTree } from './truth-tree-fold'

/** Which of an event's values one leaf is true of. */
export type Passing = (leaf: TruthNode) => readonly Value[]

/** Traps of a `not` or an `and` that its parts alone do not show. */
export function findConnectiveTraps(node: TruthNode, passing: Passing): readonly Trap[] {
  if (node.kind === 'not') return findNotTraps(node)
  return node.kind === 'and' ? findRangeTraps(node, passing) : []
}

function findNotTraps({ truth, children }: TruthNode): readonly Trap[] {
  const [operand] = children
  if (!operand) return []
  const leaves = leavesOf(foldTree(operand))
  if (truth === null) {
    const fields = leaves.flatMap(({ whyNull }) =>
      whyNull?.code === 'unmapped' ? whyNull.fields : [],
    )
    return fields.length > 0 ? [{ code: 'not-unmapped', fields }] : []
  }
  const whys = leaves.flatMap(({ whyNull }) => whyNull ?? [])
  if (truth && leaves.every((leaf) => leaf.truth === null))
    return [{ code: 'not-null', whys }]
  return truth ? [] : leaves.filter((leaf) => leaf.truth === true).flatMap(oneOfMany)
}

const leavesOf = (node: TruthNode): readonly TruthNode[] =>
  node.children.length === 0 ? [node] : node.children.flatMap(leavesOf)

/** A leaf that one of several values made true. */
const oneOfMany = ({ values }: TruthNode): readonly Trap[] => {
  const [only] = values
  return only?.element && values.length === 1
    ? [{ code: 'one-of-many', field: only.field, value: only.value, of: only.element.of }]
    : []
}

/** `n > 1 and n < 5` is not a range over one value. */
function findRangeTraps({ children }: TruthNode, passing: Passing): readonly Trap[] {
  const bounds = new Map<string, TruthNode[]>()
  for (const leaf of children) {
    const [only] = leaf.values
    const isBound = leaf.kind === 'leaf' && leaf.truth === true && /[<>]/.test(leaf.text)
    if (isBound && only?.element)
      bounds.set(only.field, [...(bounds.get(only.field) ?? []), leaf])
  }
  return [...bounds].flatMap(([field, leaves]): Trap[] => {
    const [first = [], ...others] = leaves.map(passing)
    if (first.some((value) => others.every((some) => some.includes(value)))) return []
    return [
      {
        code: 'elements-differ',
        field,
        values: leaves.map(({ values: [only] }) => only?.value),
      },
    ]
  })
}
