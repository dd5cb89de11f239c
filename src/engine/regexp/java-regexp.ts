import { badRegexp, EvaluationFailure } from '../failure'
import { compileLuceneRegexp } from './lucene-regexp'
import { isPlainText, toLucene } from './plain-regexp'

/**
 * A matcher for a regular expression on a function result, where Java's `Pattern.matches`
 * decides (language.md 3.9): `^ $ \d`, look-around and a leading `(?i)` work. It must
 * cover the whole text; `.` stops at line ends.
 * @throws EvaluationFailure when the pattern is malformed.
 */
export function compileJavaRegexp(
  pattern: string,
  ignoreCase: boolean,
): (text: string) => boolean {
  const [, inline = '', body = ''] = /^(?:\(\?([is]+)\))?(.*)$/s.exec(pattern) ?? []
  const flags = new Set(Array.from(ignoreCase ? `i${inline}` : inline))
  const regexp = classOfBoth.test(body)
    ? undefined
    : (readRegexp(body, [...flags, 'u'].join('')) ??
      (javaEscape.test(body) ? undefined : readRegexp(body, [...flags].join(''))))
  if (!regexp) throw badRegexp(pattern, 'not-understood')
  const test = (text: string): boolean => regexp.test(text)
  const lucene = toLucene(body)
  if (lucene === undefined) return test
  const linear = unlessTooComplex(() => compileLuceneRegexp(lucene, flags.has('i')))
  return (text) => {
    if (!linear || !isPlainText(text)) return test(text)
    return unlessTooComplex(() => linear(text)) ?? test(text)
  }
}

/** Undefined where the linear way needs more states than is reasonable. */
function unlessTooComplex<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    if (error instanceof EvaluationFailure) return undefined
    throw error
  }
}

/** `[a-z&&[^b]]`, which is another class to JavaScript. */
const classOfBoth = /(?<!\\)\[(?:\\.|[^\]\\])*&&/s
/** `\A`, `\Q`, `\p{Alnum}` and their like: JavaScript would take them for letters. */
const javaEscape = /(?<!\\)(?:\\\\)*\\(?![bBdDfknrsStuwWx])[a-zA-Z]/

/** With `u` a needless escape is an error, without it code points are halved: so both. */
function readRegexp(body: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(`^(?:${body})$`, flags)
  } catch {
    return undefined
  }
}
