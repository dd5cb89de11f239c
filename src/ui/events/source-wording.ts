import type { ReadAs } from '../../ingest/read-as'
import type { BadRecord, IngestReport, PartReport } from '../../ingest/report'
import { grouped } from '../result/time-text'
import { sayEvents } from '../result/wording'
import { printOffset } from './time-offset'

/** All sentences about what a source turned out to be, and how it is read. */

export const SOURCE = {
  readAs: 'Read as',
  asFound: 'What its content says',
  details: 'Details…',
  windows: 'Windows events',
  variants: 'What its records were',
  notes: 'What was done to its events',
  parts: 'Files in it',
  file: 'File',
  format: 'Format',
  events: 'Events',
  bad: 'Bad',
  unknown: 'not read',
  unread: 'Not read',
  problem: 'Problem',
  rejects: 'Bad records',
  download: 'Download the bad records',
  guesses: 'What it might be',
  noGuess: 'Nothing that is known looks like this.',
  firstBytes: 'How it begins',
  how: 'How it is read',
  decided: 'Decided by hand; Details… says more',
  time: 'Time of Sysmon events',
  asElastic: 'UtcTime, as Elastic takes it',
  asLogged: 'When they were logged',
  clock: 'Set clocks right that are hours off',
  offset: 'Add to every time',
  offsetHint: 'Such as +2:00, -0:30:00 or +1 d',
  offsetWrong:
    'Write hours and minutes, such as +2:00 or -0:30:00, or days, such as +1 d.',
  timeZone: 'Time zone of times that name none',
  timeZoneHint: 'Such as Europe/Berlin',
  timeZoneWrong: 'This is no time zone that the browser knows, such as Europe/Berlin.',
  all: 'The same for all sources of Windows events',
  readAgain: 'Read again',
} as const

/** The ways in which events of Windows become ECS, and what each of them does. */
export const MAP_MODE = {
  title: 'To ECS',
  of: 'events of Windows',
  modes: [
    {
      value: 'faithful',
      label: 'Faithful',
      hint: 'Windows events as Elastic’s integrations have them.',
    },
    {
      value: 'extended',
      label: 'Extended',
      hint: 'Windows events with more than Elastic’s integrations give.',
    },
  ],
  changes: 'What extended mode adds',
  added: [
    'Image loads are of category library, too, and have dll.*.',
    'It is told whether a loaded file is signed.',
    'Deleted registry keys and values are of type deletion.',
    'Connections of the firewall’s events are ingress or egress.',
    'Processes of which only the number is told get their names.',
  ],
  caution: 'A match that needs any of that is marked: there would be none in production.',
} as const

/** `NDJSON, 12,408 events, Sysmon to ECS` */
export const sayVerdict = (report: IngestReport): string =>
  report.events === 0 && report.format === 'unknown'
    ? SOURCE.unread
    : [sayFormat(report), sayEvents(report.events), sayVariants(report)]
        .filter((part) => part !== '')
        .join(', ')

function sayFormat({ format, compressed, parts }: IngestReport): string {
  if (!parts) return compressed ? `${format}, gzip` : format
  return parts.length === 1 ? `${format}, packed` : `${grouped(parts.length)} files`
}

/** `Sysmon and Security to ECS`, or `5 of them Sysmon to ECS` where the others are ECS. */
function sayVariants({ events, variants = [] }: IngestReport): string {
  const translated = variants.reduce((sum, variant) => sum + variant.events, 0)
  const part = translated < events ? `${grouped(translated)} of them ` : ''
  const byCount = variants.toSorted((a, b) => b.events - a.events)
  const logs = [...new Set(byCount.map(({ name }) => name.replace(/ \(.*\)$/, '')))]
  if (logs.length === 0) return ''
  if (logs.length <= 2) return `${part}${logs.join(' and ')} to ECS`
  return `${part}${logs[0]!} and ${grouped(logs.length - 1)} others to ECS`
}

/** `line 1,204`; `byte 69,632` where there are no lines. */
export const sayPlace = ({ line, offset = 0 }: BadRecord): string =>
  line === undefined ? `byte ${grouped(offset)}` : `line ${grouped(line)}`

export const sayRejects = ({ badCount, bad, events }: IngestReport): string => {
  const records = badCount === 1 ? '1 record' : `${grouped(badCount)} records`
  const others = events > 0 ? ' All others are loaded.' : ''
  const listing =
    badCount > bad.length
      ? ` The first ${grouped(bad.length)} are listed; the file to download holds more.`
      : ''
  return `${records} could not be used.${others}${listing}`
}

/** Leads to all notes, from below the beginning of the first one. */
export const sayNotes = (count: number): string =>
  count === 1 ? 'Whole note' : `All ${grouped(count)} notes`

/** What was decided by hand, in the words of a badge: `times as logged, +2:00:00`. */
export const sayDecisions = (readAs: ReadAs = {}): string =>
  [
    readAs.time === 'as-logged' ? 'times as logged' : '',
    readAs.correctClock === false ? 'clocks as they were' : '',
    printOffset(readAs.offsetMs ?? 0),
    readAs.timeZone ?? '',
  ]
    .filter((part) => part !== '')
    .join(', ')

/** `3 of 12 files could not be read` */
export const sayUnreadParts = (parts: readonly PartReport[]): string => {
  const unread = parts.filter(({ problem }) => problem !== undefined).length
  if (unread === 0) return ''
  return `${grouped(unread)} of ${grouped(parts.length)} files not read, or not whole`
}
