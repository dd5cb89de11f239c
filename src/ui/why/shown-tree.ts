import type { Span } from '../../language/ast'
import type { TruthNodeView } from '../../worker/why-api'

/** A node as the tree widget wants it: with a name of its own, that folding keeps. */
export interface ShownNode {
  readonly id: string
  readonly view: TruthNodeView
  readonly children?: readonly ShownNode[]
}

/** The whole tree, or the shortest reason alone. */
export function shownTree(view: TruthNodeView, all: boolean, id = '0'): ShownNode {
  const children = view.children.flatMap((child, at) =>
    all || child.decides ? [shownTree(child, all, `${id}.${at}`)] : [],
  )
  return { id, view, ...(children.length > 0 && { children }) }
}

export const branchesOf = (node: ShownNode): readonly string[] =>
  node.children ? [node.id, ...node.children.flatMap(branchesOf)] : []

/** How many clauses the whole tree ends in, or the shortest reason alone. */
export const clauseCount = (node: TruthNodeView, all: boolean): number =>
  node.children.length === 0
    ? 1
    : node.children
        .filter((child) => all || child.decides)
        .reduce((sum, child) => sum + clauseCount(child, all), 0)

/** The innermost node that holds a place of the text, by its id. */
export function nodeAtSpan(node: ShownNode, span: Span): string | undefined {
  const { from, to } = node.view
  if (span.to < from || to < span.from) return undefined
  for (const child of node.children ?? []) {
    const found = nodeAtSpan(child, span)
    if (found !== undefined) return found
  }
  return node.children ? undefined : node.id
}
