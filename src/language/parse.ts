import type { Tree } from '@lezer/common'
import type { LRParser } from '@lezer/lr'
import type { Expression, Query } from './ast'
import type { Diagnostic } from './diagnostics'
import { parser } from './eql.grammar'
import { readExpression } from './read-expression'
import { readQuery } from './read-query'
import { describeSyntaxError } from './syntax-error'
import { partsOf, type Reading } from './read-tree'

const strictQuery = parser.configure({ strict: true })
const strictExpression = parser.configure({ strict: true, top: 'Expression' })

/**
 * Reads a query. The query is there only if the text has no error, so the other
 * rooms never meet half of one. Diagnostics come in the order in which Elasticsearch
 * would stumble over them: it reports the first (language.md 1, 2, 5.1, 8.6).
 */
export function parseQuery(text: string): {
  query?: Query
  diagnostics: readonly Diagnostic[]
} {
  const tree = parseStrictly(strictQuery, text)
  if (typeof tree === 'number') return { diagnostics: [describeSyntaxError(text, tree)] }
  const reading: Reading = { text, problems: [] }
  const query = readQuery(reading, tree.topNode)
  const diagnostics = reading.problems
  return diagnostics.length ? { diagnostics } : { query, diagnostics }
}

/** Reads a lone expression, such as a constant one. */
export function parseExpression(text: string): {
  expression?: Expression
  diagnostics: readonly Diagnostic[]
} {
  const tree = parseStrictly(strictExpression, text)
  if (typeof tree === 'number') return { diagnostics: [describeSyntaxError(text, tree)] }
  const reading: Reading = { text, problems: [] }
  const expression = readExpression(reading, partsOf(tree.topNode)[0]!)
  const diagnostics = reading.problems
  return diagnostics.length ? { diagnostics } : { expression, diagnostics }
}

/** The tree, or the offset at which the grammar cannot go on. */
function parseStrictly(strict: LRParser, text: string): Tree | number {
  try {
    return strict.parse(text)
  } catch (error) {
    const at = error instanceof SyntaxError && /^No parse at (\d+)$/.exec(error.message)
    if (at) return Number(at[1])
    throw error
  }
}
