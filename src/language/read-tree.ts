import type { SyntaxNode } from '@lezer/common'
import type { Span } from './ast'
import type { Diagnostic } from './diagnostics'

/**
 * What the reading functions share: the text, and the problems in reading order. The
 * trees they read have no error nodes and no comments.
 */
export interface Reading {
  readonly text: string
  readonly problems: Diagnostic[]
}

/** So that a text that is no EQL at all neither drowns in complaints nor takes long. */
const MAX_PROBLEMS = 100

/** Notes a problem, which is worked out only while there is room for it. */
export function note({ problems }: Reading, describe: () => Diagnostic): void {
  if (problems.length < MAX_PROBLEMS) problems.push(describe())
}

export function partsOf(node: SyntaxNode): SyntaxNode[] {
  const parts: SyntaxNode[] = []
  for (let child = node.firstChild; child; child = child.nextSibling) parts.push(child)
  return parts
}

export const textOf = (text: string, span: Span): string => text.slice(span.from, span.to)

export const spanOf = ({ from, to }: Span): Span => ({ from, to })
