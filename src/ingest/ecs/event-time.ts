import { printTimeWith, TimeReader } from '../../events/time'
import type { WindowsEvent } from '../windows/windows-event'
import type { EcsOptions } from './ecs-sink'

/** The times of an event, and which of them is its time (events-ecs.md 3). */
export interface EventTime {
  /** Its `@timestamp`; undefined if it says none. */
  readonly text: string | undefined
  readonly from: string
  /** When it was logged, set right. */
  readonly logged: string | undefined
  /** Sysmon's own time is so far from that that it cannot be right. */
  readonly isFar: boolean
}

const UTC_TIME = 'EventData.UtcTime'
const TIME_CREATED = 'System.TimeCreated'
/** Sysmon's own time may be this far from when it was logged, ms. */
const FAR = 5 * 60_000

/** Whether Sysmon's own time cannot be that of an event logged then, epoch ms. */
export const isFarFrom = (own: number, logged: number): boolean =>
  Math.abs(own - logged) > FAR

/**
 * Decides what time an event has. `utcTime` is what Sysmon says itself; Elastic takes
 * that. Where it is more than five minutes off, the clock behind it was wrong, and it is
 * the time it was logged.
 */
export function decideTime(
  { timeCreated, clock }: WindowsEvent,
  utcTime: string | undefined,
  { time, correctionMs }: EcsOptions,
): EventTime {
  const logged =
    timeCreated === undefined ? undefined : shiftTime(timeCreated, correctionMs ?? 0)
  const own =
    utcTime === undefined || time === 'as-logged' ? undefined : shiftTime(utcTime, 0)
  if (own === undefined) return { text: logged, from: TIME_CREATED, logged, isFar: false }
  // A clock that may be hours off, and was not set right, says nothing of the other.
  const isSure = clock === 'utc' || correctionMs !== undefined
  const isFar = isSure && logged !== undefined && isFarFrom(msOf(own), msOf(logged))
  return isFar
    ? { text: logged, from: TIME_CREATED, logged, isFar }
    : { text: own, from: UTC_TIME, logged, isFar }
}

/** Which time an event has, of times in epoch ms. */
export interface ToldTime {
  readonly isOwn: boolean
  readonly isFar: boolean
  /** Added to the time it was logged. */
  readonly shiftMs: number
}

/** As `decideTime`, of times that were read; NaN for one that an event does not say. */
export function chooseTime(
  { utc, logged }: { readonly utc: number; readonly logged: number },
  shiftMs: number,
  isSure: boolean,
  { time }: EcsOptions,
): ToldTime {
  if (Number.isNaN(utc) || time === 'as-logged')
    return { isOwn: false, isFar: false, shiftMs }
  const isFar = isSure && isFarFrom(utc, logged + shiftMs)
  return { isOwn: !isFar, isFar, shiftMs }
}

const reader = new TimeReader()

/** Epoch milliseconds; NaN for what is no time. */
export function msOf(text: string): number {
  return reader.read(text) ? reader.ms : NaN
}

/**
 * A time so many ms later, spelled `2024-03-22T01:44:35.7082759Z` with as many digits as
 * before; undefined if it is none.
 */
export function shiftTime(text: string, ms: number): string | undefined {
  const last = text.charCodeAt(DATE) === SPACE ? lastOwn : lastLogged
  const second = text.slice(0, SECOND)
  // Events of one second follow each other, and a zone moves by whole seconds.
  if (second === last.second && ms === last.ms && REST.test(text.slice(SECOND)))
    return `${last.shifted}${restOf(text)}Z`
  if (!reader.read(text) || Math.abs(reader.ms + ms) > LAST) return undefined
  const { fractionDigits, nanos } = reader
  const shifted = printTimeWith(fractionDigits, reader.ms + ms, nanos)
  if (ms % 1000 === 0 && REST.test(text.slice(SECOND)))
    Object.assign(last, { second, ms, shifted: shifted.slice(0, SECOND) })
  return shifted
}

/** Beyond this, on both sides of 1970, there are no dates, ms. */
const LAST = 8.64e15
/** Characters of `2024-03-22`, and of `2024-03-22T01:44:35`. */
const DATE = 10
const SECOND = 19
const SPACE = 0x20
/** Behind the second: a fraction, and the zone of all such times. */
const REST = /^(?:\.\d{1,9})?Z?$/

/** The second that was moved last, by how much, and where to. */
const lastLogged = { second: '', ms: NaN, shifted: '' }
/** The same of Sysmon's own times, which have a blank after the date. */
const lastOwn = { ...lastLogged }

/** The fraction of the second as it is written. */
const restOf = (text: string): string =>
  text.slice(SECOND, text.endsWith('Z') ? -1 : undefined)
