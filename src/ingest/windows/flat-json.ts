import type { JsonObject, JsonValue } from '../lossless-json'
import { readEventDataColumn } from './event-data-text'
import type { FlatShape, KeyMeaning, TextPart } from './flat-shapes'
import { isRounded, textOfJson } from './json-text'
import { inferNames } from './providers'
import { hexKeywords, isoTime, withBraces, withoutEntities } from './spelling'
import { fillFromMessage } from './sysmon-message'
import { draftEvent, type WindowsEvent, type WindowsEventDraft } from './windows-event'

/**
 * Reads an event from one flat object, where data stand beside what Windows says of every
 * event. `text` is what it was parsed from.
 */
export function readFlat(
  found: JsonObject,
  shape: FlatShape,
  text: string | undefined,
): WindowsEvent {
  const event = draftEvent()
  event.clock = shape.clock
  for (const key in found) {
    const member = found[key]!
    const value = isRounded(member) ? (readDigits(text, key) ?? member) : member
    const part = meaningOf(shape, key, value)
    if (part === 'datum') addDatum(event, shape, key, value)
    else if (part !== 'nothing') event[part] = textOfJson(value)
  }
  const column = found['EventData']
  if (column !== undefined && column !== null) readColumn(event, column)
  return respell(event)
}

/** What a key means that has a value. */
export function meaningOf(
  shape: FlatShape,
  key: string,
  value: JsonValue,
): Exclude<KeyMeaning, (value: JsonValue) => unknown> | 'datum' {
  const meaning = shape.keys.get(key)
  return typeof meaning === 'function' ? meaning(value) : (meaning ?? 'datum')
}

/** All digits of an integer that `JSON.parse` rounds, as it does with most Keywords. */
function readDigits(text: string | undefined, key: string): string | undefined {
  const quoted = JSON.stringify(key)
  for (
    let at = text?.indexOf(quoted) ?? -1;
    at >= 0;
    at = text!.indexOf(quoted, at + 1)
  ) {
    DIGITS.lastIndex = at + quoted.length
    const digits = DIGITS.exec(text!)?.[1]
    if (digits !== undefined) return digits
  }
  return undefined
}

const DIGITS = /\s*:\s*(-?\d+)(?![\d.eE])/y

function addDatum(
  event: WindowsEventDraft,
  shape: FlatShape,
  name: string,
  value: JsonValue,
): void {
  const text = textOfJson(value)
  if (text === undefined || (text === '' && shape.hasEmptyColumns)) return
  event.data.push({ name, value: shape.mayHaveEntities ? withoutEntities(text) : text })
}

/** What is in the column is all that Windows said; columns beside it repeat it. */
function readColumn(event: WindowsEventDraft, column: JsonValue): void {
  if (!readEventDataColumn(column, event)) return
  event.data = event.data.map(({ name, value }) => ({ name, value: sysmonTime(value) }))
}

/** Sentinel writes the times of Sysmon as `2026-01-05T09:00:00.1230000Z`. */
const sysmonTime = (value: string) =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}0000Z$/.test(value)
    ? `${value.slice(0, 10)} ${value.slice(11, 23)}`
    : value

function respell(event: WindowsEventDraft): WindowsEvent {
  for (const part of RESPELLED) {
    const text = event[part]
    if (text !== undefined) event[part] = SPELLINGS[part]!(text)
  }
  inferNames(event)
  fillFromMessage(event)
  return event
}

/** Puts a part of an event as Windows spells it. */
export const spellPart = (part: TextPart, text: string): string =>
  SPELLINGS[part]?.(text) ?? text

/** What NXLog calls the levels of Windows. */
const LEVELS: ReadonlyMap<string, string> = new Map([
  ['CRITICAL', 'Critical'],
  ['ERROR', 'Error'],
  ['INFO', 'Information'],
  ['VERBOSE', 'Verbose'],
  ['WARNING', 'Warning'],
])

/** Whether exports spell a part in other ways than Windows does. */
export const isSpelledOtherwise = (part: TextPart): boolean => part in SPELLINGS

const SPELLINGS: Partial<Record<TextPart, (text: string) => string>> = {
  providerGuid: withBraces,
  activityId: withBraces,
  keywords: hexKeywords,
  timeCreated: isoTime,
  receivedTime: isoTime,
  levelName: (name) => LEVELS.get(name) ?? name,
}
const RESPELLED = Object.keys(SPELLINGS) as readonly TextPart[]
