import type { Diagnostic } from './diagnostics'
import { describe, serverError } from './problem'
import { serverText } from './server-text'
import type { Token } from './tokens'

/** A construct the grammar knows only to refuse it (language.md 1.4, 2.1). */
export interface Forbidden {
  readonly diagnostic: Diagnostic
  /** Index of the token that completes it: the server refuses it there and then. */
  readonly completedAt: number
}

/** Array indexes and process relationships, in the order of their completion. */
export function findForbidden(
  text: string,
  tokens: readonly Token[],
): readonly Forbidden[] {
  if (!tokens.some((token, i) => isForbidden(token, tokens[i + 1]))) return []
  const closers = matchBrackets(tokens)
  return tokens
    .flatMap((token, i) => {
      const next = tokens[i + 1]
      if (!next || !isForbidden(token, next)) return []
      const isIndex = token.kind === '['
      const completedAt = closers.get(isIndex ? i : i + 2) ?? Infinity
      return [{ token, next, isIndex, completedAt }]
    })
    .sort((a, b) => a.completedAt - b.completedAt || 0)
    .slice(0, MAX_FORBIDDEN)
    .map(({ token, next, isIndex, completedAt }) => ({
      completedAt,
      diagnostic: isIndex
        ? describeIndex(text, token, next, tokens[completedAt] ?? next)
        : describeRelation(text, token, next),
    }))
}

const MAX_FORBIDDEN = 20

const isForbidden = ({ kind }: Token, next: Token | undefined): boolean =>
  (kind === '[' && next?.kind === 'INTEGER_VALUE') ||
  (kind === 'IDENTIFIER' && next?.kind === 'of')

const describeIndex = (text: string, opener: Token, index: Token, end: Token) => ({
  ...describe({ from: opener.from, to: end.to }, 'array-index'),
  elastic: serverError('parsing_exception', text, index.from, serverText.arrayIndex),
})

const describeRelation = (text: string, relation: Token, of: Token) => ({
  ...describe({ from: relation.from, to: of.to }, 'process-relation', relation.text),
  elastic: serverError(
    'parsing_exception',
    text,
    relation.from,
    serverText.processRelation,
  ),
})

/** For each index of a `[` or `![`, the index of the `]` that closes it. */
export function matchBrackets(tokens: readonly Token[]): ReadonlyMap<number, number> {
  const closers = new Map<number, number>()
  const open: number[] = []
  for (const [i, { kind }] of tokens.entries()) {
    if (kind === '[' || kind === '![') open.push(i)
    const opener = kind === ']' ? open.pop() : undefined
    if (opener !== undefined) closers.set(opener, i)
  }
  return closers
}
