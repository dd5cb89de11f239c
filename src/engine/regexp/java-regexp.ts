import { badRegexp, EvaluationFailure } from '../failure'
import { Backtracker } from './backtracker'
import type { JavaRegexp } from './java-node'
import { compileProgram, type WholeProgram } from './java-program'
import { compileLuceneRegexp } from './lucene-regexp'
import { JavaRegexpParser } from './parse-java'
import { isPlainText, toLucene } from './plain-regexp'
import { RegexpTooComplex } from './term'

/**
 * A matcher for a regular expression on a function result, where Java's `Pattern.matches`
 * decides (language.md 3.9): `^ $ \d`, look-around and a leading `(?i)` work. It must
 * cover the whole text; `.` stops at line ends.
 * @throws EvaluationFailure when the pattern is malformed or far too complex, and as it
 * matches, when a text takes more steps than can be waited for.
 */
export function compileJavaRegexp(
  pattern: string,
  ignoreCase: boolean,
): (text: string) => boolean {
  const [, inline = '', body = ''] = /^(?:\(\?([is]+)\))?(.*)$/s.exec(pattern) ?? []
  const flags = [...new Set(Array.from(ignoreCase ? `i${inline}` : inline))].join('')
  const test = compileStepping(pattern, body, flags)
  const lucene = toLucene(body)
  if (lucene === undefined) return test
  const linear = unlessTooComplex(() => compileLuceneRegexp(lucene, flags.includes('i')))
  return (text) => {
    if (!linear || !isPlainText(text)) return test(text)
    return unlessTooComplex(() => linear(text)) ?? test(text)
  }
}

/** The way that takes everything, step by step. */
function compileStepping(
  pattern: string,
  body: string,
  flags: string,
): (text: string) => boolean {
  const known = flagsToRead(body, flags)
  const read = (): JavaRegexp | undefined =>
    known === undefined ? undefined : new JavaRegexpParser(body, known).parse()
  const regexp = orTooComplex(pattern, 'too-complex', read)
  if (known === undefined || !regexp) throw badRegexp(pattern, 'not-understood')
  let program: WholeProgram | undefined
  const compile = (): WholeProgram =>
    orTooComplex(pattern, 'too-complex', () => compileProgram(regexp))
  return (text) => {
    const backtracker = new Backtracker((program ??= compile()), text, known)
    return orTooComplex(pattern, 'too-slow', () => backtracker.covers())
  }
}

function orTooComplex<T>(
  pattern: string,
  problem: 'too-complex' | 'too-slow',
  work: () => T,
): T {
  try {
    return work()
  } catch (error) {
    const isTooDeep = error instanceof RangeError
    if (error instanceof RegexpTooComplex || isTooDeep) throw badRegexp(pattern, problem)
    throw error
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

/**
 * The flags with which JavaScript takes it too; undefined where it does not, or would take
 * it for something else. With `u` a needless escape is an error, without it code points
 * are halved: so both.
 */
function flagsToRead(body: string, flags: string): string | undefined {
  if (classOfBoth.test(body)) return undefined
  if (isRegexp(body, `${flags}u`)) return `${flags}u`
  return !javaEscape.test(body) && isRegexp(body, flags) ? flags : undefined
}

function isRegexp(body: string, flags: string): boolean {
  try {
    new RegExp(`^(?:${body})$`, flags)
    return true
  } catch {
    return false
  }
}
