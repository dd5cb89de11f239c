import type { Scalar } from './column'

/** A point in time: epoch milliseconds, and 0 … 999,999 nanoseconds within them. */
export interface Instant {
  readonly ms: number
  readonly nanos: number
}

/** How much of a date text was given; what comes after it counts from its beginning. */
export type TimePrecision =
  'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'fraction'

/** Epoch milliseconds of the years -9999 to 9999: whatever lies outside is no timestamp. */
const EARLIEST = -377_705_116_800_000
const LATEST = 253_402_300_799_999

const DAY = 86_400_000
const NUMERIC = /^(-?\d{1,15})(?:\.(\d{1,9}))?$/

/**
 * Reads timestamps in any spelling that Elasticsearch takes by default: ISO 8601 with
 * 0 to 9 fraction digits (no zone means UTC; a space may stand for `T`), a date alone,
 * epoch milliseconds as number or as text, with a fraction too. Undefined when it is
 * none of these or lies beyond the years -9999 to 9999 (language.md A, C).
 */
export function readTime(value: Scalar): Instant | undefined {
  if (typeof value === 'number') return instantOfNumber(value)
  if (typeof value !== 'string') return undefined
  return readIsoTime(value) ?? readEpochMs(value)
}

/** Reads an ISO 8601 text, and says how precise it was. */
export function readIsoTime(
  text: string,
): (Instant & { readonly precision: TimePrecision }) | undefined {
  if (!reader.read(text)) return undefined
  return { ms: reader.ms, nanos: reader.nanos, precision: reader.precision }
}

/** Reads `1516116808349` or `1516116808349.123456` (milliseconds since the epoch). */
export function readEpochMs(text: string): Instant | undefined {
  const parts = NUMERIC.exec(text)
  if (!parts) return undefined
  const fraction = Number((parts[2] ?? '').padEnd(6, '0').slice(0, 6))
  const whole = Number(parts[1])
  if (!text.startsWith('-') || fraction === 0) return instant(whole, fraction)
  return instant(whole - 1, 1_000_000 - fraction)
}

function instantOfNumber(value: number): Instant | undefined {
  const ms = Math.floor(value)
  const nanos = Math.round((value - ms) * 1e6)
  return nanos === 1e6 ? instant(ms + 1, 0) : instant(ms, nanos)
}

function instant(ms: number, nanos: number): Instant | undefined {
  return ms >= EARLIEST && ms <= LATEST ? { ms: ms + 0, nanos } : undefined
}

/**
 * Prints `2024-05-06T07:08:09.123Z`; nanoseconds follow with their trailing zeros
 * left off, as Elasticsearch prints `date_nanos`.
 */
export function printTime(ms: number, nanos = 0): string {
  const iso = new Date(ms).toISOString()
  if (nanos === 0) return iso
  return `${iso.slice(0, -1)}${nanosText(nanos).replace(/0+$/, '')}Z`
}

/** Prints with exactly so many digits (0 to 9) of the second's fraction. */
export function printTimeWith(fractionDigits: number, ms: number, nanos: number): string {
  const iso = new Date(ms).toISOString()
  if (fractionDigits === 3) return iso
  if (fractionDigits === 0) return `${iso.slice(0, -5)}Z`
  const fraction = iso.slice(-4, -1) + nanosText(nanos)
  return `${iso.slice(0, -4)}${fraction.slice(0, fractionDigits)}Z`
}

const nanosText = (nanos: number) => String(nanos).padStart(6, '0')

/**
 * Reads ISO texts without making an object each: the answer lies in its fields until
 * the next `read`.
 */
export class TimeReader {
  ms = 0
  nanos = 0
  precision: TimePrecision = 'year'
  /** Digits of the second's fraction, 0 to 9. */
  fractionDigits = 0
  /** Spelled `YYYY-MM-DDTHH:MM:SS[.f]Z`, so that time and digits give the text back. */
  isCanonical = false
  private text = ''
  private at = 0

  /** False when the text is no ISO date or date-time. */
  read(text: string): boolean {
    this.text = text
    this.at = 0
    this.nanos = 0
    this.fractionDigits = 0
    this.isCanonical = false
    const days = this.readDate()
    if (Number.isNaN(days)) return false
    const isDateOnly = this.at === text.length
    if (!isDateOnly && this.precision !== 'day') return false
    const ofDay = isDateOnly ? 0 : this.readTimeOfDay()
    this.ms = days * DAY + ofDay
    return !Number.isNaN(ofDay) && this.at === text.length
  }

  /** Days since the epoch, NaN when there is no valid date. */
  private readDate(): number {
    const year = this.digits(4)
    let month = 1
    let day = 1
    this.precision = 'year'
    if (this.take(DASH)) {
      month = this.digits(2)
      this.precision = 'month'
      if (this.take(DASH)) {
        day = this.digits(2)
        this.precision = 'day'
      }
    }
    return daysOf(year, month, day)
  }

  /** Milliseconds of the day, less the zone's offset; NaN when malformed. */
  private readTimeOfDay(): number {
    const separator = this.text.charCodeAt(this.at++)
    const isUpperT = separator === 0x54
    if (!isUpperT && separator !== 0x74 && separator !== 0x20) return NaN
    if (this.at === this.text.length) return isUpperT ? 0 : NaN
    const time = this.readClock()
    const start = this.at
    const offset = this.readZone()
    const isZulu = this.text.charCodeAt(start) === 0x5a
    const toSecond = this.precision === 'second' || this.precision === 'fraction'
    const dotted = this.fractionDigits === 0 || this.text.charCodeAt(19) === DOT
    this.isCanonical = isUpperT && isZulu && toSecond && dotted
    return time - offset
  }

  private readClock(): number {
    const hour = this.digits(2)
    let minute = 0
    let second = 0
    this.precision = 'hour'
    if (this.take(COLON)) {
      minute = this.digits(2)
      this.precision = 'minute'
      if (this.take(COLON)) {
        second = this.digits(2)
        this.precision = 'second'
      }
    }
    if (!(hour < 24 && minute < 60 && second < 60)) return NaN
    const ms = hour * 3_600_000 + minute * 60_000 + second * 1000
    if (this.precision !== 'second') return ms
    return this.take(DOT) || this.take(COMMA) ? ms + this.readFraction() : ms
  }

  /** Sets the nanoseconds; gives the milliseconds. NaN unless 1 to 9 digits follow. */
  private readFraction(): number {
    let value = 0
    let digits = 0
    for (; digits < 10; digits++) {
      const digit = this.text.charCodeAt(this.at + digits) - 48
      if (!(digit >= 0 && digit <= 9)) break
      value = value * 10 + digit
    }
    if (digits === 0 || digits > 9) return NaN
    this.at += digits
    const nanos = value * TEN_TO[9 - digits]!
    this.precision = 'fraction'
    this.fractionDigits = digits
    const ms = Math.floor(nanos / 1e6)
    this.nanos = nanos - ms * 1e6
    return ms
  }

  /** Milliseconds east of UTC, 0 when no zone is given; NaN when malformed. */
  private readZone(): number {
    if (this.at === this.text.length || this.take(0x5a) || this.take(0x7a)) return 0
    const isWest = this.take(DASH)
    if (!isWest && !this.take(0x2b)) return NaN
    const hours = this.digits(2)
    const colon = this.take(COLON)
    const minutes = colon || this.at < this.text.length ? this.digits(2) : 0
    if (!(hours <= 18 && minutes < 60)) return NaN
    return (isWest ? -1 : 1) * (hours * 60 + minutes) * 60_000
  }

  /** Exactly so many digits as a number, else NaN. */
  private digits(count: number): number {
    let value = 0
    for (const end = this.at + count; this.at < end; this.at++) {
      const digit = this.text.charCodeAt(this.at) - 48
      if (!(digit >= 0 && digit <= 9)) return NaN
      value = value * 10 + digit
    }
    return value
  }

  private take(code: number): boolean {
    if (this.text.charCodeAt(this.at) !== code) return false
    this.at++
    return true
  }
}

const DASH = 0x2d
const COLON = 0x3a
const DOT = 0x2e
const COMMA = 0x2c
const TEN_TO = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9]
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

const reader = new TimeReader()

/**
 * Days from 1970-01-01 to a date of the proleptic Gregorian calendar, NaN when there
 * is no such date. Years are counted from March, so that leap days come last.
 */
export function daysOf(year: number, month: number, day: number): number {
  if (!(month >= 1 && month <= 12 && day >= 1)) return NaN
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  if (day > MONTH_DAYS[month - 1]! + (month === 2 && isLeap ? 1 : 0)) return NaN
  const fromMarch = (month + 9) % 12
  const marchYear = month < 3 ? year - 1 : year
  const leaps =
    Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400)
  return (
    marchYear * 365 + leaps + Math.floor((153 * fromMarch + 2) / 5) + day - 1 - 719_468
  )
}
