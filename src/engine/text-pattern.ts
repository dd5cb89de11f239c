import type { Match } from '../language/ast'
import { foldAscii, foldFull } from './case-fold'
import { compileJavaRegexp } from './regexp/java-regexp'
import { compileLuceneRegexp } from './regexp/lucene-regexp'
import { compileWildcards, someTest, type TextTest } from './wildcard-list'

/** Fields fold ASCII and use Lucene's regexps, scripts do both as Java does. */
export type PatternPlace = 'field' | 'script'

/**
 * A matcher for the patterns right of `:`, `like` or `regex` (language.md 3.8, 3.9): some
 * pattern must match. `:` folds the text once for all its patterns.
 * @throws EvaluationFailure for a malformed regular expression.
 */
export function compilePatterns(
  op: Match['op'],
  patterns: readonly string[],
  place: PatternPlace,
): TextTest {
  if (op === 'regex' || op === 'regex~') {
    if (op === 'regex~' && place === 'script' && areOneText(patterns))
      return equalsFolded(patterns[0])
    const compile = place === 'field' ? compileLuceneRegexp : compileJavaRegexp
    return someTest(patterns.map((pattern) => compile(pattern, op === 'regex~')))
  }
  if (op === 'like') return later(() => compileWildcards(patterns))
  const fold = place === 'field' ? foldAscii : foldFull
  const matches = later(() => compileWildcards(patterns.map(fold)))
  return (text) => matches(fold(text))
}

/** An expression without any operator is turned into equality (language.md 3.9). */
const areOneText = (patterns: readonly string[]): patterns is readonly [string] =>
  patterns.length === 1 && !/[.?+*|(){}[\]"\\~<>&@#^$]/.test(patterns[0] ?? '')

/** Which folds all letters, where an expression folds those of ASCII. */
function equalsFolded(wanted: string): TextTest {
  const folded = foldFull(wanted)
  return (text) => foldFull(text) === folded
}

/** The same for `:` on a field, the texts being folded already; undefined for others. */
export const compileFoldedPatterns = (
  op: Match['op'],
  patterns: readonly string[],
): TextTest | undefined =>
  op === ':' || op === 'like~'
    ? later(() => compileWildcards(patterns.map(foldAscii)))
    : undefined

/** Many a rule is settled before its patterns are asked. */
function later(compile: () => TextTest): TextTest {
  let test: TextTest | undefined
  return (text) => (test ??= compile())(text)
}
