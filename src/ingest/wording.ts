import type { JsonProblem } from './lossless-json'

/** All sentences of this room: what a source, or one place in it, cannot be used for. */

const size = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MB`
const count = (n: number) => n.toLocaleString('en')

/** Reasons why one record was left out. */
export const badRecordText = {
  notObject: (what: string) =>
    `This is ${what}; an event is a JSON object, between { and }.`,
  tooDeep: (depth: number) =>
    `Objects and arrays are nested more than ${depth} levels deep.`,
  tooLong: (limit: number) => `The record is longer than ${size(limit)} and was skipped.`,
  row: (columns: number) =>
    `The row does not have ${columns} values, one for each column.`,
  cutOff: () => 'The record is not finished: a closing } or ] is missing.',
  lineBreakInText: () => 'A text is not closed by a " before the end of its line.',
  /** `line` is the one on which the record, `text`, begins. */
  json: ({ code, at }: JsonProblem, text: string, line: number) =>
    `${JSON_REASONS[code](shown(text, at))} (${place(at, text, line)}).`,
}

function place(at: number, text: string, line: number): string {
  const lines = text.slice(0, at).split('\n')
  const character = `character ${count(lines.at(-1)!.length + 1)}`
  return lines.length === 1
    ? character
    : `line ${count(line + lines.length - 1)}, ${character}`
}

const JSON_REASONS: Readonly<Record<JsonProblem['code'], (found: string) => string>> = {
  'ends-early': () => 'The record ends in the middle of a value',
  unexpected: (found) => `${found} cannot stand here`,
  'after-value': (found) => `${found} follows the end of the record`,
  'bad-escape': () => 'After \\ comes no letter that JSON knows',
  'bare-control': () => 'A line break, tab or control character stands bare in a text',
  'bad-number': () => 'This is not a number as JSON writes it',
  'too-deep': () => 'Objects and arrays are nested too deep',
}

function shown(text: string, at: number): string {
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0)
  if (/^\p{L}$/u.test(character))
    return `“${/^\p{L}+/u.exec(text.slice(at, at + 12))![0]}”`
  return /^[\p{Cc}\p{Cf}\p{Cs}\p{Z}]$/u.test(character)
    ? `The character U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`
    : `“${character}”`
}

/** What helps with a file of another kind. */
export const remedyText = {
  choose: () =>
    'Choose a file that holds events: JSON, NDJSON, CSV, XML, a Windows event log, or an archive of these.',
  unpack: (command: string) => `Unpack it (${command}), and open what is in it.`,
  exported: () => 'Export the events as JSON or NDJSON.',
  convert: (command: string) => `Convert it, and open the result: ${command}`,
  original: () => 'Open the event logs (.evtx) that it was made of: they are read here.',
  network: () =>
    'Have Packetbeat read it (packetbeat run -I capture.pcap), and export the events from Kibana as NDJSON.',
  integration: (name: string) =>
    `Elastic’s rules for it are about what the ${name} integration of Elastic Agent makes of it: have that read it, and export the events from Kibana as NDJSON.`,
  custom: () =>
    'Have Elastic Agent read it, with an ingest pipeline that names its fields as ECS does, and export the events from Kibana as NDJSON.',
}

/** Why nothing, or not all, of a source was read, and what can be done. */
export const problemText = {
  empty: () => 'The file is empty. Choose a file that holds events as JSON or NDJSON.',
  blank: () =>
    'The file holds nothing but blank space. Choose a file that holds events as JSON or NDJSON.',
  emptyGzip: () => 'Nothing is packed in this gzip file.',
  foreign: ({ what, remedy }: { readonly what: string; readonly remedy: string }) =>
    `This looks like ${what}, which cannot be read as events. ${remedy}`,
  binary: () =>
    'This is binary data of a kind that is not known here. Export the events as JSON or NDJSON.',
  notJson: (lines: number) =>
    `None of the first ${count(lines)} lines is a JSON object, so the rest was not tried. Export the events as NDJSON (one JSON object a line) or as a JSON array.`,
  noEventsInside: () => 'The list of events in this file is empty.',
  noEvents: () =>
    'No event was found. Events are read from JSON in many forms, CSV, XML, audit logs and Windows event logs.',
  unreadable: (reason: string) =>
    `The file could not be read (${reason}). If it was moved or changed since it was chosen, choose it again.`,
  leftOut: () => 'This file holds no events. It was opened for what it is.',
  nothingInside: (
    files: number,
    first?: { readonly name: string; readonly problem?: string },
  ) =>
    files === 1
      ? 'The file in this archive holds no events.'
      : `None of the ${count(files)} files in this archive holds events.` +
        (first ? ` The first, ${first.name}: ${first.problem ?? ''}` : ''),
  memoryFull: () =>
    'There is no more memory for events in this tab. What was read until then is kept; to read more, close other sources, or keep only a part of this one.',
  noTimes: () =>
    'None of these records says when it was (@timestamp). Sequences pass them over, and they may be no events at all.',
  timesNotChanged: () =>
    'There was no memory to change the times of this source: some are as the file has them.',
  tooManyFields: (fields: number) =>
    `The events have more than ${count(fields)} different field names. Values of further names were left out; names that are really data, such as ids, are better written as values.`,
}

const ofLines = (n: number, of: number) => `${count(n)} of the first ${count(of)} lines`

/** What an unknown file might be, and why. */
export const guessText = {
  jsonBehind: {
    format: 'JSON with something before or between it',
    reason: (n: number, of: number) =>
      `${ofLines(n, of)} hold a name in quotes and a colon. Events are read where a line begins with {.`,
  },
  cef: {
    format: 'CEF or LEEF, as SIEMs exchange it',
    reason: (n: number, of: number) =>
      `${ofLines(n, of)} hold CEF: or LEEF: and a number.`,
  },
  syslog: {
    format: 'Syslog lines',
    reason: (n: number, of: number) =>
      `${ofLines(n, of)} begin with a priority or a date as syslog writes them.`,
  },
  pairs: {
    format: 'Pairs of name=value',
    reason: (n: number, of: number) => `${ofLines(n, of)} hold several of them.`,
  },
  table: {
    format: 'A table without names of ECS',
    reason: (separator: string) => `Lines have the same number of ${separator}.`,
  },
  xml: {
    format: 'XML or HTML',
    reason: (n: number, of: number) => `${ofLines(n, of)} hold a tag.`,
  },
  yaml: {
    format: 'YAML, or a listing of properties',
    reason: (n: number, of: number) => `${ofLines(n, of)} begin with a name and a colon.`,
  },
  log: {
    format: 'A log of a program',
    reason: (n: number, of: number) => `${ofLines(n, of)} begin with a date and a time.`,
  },
  text: {
    format: 'Plain text',
    reason: () => 'Nearly all of it are characters that can be read.',
  },
  packed: {
    format: 'Packed or encrypted data',
    reason: (bits: number) =>
      `All bytes are about equally frequent (${bits.toFixed(1)} of 8 bits).`,
  },
  records: {
    format: 'A binary log, trace or database',
    reason: (zeros: number) =>
      `${Math.round(zeros * 100)} % of the bytes are zero, as where numbers have fields of fixed width.`,
  },
} as const
