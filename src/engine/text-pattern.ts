import type { Match } from '../language/ast'
import { foldAscii, foldFull } from './case-fold'
import { compileJavaRegexp } from './regexp/java-regexp'
import { compileLuceneRegexp } from './regexp/lucene-regexp'
import { compileWildcard } from './wildcard'

/** Fields fold ASCII and use Lucene's regexps, scripts do both as Java does. */
export type PatternPlace = 'field' | 'script'

/**
 * A matcher for one pattern right of `:`, `like` or `regex` (language.md 3.8, 3.9).
 * @throws EvaluationFailure for a malformed regular expression.
 */
export function compilePattern(
  op: Match['op'],
  pattern: string,
  place: PatternPlace,
): (text: string) => boolean {
  if (op === 'regex' || op === 'regex~') {
    const compile = place === 'field' ? compileLuceneRegexp : compileJavaRegexp
    return compile(pattern, op === 'regex~')
  }
  if (op === 'like') return compileWildcard(pattern)
  const fold = place === 'field' ? foldAscii : foldFull
  const matches = compileWildcard(fold(pattern))
  return (text) => matches(fold(text))
}
