import type { Scalar } from '../events/column'

/** A moment, and how much of it was written. */
export interface Instant {
  /** Epoch milliseconds, rounded down. */
  readonly ms: number
  /** Nanoseconds within the millisecond. */
  readonly nanos: number
  /** The smallest unit written; `exact` when nothing is left open. */
  readonly unit: DateUnit | 'exact'
}

export type DateUnit = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second'

const defaultFormat = 'strict_date_optional_time||epoch_millis'

/**
 * Reads a date by a mapping's format, alternatives tried in turn (default ISO 8601 or
 * epoch milliseconds, language.md 3.7). Numbers are epoch milliseconds, or seconds
 * where the format says so. undefined when no alternative fits.
 */
export function readInstant(
  given: Exclude<Scalar, null>,
  format = defaultFormat,
): Instant | undefined {
  if (typeof given === 'boolean') return undefined
  const formats = format.split('||')
  if (typeof given === 'string') {
    for (const name of formats) {
      const instant = readByFormat(given, name)
      if (instant) return instant
    }
    return undefined
  }
  return readEpoch(String(given), formats.includes('epoch_second') ? 1000 : 1)
}

function readByFormat(text: string, format: string): Instant | undefined {
  if (format === 'epoch_millis') return readEpoch(text, 1)
  if (format === 'epoch_second') return readEpoch(text, 1000)
  return readIso(text)
}

/** `scale` milliseconds a unit; a fraction is kept to the nanosecond. */
function readEpoch(text: string, scale: number): Instant | undefined {
  const parts = /^(-?)(\d+)(?:\.(\d{1,9})\d*)?$/.exec(text)
  if (!parts) return undefined
  const digits = scale === 1 ? 6 : 9
  const fraction = (parts[3] ?? '').padEnd(digits, '0').slice(0, digits)
  const perUnit = 10n ** BigInt(digits)
  const nanos = BigInt(parts[2] ?? '0') * perUnit + BigInt(fraction)
  return instantOf(parts[1] === '-' ? -nanos : nanos)
}

function instantOf(nanos: bigint): Instant {
  const rest = ((nanos % 1_000_000n) + 1_000_000n) % 1_000_000n
  return { ms: Number((nanos - rest) / 1_000_000n), nanos: Number(rest), unit: 'exact' }
}

const iso =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(?:(\d\d)(?::(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?(Z|[+-]\d\d(?::?\d\d)?)?)?)?)?)?$/

const written: readonly Instant['unit'][] = [
  'year',
  'month',
  'day',
  'hour',
  'minute',
  'second',
  'exact',
]

/** `2024`, `2024-05`, … `2024-05-01T10:20:30.123456789+02:00`; no zone means UTC. */
function readIso(text: string): Instant | undefined {
  const parts = iso.exec(text)
  if (!parts) return undefined
  const [, year, month = '1', day = '1', hour = '0', minute = '0', second = '0'] = parts
  const fraction = (parts[7] ?? '').padEnd(9, '0')
  const date = new Date(0)
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day))
  const isDay = date.getUTCMonth() === Number(month) - 1
  if (!isDay || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59)
    return undefined
  const ms =
    date.getTime() +
    Number(hour) * 3_600_000 +
    Number(minute) * 60_000 +
    Number(second) * 1000 +
    Number(fraction.slice(0, 3)) -
    readZone(parts[8])
  const count = parts.slice(1, 8).filter((part) => part !== undefined).length
  return { ms, nanos: Number(fraction.slice(3)), unit: written[count - 1] ?? 'exact' }
}

/** The offset of `+02:00`, `-0530`, `+01` in milliseconds. */
function readZone(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z') return 0
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0')
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000
}
