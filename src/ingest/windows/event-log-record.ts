import type { JsonObject, JsonValue } from '../lossless-json'
import { isObject } from '../unwrap'
import { textOfJson } from './json-text'
import { isSysmon } from './providers'
import { hexKeywords, withBraces } from './spelling'
import { fillFromMessage } from './sysmon-message'
import { draftEvent, type WindowsEvent, type WindowsEventDraft } from './windows-event'

/** Whether a record is what ConvertTo-Json makes of an event of Get-WinEvent. */
export const isEventLogRecord = (found: JsonObject): boolean =>
  found['LogName'] !== undefined &&
  found['ProviderName'] !== undefined &&
  Array.isArray(found['Properties'])

/**
 * Reads an event as Get-WinEvent and ConvertTo-Json write it. Its values have no names:
 * those of Sysmon are taken from its message, those of script blocks are known. Undefined
 * where the names cannot be told.
 * https://learn.microsoft.com/en-us/dotnet/api/system.diagnostics.eventing.reader.eventlogrecord
 */
export function readEventLogRecord(found: JsonObject): WindowsEvent | undefined {
  const event = draftEvent()
  event.provider = textOfJson(found['ProviderName'])
  event.providerGuid = guidOf(found['ProviderId'])
  event.eventId = textOfJson(found['Id'])
  event.qualifiers = textOfJson(found['Qualifiers'])
  event.version = textOfJson(found['Version'])
  event.level = textOfJson(found['Level'])
  event.task = textOfJson(found['Task'])
  event.opcode = textOfJson(found['Opcode'])
  event.keywords = hexOf(found['Keywords'])
  event.timeCreated = timeOf(found['TimeCreated'])
  event.recordId = textOfJson(found['RecordId'])
  event.activityId = guidOf(found['ActivityId'])
  event.relatedActivityId = guidOf(found['RelatedActivityId'])
  event.processId = textOfJson(found['ProcessId'])
  event.threadId = textOfJson(found['ThreadId'])
  event.channel = textOfJson(found['LogName'])
  event.computer = textOfJson(found['MachineName'])
  event.userId = sidOf(found['UserId'])
  event.message = textOfJson(found['Message'])
  event.levelName = textOfJson(found['LevelDisplayName'])
  event.taskName = textOfJson(found['TaskDisplayName'])
  event.opcodeName = textOfJson(found['OpcodeDisplayName'])
  event.keywordNames = namesOf(found['KeywordsDisplayNames'])
  return nameValues(event, valuesOf(found)) ? event : undefined
}

const valuesOf = ({ Properties }: JsonObject): readonly JsonValue[] =>
  Array.isArray(Properties)
    ? Properties.map((each) => (isObject(each) ? (each['Value'] ?? null) : each))
    : []

/** The values of an event 4104 of PowerShell. */
const SCRIPT_BLOCK = [
  ...['MessageNumber', 'MessageTotal', 'ScriptBlockText', 'ScriptBlockId', 'Path'],
] as const

/** False if it cannot be told what the values are called. */
function nameValues(event: WindowsEventDraft, values: readonly JsonValue[]): boolean {
  if (values.length === 0) return true
  if (isSysmon(event)) {
    fillFromMessage(event)
    return event.data.length === values.length
  }
  const isScriptBlock =
    event.provider === 'Microsoft-Windows-PowerShell' && event.eventId === '4104'
  if (!isScriptBlock || values.length !== SCRIPT_BLOCK.length) return false
  event.data = SCRIPT_BLOCK.map((name, i) => ({
    name,
    value: textOfJson(values[i]) ?? '',
  }))
  return true
}

const guidOf = (value: JsonValue | undefined) => {
  const text = textOfJson(value)
  return text === undefined ? undefined : withBraces(text)
}

const hexOf = (value: JsonValue | undefined) => {
  const text = textOfJson(value)
  return text === undefined ? undefined : hexKeywords(text)
}

/** Windows PowerShell writes `/Date(1770128401128)/`, later versions ISO 8601. */
function timeOf(value: JsonValue | undefined): string | undefined {
  // A date with notes of its own is an object.
  const text = textOfJson(isObject(value) ? value['value'] : value)
  const ms = /^\/Date\((-?\d{1,15})\)\/$/.exec(text ?? '')?.[1]
  return ms === undefined ? text : new Date(Number(ms)).toISOString()
}

const sidOf = (value: JsonValue | undefined) =>
  textOfJson(isObject(value) ? value['Value'] : value)

const namesOf = (value: JsonValue | undefined) =>
  Array.isArray(value) ? value.map((each) => textOfJson(each) ?? '') : undefined
