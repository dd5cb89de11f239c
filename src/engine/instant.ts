import type { Scalar } from '../events/column'
import { readEpochMs, readIsoTime, readTime } from '../events/time'
import type { Instant, TimePrecision } from '../events/time'

/** A moment as written in a date constant, and how much of it was written. */
export interface WrittenInstant extends Instant {
  readonly precision: TimePrecision
}

/**
 * Reads a date by a mapping's format, alternatives tried in turn (default ISO 8601 or
 * epoch milliseconds, language.md 3.7). Numbers are epoch milliseconds, or seconds
 * where the format says so. undefined when no alternative fits.
 */
export function readInstant(given: Scalar, format?: string): Instant | undefined {
  if (format === undefined || typeof given === 'boolean') return readTime(given)
  const names = format.split('||')
  if (typeof given === 'string') return readWritten(given, format)
  return names.includes('epoch_second') ? readTime(Number(given) * 1000) : readTime(given)
}

/** Reads a text by the alternatives of a format. */
export function readWritten(
  text: string,
  format = 'strict_date_optional_time||epoch_millis',
): WrittenInstant | undefined {
  for (const name of format.split('||')) {
    const instant = readByName(text, name)
    if (instant) return instant
  }
  return undefined
}

function readByName(text: string, name: string): WrittenInstant | undefined {
  if (!name.startsWith('epoch_')) return readIsoTime(text)
  const epoch = name === 'epoch_second' ? readEpochSeconds(text) : readEpochMs(text)
  return epoch && { ...epoch, precision: 'fraction' }
}

/** `1516116808.349` has its point moved three places before it is read. */
function readEpochSeconds(text: string): Instant | undefined {
  const parts = /^(-?\d+)(?:\.(\d{1,9}))?$/.exec(text)
  if (!parts) return undefined
  const fraction = (parts[2] ?? '').padEnd(3, '0')
  const rest = fraction.slice(3)
  return readEpochMs(`${parts[1]}${fraction.slice(0, 3)}${rest && `.${rest}`}`)
}
