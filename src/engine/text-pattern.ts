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
  if (place === 'field') return compileFolded(pattern)
  const matches = compileWildcard(foldFull(pattern))
  return (text) => matches(foldFull(text))
}

/**
 * A wildcard pattern in any ASCII case. Folding copies the text, so what cannot match
 * is turned away before: texts too short, and those without the pattern's longest run.
 */
function compileFolded(pattern: string): (text: string) => boolean {
  const matches = compileWildcard(foldAscii(pattern))
  const runs = pattern.split(/[*?]+/)
  const longest = runs.reduce((a, b) => (b.length > a.length ? b : a), '')
  const sieve = new RegExp(longest.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&'), 'i')
  const least = pattern.replaceAll('*', '').length
  return (text) => text.length >= least && sieve.test(text) && matches(foldAscii(text))
}
