import { type JsonObject, type JsonValue, readLosslessJson } from '../lossless-json'
import { isObject } from '../unwrap'
import { readDumpData } from './evtx-dump'
import { objectAt, textOfJson } from './json-text'
import { draftEvent, type WindowsEvent } from './windows-event'

/** Whether a record is one of EvtxECmd, which keeps all data in its column Payload. */
export const isEvtxECmd = (found: JsonObject): boolean =>
  found['EventId'] !== undefined &&
  found['ChunkNumber'] !== undefined &&
  typeof found['Payload'] === 'string'

/**
 * Reads an event as EvtxECmd writes it to JSON. What its maps make of the data is left
 * out; the data themselves are in Payload, their names as `@Name`.
 * https://github.com/EricZimmerman/evtx
 */
export function readEvtxECmd(found: JsonObject): WindowsEvent {
  const event = draftEvent()
  event.provider = textOfJson(found['Provider'])
  event.eventId = textOfJson(found['EventId'])
  event.levelName = levelOf(found['Level'])
  event.timeCreated = textOfJson(found['TimeCreated'])?.replace(/\+00:00$/, 'Z')
  event.recordId = textOfJson(found['EventRecordId'])
  event.processId = textOfJson(found['ProcessId'])
  event.threadId = textOfJson(found['ThreadId'])
  event.channel = textOfJson(found['Channel'])
  event.computer = textOfJson(found['Computer'])
  event.userId = textOfJson(found['UserId'])
  event.keywordNames = keywordsOf(found['Keywords'])
  const payload = readLosslessJson(textOfJson(found['Payload']) ?? '')
  if (isObject(payload)) event.data = readDumpData(objectAt(payload, 'EventData'))
  return event
}

const levelOf = (value: JsonValue | undefined) => {
  const level = textOfJson(value)
  return level === 'Info' || level === 'LogAlways' ? 'Information' : level
}

/** `Audit success`; Elastic has these two in capitals. */
function keywordsOf(value: JsonValue | undefined): readonly string[] | undefined {
  const text = textOfJson(value)
  if (text === undefined || text === '') return undefined
  return [text.replace(/^Audit s/, 'Audit S').replace(/^Audit f/, 'Audit F')]
}
