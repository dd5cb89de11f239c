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
export type Remedy = 'unpack' | 'choose' | 'export'

const REMEDIES: Readonly<Record<Remedy, string>> = {
  unpack: 'Unpack it, and open the event files that are in it.',
  choose: 'Choose a file that holds events as JSON or NDJSON.',
  export: 'Export the events as JSON or NDJSON.',
}

/** Why nothing, or not all, of a source was read, and what can be done. */
export const problemText = {
  empty: () => 'The file is empty. Choose a file that holds events as JSON or NDJSON.',
  blank: () =>
    'The file holds nothing but blank space. Choose a file that holds events as JSON or NDJSON.',
  emptyGzip: () => 'Nothing is packed in this gzip file.',
  foreign: (what: string, remedy: Remedy) =>
    `This looks like ${what}, which cannot be read as events. ${REMEDIES[remedy]}`,
  binary: () =>
    'This is binary data, not text. Events are read from JSON or NDJSON: export them as one of these.',
  notJson: (lines: number) =>
    `None of the first ${count(lines)} lines is a JSON object, so the rest was not tried. Export the events as NDJSON (one JSON object a line) or as a JSON array.`,
  noEventsInside: () => 'The list of events in this file is empty.',
  noEvents: () =>
    'No event was found. Events are read from NDJSON (one JSON object a line), JSON arrays and Elasticsearch responses.',
  unreadable: (reason: string) =>
    `The file could not be read (${reason}). If it was moved or changed since it was chosen, choose it again.`,
  gzipDamage: () =>
    'The gzip file is cut off or damaged. The events before that place are kept; to have the rest, fetch the file again.',
  memoryFull: () =>
    'There is no more memory for events in this tab. What was read until then is kept; to read more, close other sources, or keep only a part of this one.',
  tooManyFields: (fields: number) =>
    `The events have more than ${count(fields)} different field names. Values of further names were left out; names that are really data, such as ids, are better written as values.`,
}
