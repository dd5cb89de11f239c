import { findPath, readKeys } from './json-places'
import { isXml } from './print-xml'
import type { TextRange } from './text-range'
import { findInXml } from './xml-places'

/**
 * Where a part of an event, such as `EventData.Image` or `System.Computer`, is in its
 * record, which is XML or JSON; undefined if it is not found.
 */
export function findOrigin(text: string, part: string): TextRange | undefined {
  if (isXml(text)) return findInXml(text, part)
  const keys = readKeys(text)
  for (const path of pathsOf(part)) {
    const found = findPath(keys, path)
    if (found) return found
  }
  return undefined
}

/** How exports in JSON call what Windows calls so. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  'System.Channel': ['channel', 'log_name', 'EventLog'],
  'System.Computer': ['computer_name', 'Hostname', 'MachineName'],
  'System.Correlation': ['activity_id', 'ActivityID'],
  'System.EventID': ['event_id', 'EventId'],
  'System.EventRecordID': ['record_id', 'record_number', 'RecordNumber', 'EventRecordId'],
  'System.Execution': ['process', 'ExecutionProcessID', 'ProcessID', 'process_id'],
  'System.Keywords': ['keywords'],
  'System.Level': ['level', 'EventLevel', 'EventLevelName'],
  'System.Opcode': ['opcode', 'OpcodeValue'],
  'System.Provider': ['provider_name', 'SourceName', 'ProviderName', 'source_name'],
  'System.Security': ['user', 'UserID', 'SystemUserId'],
  'System.TimeCreated': ['TimeGenerated', 'EventTime', '@timestamp'],
  'System.Version': ['version'],
  'RenderingInfo.Message': ['message', 'RenderedDescription'],
  'RenderingInfo.Task': ['task', 'Category'],
}

/** Names of objects that hold what is in a part of an event. */
const HOLDERS: Readonly<Record<string, readonly string[]>> = {
  EventData: ['event_data', 'EventData'],
  UserData: ['user_data', 'UserData'],
  System: ['System', 'winlog'],
}

/** The paths of keys that a part may have, the likeliest first. */
function pathsOf(part: string): readonly (readonly string[])[] {
  const dot = part.indexOf('.')
  if (dot < 0) return [[part], ...(HOLDERS[part] ?? []).map((name) => [name])]
  const group = part.slice(0, dot)
  const own = part.slice(dot + 1)
  const names = [own, ...(NAMES[part] ?? [])]
  const holders = HOLDERS[group]
  const held = (holders ?? []).flatMap((holder) => names.map((name) => [holder, name]))
  const isKnown = holders !== undefined || group === 'RenderingInfo'
  return isKnown ? [...held, ...names.map((name) => [name])] : [part.split('.'), [own]]
}
