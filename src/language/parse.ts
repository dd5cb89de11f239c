import type { SyntaxNode, Tree } from '@lezer/common'
import type { Expression, Query } from './ast'
import type { Diagnostic } from './diagnostics'
import { findForbidden, type Forbidden } from './forbidden'
import { findMoreProblems } from './more-problems'
import { describe, serverError } from './problem'
import { readQuery } from './read-query'
import type { Reading } from './read-tree'
import { describeServerSyntax } from './server-syntax'
import { serverText } from './server-text'
import type { Top } from './strict-parse'
import { adviseOnSyntax } from './syntax-advice'
import { describeTooDeep, readExpression } from './read-expression'
import { findTooDeep, findTrouble, isTree, type SyntaxTrouble } from './syntax-trouble'
import { scanTokens } from './tokens'

/**
 * Reads a query. It is there only if the text has no error, so the other rooms never
 * meet half of one. Diagnostics come in the order in which Elasticsearch would stumble
 * over them: it reports the first (language.md 1, 2, 5.1, 8.6).
 */
export function parseQuery(text: string): {
  query?: Query
  diagnostics: readonly Diagnostic[]
} {
  if (!text) return { diagnostics: [describeEmpty()] }
  const { value, diagnostics } = parseText(text, 'Query', readQuery)
  return value ? { query: value, diagnostics } : { diagnostics }
}

/** Reads a lone expression, such as a constant one. */
export function parseExpression(text: string): {
  expression?: Expression
  diagnostics: readonly Diagnostic[]
} {
  const { value, diagnostics } = parseText(text, 'Expression', (reading, node) =>
    readExpression(reading, node.firstChild!),
  )
  return value ? { expression: value, diagnostics } : { diagnostics }
}

function parseText<Value>(
  text: string,
  top: Top,
  read: (reading: Reading, node: SyntaxNode) => Value,
): { value?: Value; diagnostics: readonly Diagnostic[] } {
  const tokens = scanTokens(text)
  const tooDeep = findTooDeep(tokens)
  if (tooDeep) return { diagnostics: [describeTooDeep(text, tooDeep)] }
  const forbidden = findForbidden(text, tokens)
  const result = findTrouble(text, top, tokens)
  if (!isTree(result)) return { diagnostics: listSyntaxProblems(result, forbidden) }
  const { value, problems } = readTree(text, result, read)
  const diagnostics = [...forbidden.map(({ diagnostic }) => diagnostic), ...problems]
  return diagnostics.length ? { diagnostics } : { value, diagnostics }
}

function readTree<Value>(
  text: string,
  tree: Tree,
  read: (reading: Reading, node: SyntaxNode) => Value,
) {
  const reading: Reading = { text, problems: [] }
  const value = read(reading, tree.topNode)
  return { value, problems: reading.problems }
}

/**
 * What is forbidden is refused as soon as the server has read it, before it meets the
 * trouble; only a broken token right behind, which it has looked at by then, comes first.
 */
function listSyntaxProblems(
  trouble: SyntaxTrouble,
  forbidden: readonly Forbidden[],
): readonly Diagnostic[] {
  const isBroken = trouble.tokens[trouble.index]!.kind === 'error'
  const reached = trouble.index - (isBroken ? 1 : 0)
  const isBefore = ({ completedAt }: Forbidden) => completedAt < reached
  const listed = (wanted: boolean) =>
    forbidden
      .filter((one) => isBefore(one) === wanted)
      .map(({ diagnostic }) => diagnostic)
  return [
    ...listed(true),
    { ...adviseOnSyntax(trouble), elastic: describeServerSyntax(trouble) },
    ...listed(false),
    ...findMoreProblems(trouble),
  ]
}

const describeEmpty = (): Diagnostic => ({
  ...describe({ from: 0, to: 0 }, 'empty-query'),
  elastic: serverError(
    'action_request_validation_exception',
    '',
    0,
    serverText.emptyQuery,
  ),
})
