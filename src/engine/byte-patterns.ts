import type { TextPatterns } from '../events/column'
import { PATTERN_BYTES } from '../events/encoder-memory'
import { foldAscii } from './case-fold'

/** More of them, or longer ones, are not matched as bytes (assembly/patterns.ts). */
const MOST = 128
const MOST_UNITS = Math.floor(PATTERN_BYTES / 3)

const END = '\0'
const ANY_RUN = '\u0001'
const ANY_ONE = '\u0002'
const LAST = '\u0003'

/**
 * Wildcard patterns as they are matched against texts that lie as bytes; undefined where
 * only JavaScript can tell.
 */
export const printPatterns = (
  patterns: readonly string[],
  anyCase: boolean,
): TextPatterns | undefined =>
  printAll(patterns, anyCase, (literal) =>
    literal.replaceAll(/\*+/g, ANY_RUN).replaceAll('?', ANY_ONE),
  )

/** The same for whole texts, or for what stands at one end or anywhere in a text. */
export const printTexts = (
  texts: readonly string[],
  anyCase: boolean,
  { isBegin, isEnd }: { readonly isBegin: boolean; readonly isEnd: boolean } = whole,
): TextPatterns | undefined =>
  printAll(
    texts,
    anyCase,
    (literal) => (isBegin ? '' : ANY_RUN) + literal + (isEnd ? '' : ANY_RUN),
  )

const whole = { isBegin: true, isEnd: true }

function printAll(
  texts: readonly string[],
  anyCase: boolean,
  print: (literal: string) => string,
): TextPatterns | undefined {
  if (texts.length > MOST || texts.some(hasHalves)) return undefined
  const programs = texts.map((text) => print(inQuotes(text, anyCase)) + END)
  const program = programs.join('') + LAST
  return program.length > MOST_UNITS ? undefined : { program, anyCase }
}

/** What stands between the quotes of JSON. */
const inQuotes = (text: string, anyCase: boolean): string =>
  JSON.stringify(anyCase ? foldAscii(text) : text).slice(1, -1)

/** Half a surrogate pair could match half a character, which no byte is. */
const hasHalves = (text: string): boolean => /\p{Surrogate}/u.test(text)
