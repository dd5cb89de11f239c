import type { TruthNode } from './truth-tree-node'

/**
 * The shortest reason that suffices: whatever the parts left out came to on some event,
 * the root would be the same. Of a false `and` all parts that fail stay, as each is one
 * to look at; of a true `or` the first that holds.
 */
export function foldTree(node: TruthNode): TruthNode {
  const kept = decidingChildren(node)
  return {
    ...node,
    children: kept.map(foldTree),
    hidden: node.hidden + node.children.length - kept.length,
  }
}

/** Constants are preferred: with null about, it matters that a part is one. */
function decidingChildren({
  kind,
  truth,
  isConstant,
  children,
}: TruthNode): readonly TruthNode[] {
  if (kind === 'and' && truth !== true)
    return children.filter((child) =>
      isConstant ? child.isConstant && child.truth === truth : child.truth !== true,
    )
  if (kind !== 'or' || truth !== true) return children
  const holding = children.filter((child) => child.truth === true)
  return [holding.find((child) => child.isConstant) ?? shortest(holding)].filter(
    (child) => child !== undefined,
  )
}

const shortest = (nodes: readonly TruthNode[]): TruthNode | undefined =>
  nodes.reduce<TruthNode | undefined>(
    (best, node) => (best && leafCount(best) <= leafCount(node) ? best : node),
    undefined,
  )

const leafCount = (node: TruthNode): number =>
  node.children.length === 0
    ? 1
    : decidingChildren(node).reduce((sum, child) => sum + leafCount(child), 0)
