import { isRecord, type JsonRecord } from './record'

/** The delimiters of a TOML string. */
export type StringStyle = "'" | '"' | "'''" | '"""'

/**
 * A text as a TOML string, in the wanted style if it can be written so, else in the one
 * nearest to it. Long styles begin on a new line unless told otherwise.
 */
export function printString(value: string, wanted?: StringStyle, breaks = true): string {
  const style = fitStyle(value, wanted ?? preferredStyle(value))
  const start = style.length === 3 && breaks ? '\n' : ''
  const first = start === '' && value.startsWith('\n') && style.length === 3 ? '\n' : ''
  return `${style}${start}${first}${escapeFor(style, value)}${style}`
}

/** A value on one line: arrays and inline tables too. */
export function printInline(value: unknown): string {
  if (typeof value === 'string') return printString(value, '"')
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return `[${value.map(printInline).join(', ')}]`
  if (!isRecord(value)) return String(value)
  const pairs = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .map(([key, item]) => `${printKey(key)} = ${printInline(item)}`)
  return pairs.length > 0 ? `{ ${pairs.join(', ')} }` : '{}'
}

/** A value behind its key, as a person would lay it out: long lists get lines. */
export function printValue(value: unknown, key = ''): string {
  if (typeof value === 'string') {
    return printString(value, key === 'query' ? "'''" : undefined)
  }
  const line = printInline(value)
  if (!Array.isArray(value) || value.length < 2 || line.length <= LINE) return line
  return `[\n${value.map((item) => `  ${printInline(item)},\n`).join('')}]`
}
const LINE = 100

export const printKey = (key: string): string =>
  /^[A-Za-z0-9_-]+$/.test(key) ? key : printString(key, '"')

/**
 * A table with its header, then the tables below it. Lists of objects become arrays of
 * tables. Keys keep their order, plain ones first, as TOML wants it.
 */
export function printTable(
  path: readonly string[],
  record: JsonRecord,
  inArray = false,
): string {
  const entries = Object.entries(record).filter(([, value]) => value !== undefined)
  const plain = entries.filter(([, value]) => !isTables(value) && !isRecord(value))
  const name = path.map(printKey).join('.')
  const header = inArray ? `[[${name}]]\n` : `[${name}]\n`
  const isNeeded = inArray || plain.length > 0 || entries.length === 0
  const lines = plain.map(
    ([key, value]) => `${printKey(key)} = ${printValue(value, key)}\n`,
  )
  const own = isNeeded && path.length > 0 ? header + lines.join('') : lines.join('')
  const below = entries.flatMap(([key, value]) => {
    if (isTables(value))
      return value.map((item) => printTable([...path, key], item, true))
    return isRecord(value) ? [printTable([...path, key], value)] : []
  })
  return [own, ...below].filter(Boolean).join('\n')
}

/** Whether a value is written as an array of tables. */
export const isTables = (value: unknown): value is readonly JsonRecord[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((item) => isRecord(item) && !(item instanceof Date))

function preferredStyle(value: string): StringStyle {
  if (value.includes('\n')) return value.includes('\\') ? "'''" : '"""'
  return '"'
}

function fitStyle(value: string, wanted: StringStyle): StringStyle {
  if (wanted === "'") return /['\p{Cc}]/u.test(value.replaceAll('\t', '')) ? '"' : wanted
  if (wanted !== "'''") return wanted
  const isPlain = !/\p{Cc}/u.test(value.replaceAll(/[\t\n]/g, ''))
  return isPlain && !value.includes("'''") && !value.endsWith("'") ? wanted : '"""'
}

function escapeFor(style: StringStyle, value: string): string {
  if (style.startsWith("'")) return value
  if (style === '"') return escapeBasic(value)
  const lines = value.split('\n').map((line) => escapeBasic(line, false))
  // A quote is only in the way where it could be taken for the end.
  return lines.join('\n').replace(/"(?="")|"$/g, '\\"')
}

const escapeBasic = (value: string, quotes = true): string =>
  value.replace(quotes ? /["\\\p{Cc}]/gu : /[\\\p{Cc}]/gu, (character) => {
    const named = NAMED[character]
    const hex = character.charCodeAt(0).toString(16).padStart(4, '0')
    return named ?? `\\u${hex}`
  })

const NAMED: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\t': '\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  '"': '\\"',
  '\\': '\\\\',
}
