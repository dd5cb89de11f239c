import type { Literal } from './ast'
import { isKeyword } from './tokens'

/** A literal as it is written in a query. */
export function printLiteral({ type, value }: Pick<Literal, 'type' | 'value'>): string {
  if (typeof value === 'string') return printString(value)
  return type === 'double' ? printDouble(Number(value)) : String(value)
}

/** With a point or an exponent, which make it a double. */
function printDouble(value: number): string {
  const text = Object.is(value, -0) ? '-0' : String(value)
  return /[.e]/.test(text) ? text : `${text}.0`
}

/** Raw if that spares doubling backslashes, and the text allows it (language.md 1.7). */
function printString(value: string): string {
  const isRaw = value.includes('\\') && !/\p{Cc}|"""/u.test(value)
  return isRaw ? `"""${value}"""` : `"${escapeString(value)}"`
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  '"': '\\"',
  '\\': '\\\\',
}

const escapeString = (value: string): string =>
  value.replace(/["\\\p{Cc}]/gu, (character) => {
    const hex = character.charCodeAt(0).toString(16).padStart(2, '0')
    return ESCAPES[character] ?? `\\u{${hex}}`
  })

/** A field name, the parts that need it in backquotes (language.md 1.4). */
export const printName = (name: string): string =>
  name.split('.').map(printPart).join('.')

const printPart = (part: string): string =>
  isPlainWord(part) ? part : `\`${part.replaceAll('`', '``')}\``

/** A category: a word, or a string for what is none. */
export const printCategory = (name: string): string =>
  isPlainWord(name) ? name : printString(name)

const isPlainWord = (word: string): boolean =>
  /^[A-Za-z_@][A-Za-z0-9_]*$/.test(word) && !isKeyword(word)
