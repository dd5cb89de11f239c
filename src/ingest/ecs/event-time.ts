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

export const UTC_TIME = 'EventData.UtcTime'
export const TIME_CREATED = 'System.TimeCreated'
/** Sysmon's own time may be this far from when it was logged, ms. */
export const FAR = 5 * 60_000

/**
 * Decides what time an event has. `utcTime` is what Sysmon says itself; Elastic takes
 * that. Where it is more than five minutes off, the clock behind it was wrong, and it is
 * the time it was logged.
 */
export function decideTime(
  { timeCreated }: WindowsEvent,
  utcTime: string | undefined,
  { time, offsetMs = 0, correctionMs = 0 }: EcsOptions,
): EventTime {
  const logged =
    timeCreated === undefined
      ? undefined
      : shiftTime(timeCreated, offsetMs + correctionMs)
  if (utcTime === undefined || time === 'as-logged')
    return { text: logged, from: TIME_CREATED, logged, isFar: false }
  const own = shiftTime(utcTime, offsetMs)
  const isFar =
    own !== undefined && logged !== undefined && Math.abs(msOf(own) - msOf(logged)) > FAR
  return own === undefined || isFar
    ? { text: logged, from: TIME_CREATED, logged, isFar }
    : { text: own, from: UTC_TIME, logged, isFar }
}

const reader = new TimeReader()

/** Epoch milliseconds; NaN for what is no time. */
export function msOf(text: string): number {
  return reader.read(text) ? reader.ms : NaN
}

/**
 * A time so many ms later, spelled `2024-03-22T01:44:35.7082759Z` with as many digits as
 * before; as it is if it is none and is not to be moved.
 */
export function shiftTime(text: string, ms: number): string | undefined {
  if (!reader.read(text)) return ms === 0 && text !== '' ? text : undefined
  if (ms === 0 && reader.isCanonical) return text
  return printTimeWith(reader.fractionDigits, reader.ms + ms, reader.nanos)
}
