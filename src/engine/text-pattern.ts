import type { Match } from '../language/ast'
import { foldAscii, foldFull } from './case-fold'
import { compileJavaRegexp } from './regexp/java-regexp'
import { compileLuceneRegexp } from './regexp/lucene-regexp'
import { compileFoldedWildcard, compileWildcard, isWildcard } from './wildcard'

/** Fields fold ASCII and use Lucene's regexps, scripts do both as Java does. */
export type PatternPlace = 'field' | 'script'

export type TextTest = (text: string) => boolean

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
    const compile = place === 'field' ? compileLuceneRegexp : compileJavaRegexp
    return someTest(patterns.map((pattern) => compile(pattern, op === 'regex~')))
  }
  if (op === 'like') return compileWildcards(patterns)
  if (place === 'field') return compileFolded(patterns.map(foldAscii))
  const matches = compileWildcards(patterns.map(foldFull))
  return (text) => matches(foldFull(text))
}

/** Texts without wildcards are looked up all at once. */
function compileWildcards(patterns: readonly string[]): TextTest {
  const texts = new Set(patterns.filter((pattern) => !isWildcard(pattern)))
  const wildcards = patterns.filter(isWildcard).map(compileWildcard)
  return texts.size === 0
    ? someTest(wildcards)
    : someTest([(text) => texts.has(text), ...wildcards])
}

/** In any ASCII case; texts of other lengths than those sought need no folding. */
function compileFolded(patterns: readonly string[]): TextTest {
  const texts = new Set(patterns.filter((pattern) => !isWildcard(pattern)))
  const wildcards = patterns.filter(isWildcard).map(compileFoldedWildcard)
  const lengths = new Set(Array.from(texts, ({ length }) => length))
  return texts.size === 0
    ? someTest(wildcards)
    : someTest([
        (text) => lengths.has(text.length) && texts.has(foldAscii(text)),
        ...wildcards,
      ])
}

/** Passes what one of the tests passes. */
export function someTest<T>(
  tests: readonly ((value: T) => boolean)[],
): (value: T) => boolean {
  const [only, other] = tests
  if (only && tests.length === 1) return only
  if (only && other && tests.length === 2) return (value) => only(value) || other(value)
  return (value) => {
    for (const test of tests) if (test(value)) return true
    return false
  }
}
