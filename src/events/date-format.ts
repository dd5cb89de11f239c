import type { Scalar } from './column'
import {
  daysOf,
  type Instant,
  readEpochMs,
  readIsoTime,
  readTime,
  type TimePrecision,
} from './time'

/** A timestamp read by a format, and how precise its text was. */
export type FormattedTime = Instant & { readonly precision: TimePrecision }

type Read = (text: string) => FormattedTime | undefined

/** Reads a timestamp by a mapping's format; without one, in any usual spelling. */
export function readTimeAs(value: Scalar, format?: string): Instant | undefined {
  return format === undefined ? readTime(value) : parseWithFormat(value, format)
}

/**
 * Reads a value by the format of a date mapping: names such as `epoch_second` or
 * `strict_date_optional_time`, or patterns such as `yyyy/MM/dd HH:mm:ss`, the first of
 * those between `||` that fits. Numbers are read as their text, as the server does.
 * https://www.elastic.co/docs/reference/elasticsearch/mapping-reference/mapping-date-format
 */
export function parseWithFormat(
  value: Scalar,
  format: string,
): FormattedTime | undefined {
  if (value === null || typeof value === 'boolean') return undefined
  const text = String(value)
  for (const read of readersOf(format)) {
    const time = read(text)
    if (time) return time
  }
  return undefined
}

const compiled = new Map<string, readonly Read[]>()

function readersOf(format: string): readonly Read[] {
  let readers = compiled.get(format)
  if (!readers) {
    readers = format.split('||').map((one) => readerOf(one.trim()))
    compiled.set(format, readers)
  }
  return readers
}

function readerOf(format: string): Read {
  const name = format.replace(/^strict_/, '')
  if (name === 'epoch_millis') return withPrecision(readEpochMs)
  if (name === 'epoch_second') return withPrecision(readEpochSecond)
  if (ISO_NAMES.has(name)) return readIsoTime
  return compilePattern(PATTERNS[name] ?? format)
}

const withPrecision =
  (read: (text: string) => Instant | undefined): Read =>
  (text) => {
    const time = read(text)
    return time && { ...time, precision: 'fraction' }
  }

function readEpochSecond(text: string): Instant | undefined {
  const parts = /^(-?\d{1,12})(?:\.(\d{1,9}))?$/.exec(text)
  if (!parts) return undefined
  const fraction = (parts[2] ?? '').padEnd(9, '0')
  return readEpochMs(`${parts[1]}${fraction.slice(0, 3)}.${fraction.slice(3)}`)
}

/** Named formats that are ISO 8601 with parts left out; they are read leniently. */
const ISO_NAMES: ReadonlySet<string> = new Set([
  'date_optional_time',
  'date_optional_time_nanos',
  'iso8601',
  'date',
  'date_time',
  'date_time_no_millis',
  'date_hour',
  'date_hour_minute',
  'date_hour_minute_second',
  'date_hour_minute_second_fraction',
  'date_hour_minute_second_millis',
  'year',
  'year_month',
  'year_month_day',
])

const PATTERNS: Readonly<Record<string, string>> = {
  basic_date: 'yyyyMMdd',
  basic_date_time: "yyyyMMdd'T'HHmmss.SSSX",
  basic_date_time_no_millis: "yyyyMMdd'T'HHmmssX",
}

/** One letter run of a pattern: what it matches, and which part of the time it is. */
interface PatternPart {
  readonly source: string
  readonly part?: Part
}
type Part =
  'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'fraction' | 'zone' | 'half'

const LETTERS: Readonly<Record<string, Part>> = {
  y: 'year',
  u: 'year',
  M: 'month',
  d: 'day',
  H: 'hour',
  h: 'hour',
  m: 'minute',
  s: 'second',
  S: 'fraction',
  n: 'fraction',
  X: 'zone',
  x: 'zone',
  Z: 'zone',
  a: 'half',
}
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')

/** Compiles the letters of java.time patterns that occur in event data. */
function compilePattern(pattern: string): Read {
  const parts = [...pattern.matchAll(/'((?:[^']|'')*)'|([A-Za-z])\2*|[^]/g)].map(
    ([run, quoted, letter]) => patternPart(run, quoted, letter),
  )
  const names = parts.flatMap(({ part }) => part ?? [])
  const matcher = new RegExp(`^${parts.map(({ source }) => source).join('')}$`, 'i')
  return (text) => {
    const found = matcher.exec(text)
    return found ? assemble(names, found.slice(1)) : undefined
  }
}

function patternPart(
  run: string,
  quoted: string | undefined,
  letter: string | undefined,
): PatternPart {
  if (quoted !== undefined)
    return { source: escapeText(quoted.replaceAll("''", "'") || "'") }
  const part = letter === undefined ? undefined : LETTERS[letter]
  if (letter === undefined || part === undefined) return { source: escapeText(run) }
  if (part === 'zone') return { source: '(Z|[+-]\\d\\d(?::?\\d\\d)?)', part }
  if (part === 'half') return { source: '(am|pm)', part }
  if (part === 'month' && run.length >= 3) return { source: '([a-z]{3,9})', part }
  const digits =
    run.length === 1 ? '1,2' : part === 'year' && run.length === 3 ? 4 : run.length
  return { source: `(\\d{${digits}})`, part }
}

const escapeText = (text: string) => text.replace(/[^A-Za-z0-9]/g, '\\$&')

function assemble(
  names: readonly Part[],
  values: readonly string[],
): FormattedTime | undefined {
  const given = new Map(names.map((name, i) => [name, values[i]!]))
  const text = (name: Part, otherwise: string) => given.get(name) ?? otherwise
  const year = text('year', '1970')
  const days = daysOf(
    year.length === 2 ? 2000 + Number(year) : Number(year),
    monthOf(text('month', '1')),
    Number(text('day', '1')),
  )
  const half = given.get('half')?.toLowerCase()
  const hour = Number(text('hour', '0'))
  const hours = half === undefined ? hour : (hour % 12) + (half === 'pm' ? 12 : 0)
  const seconds =
    hours * 3600 + Number(text('minute', '0')) * 60 + Number(text('second', '0'))
  const nanosOfSecond = Number(text('fraction', '0').padEnd(9, '0'))
  const ms = Math.floor(nanosOfSecond / 1e6)
  const total = days * 86_400_000 + seconds * 1000 + ms - offsetOf(text('zone', 'Z'))
  if (Number.isNaN(total) || seconds >= 86_400) return undefined
  return { ms: total, nanos: nanosOfSecond - ms * 1e6, precision: precisionOf(given) }
}

const monthOf = (text: string) =>
  /^\d/.test(text) ? Number(text) : MONTHS.indexOf(text.slice(0, 3).toLowerCase()) + 1

/** Milliseconds east of UTC. */
function offsetOf(zone: string): number {
  if (/^z$/i.test(zone)) return 0
  const [hours = 0, minutes = 0] = zone.slice(1).match(/\d\d/g)!.map(Number)
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000
}

const FINEST_FIRST = [
  'fraction',
  'second',
  'minute',
  'hour',
  'day',
  'month',
] as const satisfies readonly TimePrecision[]

const precisionOf = (given: ReadonlyMap<Part, string>): TimePrecision =>
  FINEST_FIRST.find((part) => given.has(part)) ?? 'year'
