import type { JsonObject, JsonValue } from '../lossless-json'
import { isObject } from '../unwrap'
import { textOfJson } from './json-text'
import { draftEvent, type EventDatum, type WindowsEvent } from './windows-event'

/** Whether an event of Winlogbeat 7 or 8 has not been through Elastic's pipeline. */
export function isRawWinlogbeat(found: JsonObject): boolean {
  const { winlog, event } = found
  if (!isObject(winlog) || winlog['channel'] === undefined) return false
  return !isObject(event) || event['category'] === undefined
}

/**
 * Reads an event as Winlogbeat 7 and 8 send it: `winlog.*` is what Windows says. The time,
 * host and action beside it are left out: they are the mapping's to tell, and `host` is
 * that of the collector. https://www.elastic.co/docs/reference/beats/winlogbeat/exported-fields-winlog
 */
export function readRawWinlogbeat(found: JsonObject): WindowsEvent {
  const read = draftEvent()
  const winlog = objectOf(found['winlog'])
  const event = objectOf(found['event'])
  const process = objectOf(winlog['process'])
  const user = objectOf(winlog['user'])
  read.provider = textOfJson(winlog['provider_name'])
  read.providerGuid = textOfJson(winlog['provider_guid'])
  read.eventId = textOfJson(winlog['event_id'] ?? event['code'])
  read.version = textOfJson(winlog['version'])
  read.recordId = textOfJson(winlog['record_id'])
  read.activityId = textOfJson(winlog['activity_id'])
  read.relatedActivityId = textOfJson(winlog['related_activity_id'])
  read.processId = textOfJson(process['pid'])
  read.threadId = textOfJson(objectOf(process['thread'])['id'])
  read.channel = textOfJson(winlog['channel'])
  read.computer = textOfJson(winlog['computer_name'])
  read.userId = textOfJson(user['identifier'])
  read.userName = textOfJson(user['name'])
  read.userDomain = textOfJson(user['domain'])
  read.userType = textOfJson(user['type'])
  read.timeCreated = textOfJson(found['@timestamp'])
  read.message = textOfJson(found['message'])
  read.levelName = textOfJson(objectOf(found['log'])['level'])
  read.taskName = textOfJson(winlog['task'] ?? event['action'])
  read.opcodeName = textOfJson(winlog['opcode'])
  const { keywords } = winlog
  if (Array.isArray(keywords)) read.keywordNames = keywords.map(String)
  read.data = readData(objectOf(winlog['event_data']))
  return read
}

const NOTHING: JsonObject = {}
const objectOf = (value: JsonValue | undefined) => (isObject(value) ? value : NOTHING)

function readData(members: JsonObject): EventDatum[] {
  const data: EventDatum[] = []
  for (const name in members) {
    const value = textOfJson(members[name])
    if (value !== undefined) data.push({ name, value })
  }
  return data
}
