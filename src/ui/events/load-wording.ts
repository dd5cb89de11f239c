import type { Keep } from '../../ingest/keep'
import type { LoadChoice } from '../../worker/load-api'
import { grouped, printDateTime, printDuration, printShare } from '../result/time-text'
import { sayEvents } from '../result/wording'

/** All sentences about sources, before, while and after they are read. */

/** `41 MB`, `1.2 GB`, `480 kB`: decimal, as disks and downloads are measured. */
export const printBytes = (bytes: number): string => {
  if (bytes < 1000) return `${Math.round(bytes)} B`
  const unit = UNITS.find(({ size }) => bytes < size * 999.5) ?? UNITS.at(-1)!
  return `${digitsOf(bytes / unit.size)} ${unit.name}`
}

const UNITS = [
  { name: 'kB', size: 1e3 },
  { name: 'MB', size: 1e6 },
  { name: 'GB', size: 1e9 },
] as const

const digitsOf = (count: number): string => grouped(+count.toFixed(count < 9.95 ? 1 : 0))

export interface ReadingFacts {
  readonly bytesRead: number
  readonly bytesTotal: number
  readonly events: number
  /** Bytes per ms; 0 while it is not known. */
  readonly rate: number
  /** ms; undefined while it is not known. */
  readonly remaining: number | undefined
}

/** `Reading 41 of 96 MB, 82,000 events, 38 MB/s, about 2 s left` */
export const sayReading = (facts: ReadingFacts): string => {
  const { bytesRead, bytesTotal, events, rate, remaining } = facts
  const parts = [`Reading ${printPart(bytesRead, bytesTotal)}`]
  if (events > 0) parts.push(sayEvents(roundDown(events)))
  if (rate > 0) parts.push(`${printBytes(rate * 1000)}/s`)
  if (remaining !== undefined) parts.push(`about ${printAbout(remaining)} left`)
  return parts.join(', ')
}

/** `41 of 96 MB`, or `800 kB of 96 MB` where the units differ. */
const printPart = (part: number, whole: number): string => {
  const [count, unit] = printBytes(part).split(' ')
  const total = printBytes(whole)
  return `${total.endsWith(` ${unit}`) ? count : `${count} ${unit}`} of ${total}`
}

/** Digits that change too fast to be read are no news. */
const roundDown = (events: number): number =>
  events < 10_000 ? events : Math.floor(events / 1000) * 1000

/** `2 s`, `25 s`, `3 min`: no more digits than the guess is worth. */
const printAbout = (ms: number): string => {
  const seconds = Math.max(1, Math.ceil(ms / 1000))
  if (seconds <= 10) return `${seconds} s`
  if (seconds <= 55) return `${Math.ceil(seconds / 5) * 5} s`
  return `${grouped(Math.ceil(seconds / 60))} min`
}

/** Beside the few that are named. */
export const sayMoreOpening = (count: number): string =>
  `and ${counted(count, 'more file', 'more files')}`

/** For those who hear the page: seldom, and in few words. */
export const sayReadShare = (name: string, share: number): string =>
  `Reading ${name}: ${Math.floor(share * 100)} %.`

export const LOAD = {
  waiting: 'Waiting',
  opening: 'Opening…',
  notLoaded: 'Not loaded.',
  partial: 'partial',
  partialHint: 'Reading was stopped; only what was read is used',
  partsHint: 'This counts only the events and fields that were read.',
  asking: 'Too big to be read unasked.',
  tooBigTitle: 'Too big to be read whole',
  choices: 'What to read',
  read: 'Read',
  decide: 'Decide…',
  dontRead: 'Do not read it',
  readFields: 'Read from the file',
  memoryTitle: 'Memory for events',
  memoryAbout:
    'A file that would take more is not read before you have decided what to leave out.',
  memoryOwn: 'My own limit, MB',
  memoryTab: 'What this tab can hold',
  withoutTimeHint: 'Events without a usable @timestamp take no part in sequences',
} as const

/** What was left out of a source, in the words of a badge. */
export const sayKeepBadge = ({ fields, keys, time }: Keep): string => {
  if (keys) return `${printPercent(keys.share)} of keys`
  if (time) return `${printRough(time.to - time.from)} only`
  return fields ? counted(fields.length, 'field only', 'fields only') : ''
}

/** The same in a sentence of its own. */
export const sayKeep = (name: string, { fields, keys, time }: Keep): string => {
  const parts = [
    keys &&
      `${name}: events with about ${printPercent(keys.share)} of the values of ${keys.field}, each with all of its events.`,
    time &&
      `${name}: events from ${printDateTime(time.from)} to ${printDateTime(time.to)}.`,
    fields && `${name}: the ${grouped(fields.length)} fields that rules use.`,
  ]
  return parts.filter((part) => part !== undefined).join(' ')
}

/** To the second, beyond an hour to the minute: what was guessed needs no more. */
const printRough = (ms: number): string => {
  const step = ms < 60_000 ? 1 : ms < 3_600_000 ? 1000 : 60_000
  return printDuration(Math.round(ms / step) * step)
}

/** A guess, with two digits that mean something. */
const guessed = (count: number): string => grouped(+count.toPrecision(2))

const printPercent = (share: number): string => printShare(share, 1)

const counted = (count: number, one: string, many: string): string =>
  `${grouped(count)} ${count === 1 ? one : many}`

interface PartSource {
  readonly name: string
  readonly isCut: boolean
  readonly keep?: Keep | undefined
}

/** A badge for numbers that tell of parts of sources alone, and what it means. */
export const sayParts = (sources: readonly PartSource[]) => {
  const badges = sources.map(({ isCut, keep }) => {
    const kept = sayKeepBadge(keep ?? {})
    return isCut || !kept ? LOAD.partial : kept
  })
  const hints = sources.map(({ name, isCut, keep }) =>
    [isCut ? `${name}: reading was stopped.` : '', sayKeep(name, keep ?? {})]
      .filter((hint) => hint)
      .join(' '),
  )
  const [badge = '', ...others] = new Set(badges)
  return {
    badge: others.length > 0 ? LOAD.partial : badge,
    hint: [LOAD.partsHint, ...hints].join(' '),
  }
}

/** `About 3.1 GB in memory; this tab can hold about 1.8 GB more.` */
export const sayTooBig = (memoryBytes: number, room: number, isOwnLimit: boolean) =>
  `It would take about ${printBytes(memoryBytes)} of memory. ` +
  (isOwnLimit
    ? `By the limit you set, there is ${room > 0 ? `room for ${printBytes(room)}` : 'no room left'}.`
    : `This tab has room for about ${printBytes(room)}.`)

export const sayChoice = ({ kind, keep }: LoadChoice): string => {
  switch (kind) {
    case 'all':
      return 'All of it, anyway'
    case 'fields':
      return 'Only the fields that rules use'
    case 'keys':
      return `${printPercent(keep.keys?.share ?? 0)} of the values of ${keep.keys?.field ?? ''}`
    case 'time':
      return keep.time
        ? `The first ${printRough(keep.time.to - keep.time.from)}`
        : 'The beginning'
  }
}

/** What is lost with a choice. */
export const sayLoss = ({ kind, keep, events }: LoadChoice, all: number): string => {
  switch (kind) {
    case 'all':
      return 'Nothing is left out, but the tab may run out of memory and have to start anew.'
    case 'fields':
      return `Every event, with ${counted(keep.fields?.length ?? 0, 'field', 'fields')}. Other fields are absent until they are read from the file again.`
    case 'keys':
      return `Each of these values with all of its events, so sequences by it stay whole: about ${guessed(events)} of ${guessed(all)} events${keep.fields ? `, with the ${grouped(keep.fields.length)} fields that rules use` : ''}. What other values would match is not found.`
    case 'time':
      return `About ${guessed(events)} of ${guessed(all)} events${keep.time ? `, up to ${printDateTime(keep.time.to)}` : ''}. What happened later is not found.`
  }
}

/** `fields`: those that were not kept and that the rule names. */
export const sayFieldsLeftOut = (names: readonly string[], source: string): string =>
  names.length === 1
    ? `The rule names ${names[0]!}, which was not kept when ${source} was read.`
    : `The rule names ${names.join(', ')}, which were not kept when ${source} was read.`

/** Of files whose times say nothing of their zone. */
export const ZONE = {
  assumed: 'Time zone (assumed)',
  told: 'Time zone',
  here: 'here',
  hint: 'The times in this file say nothing of their zone: which one did Kibana show them in?',
} as const
