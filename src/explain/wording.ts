import type { Scalar } from '../events/column'
import type { FieldValue } from './failed-term'
import type { Fault } from './finding'

/** Sentences of near misses: templates over a fault and where it happened. */

export interface Place {
  /** 1-based, as written. */
  readonly step: number
  /** 1-based, where the step is written with `runs`. */
  readonly run?: number | undefined
  readonly stepCount: number
  readonly keys: readonly { readonly name: string; readonly value: Scalar }[]
}

/** One whole sentence with the number that matters. */
export const printSentence = (fault: Fault, place: Place): string => {
  const step = capitalized(printStep(place))
  const whom = printKeys(place)
  switch (fault.cause) {
    case 'maxspan':
      return `${step} came ${printDuration(fault.overMs)} after the ${printDuration(fault.limitMs)} limit${whom}.`
    case 'until':
      return `The until event came ${printDuration(fault.beforeMs)} before ${printStep(place)} and ended the sequence${whom}.`
    case 'missing':
      return `Step ${place.step} must be missing${whom}, but an event fits it ${printOffset(fault.afterMs)}.`
    case 'replaced':
      return `${step} came, but the event it would have followed${whom} had been replaced by one ${printDuration(fault.newerByMs)} newer.`
    case 'runs':
      return `Step ${place.step} happened ${fault.have} of ${fault.of} times${whom}.`
    case 'order':
      return fault.aheadMs === 0
        ? `${step} has the same time as the step before it${whom}, and comes first in the order of events.`
        : `${step} happened ${printDuration(fault.aheadMs)} before the step it should follow${whom}.`
    case 'key':
      return `${step} happened, but ${fault.name} is ${clipKey(fault.found)}, not ${clipKey(fault.wanted)}.`
    case 'key-null':
      return `${step} happened, but its event has no ${fault.name} and can never join.`
    case 'category':
      return `${whole(place)} would match, but the event is ${printValues(fault.values)}, not ${clip(fault.term)}${whom}.`
    case 'null':
      return `${whole(place)} would match, but ${printFields(fault.values)} absent and \`${clip(fault.term)}\` is null${whom}.`
    case 'condition':
      return `${whole(place)} would match, only \`${clip(fault.term)}\` is false (${printValues(fault.values)})${whom}.`
  }
}

/** The number alone, in a few characters. */
export const printSlack = (fault: Fault): string => {
  switch (fault.cause) {
    case 'maxspan':
      return `+${printDuration(fault.overMs)}`
    case 'until':
    case 'order':
      return `−${printDuration(fault.cause === 'until' ? fault.beforeMs : fault.aheadMs)}`
    case 'missing':
      return `${fault.afterMs < 0 ? '−' : '+'}${printDuration(Math.abs(fault.afterMs))}`
    case 'replaced':
      return `+${printDuration(fault.newerByMs)}`
    case 'runs':
      return `${fault.have} of ${fault.of}`
    case 'key':
      return `1 of ${fault.keyCount} ${fault.keyCount === 1 ? 'key' : 'keys'}`
    case 'key-null':
    case 'null':
      return 'absent'
    default:
      return `1 of ${fault.termCount}`
  }
}

const printStep = ({ step, run }: Place): string =>
  run === undefined ? `step ${step}` : `run ${run} of step ${step}`

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const whole = (place: Place): string =>
  place.stepCount === 1 && place.run === undefined
    ? 'The event'
    : capitalized(printStep(place))

/** ` for host.name WS-07`; empty without keys. */
export const printKeys = ({ keys }: Pick<Place, 'keys'>): string =>
  keys.length === 0
    ? ''
    : ` for ${keys.map(({ name, value }) => `${name} ${clipKey(value)}`).join(', ')}`

const printOffset = (ms: number): string =>
  ms < 0
    ? `${printDuration(-ms)} before the sequence`
    : `${printDuration(ms)} after the step before it`

const printFields = (values: readonly FieldValue[]): string => {
  const names = [...new Set(values.map(({ field }) => field))]
  return names.length === 1 ? `${names[0]} is` : `${names.join(', ')} are`
}

const SHOWN = 3

export const printValues = (values: readonly FieldValue[]): string => {
  if (values.length === 0) return 'no value'
  const shown = values.slice(0, SHOWN).map(({ value }) => printValue(value))
  const rest = values.length - shown.length
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ')
}

const printValue = (value: Scalar | undefined): string => {
  if (value === undefined || value === null) return 'absent'
  return value === '' ? 'empty' : clip(String(value))
}

const LONGEST = 80
const LONGEST_KEY = 32

/** On one line, and no longer than a line. */
export const clip = (text: string): string => {
  const line = text.replace(/\s+/g, ' ')
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line
}

/** Long keys differ at their ends, if at all to the eye. */
const clipKey = (value: Scalar): string => {
  const text = printValue(value)
  return text.length > LONGEST_KEY ? `${text.slice(0, 8)}…${text.slice(-20)}` : text
}

const UNITS = [
  { name: 'd', ms: 86_400_000 },
  { name: 'h', ms: 3_600_000 },
  { name: 'm', ms: 60_000 },
] as const

/** `40 s`, `1.25 s`, `180 ms`, `2 m 5 s`, `3 h 10 m`: the two largest units. */
export const printDuration = (ms: number): string => {
  if (ms < 1000) return `${Math.round(ms * 1e6) / 1e6} ms`
  if (ms < 60_000) return `${Math.round(ms) / 1000} s`
  const at = UNITS.findIndex((unit) => ms >= unit.ms)
  const unit = UNITS[at]!
  const count = Math.floor(ms / unit.ms)
  const smaller = UNITS[at + 1] ?? { name: 's', ms: 1000 }
  const rest = Math.floor((ms - count * unit.ms) / smaller.ms)
  return rest > 0
    ? `${count} ${unit.name} ${rest} ${smaller.name}`
    : `${count} ${unit.name}`
}
