import { channelOf } from '../ecs/channel'
import { type JsonObject, type JsonValue, MAX_DEPTH } from '../lossless-json'
import { isObject } from '../unwrap'
import { objectAt, textOfJson } from './json-text'
import { draftEvent, type EventDatum, type WindowsEvent } from './windows-event'
import type { XmlElement } from './xml-tree'

/** The field that tells such an event, and those that tell that it has been through. */
export const RAW_SIGNS = ['winlog.channel', 'event.category', 'event.ingested'] as const

/**
 * Whether an event of Winlogbeat 7 or later has not been through Elastic's pipeline, which
 * gives most events a category, and the others at least the time they were taken in.
 */
export function isRawWinlogbeat(found: JsonObject): boolean {
  const { winlog, event } = found
  if (!isObject(winlog) || !holdsValue(winlog['channel'])) return false
  if (!isObject(event)) return true
  if (event['category'] !== undefined || event['ingested'] !== undefined) return false
  return !isAsElasticHasIt(found, winlog)
}

/** Whether a field has a value of its own: objects hold those of other fields. */
function holdsValue(value: JsonValue | undefined, depth = 0): boolean {
  if (!Array.isArray(value)) return value !== undefined && !isObject(value)
  return depth < MAX_DEPTH && value.some((each) => holdsValue(each, depth + 1))
}

/**
 * Logs that no pipeline of Elastic knows are kept as Winlogbeat sends them, and are ECS as
 * soon as it tells of the machine, unless that is one that collects from others.
 */
function isAsElasticHasIt(found: JsonObject, winlog: JsonObject): boolean {
  const { channel, provider_name: provider, computer_name: computer } = winlog
  const log = { channel: textOfJson(channel), provider: textOfJson(provider) }
  const host = objectAt(found, 'host')
  return (
    channelOf(log).family === 'other' &&
    objectAt(host, 'os')['type'] !== undefined &&
    isSameHost(textOfJson(host['name']), textOfJson(computer))
  )
}

/**
 * Reads an event as Winlogbeat 7 and later send it: `winlog.*` is what Windows says.
 * https://www.elastic.co/docs/reference/beats/winlogbeat/exported-fields-winlog
 */
export function readRawWinlogbeat(found: JsonObject): WindowsEvent {
  const event = draftEvent()
  const winlog = objectAt(found, 'winlog')
  const process = objectAt(winlog, 'process')
  const meta = objectAt(found, 'event')
  const user = objectAt(winlog, 'user')
  event.provider = textOfJson(winlog['provider_name'] ?? meta['provider'])
  event.providerGuid = textOfJson(winlog['provider_guid'])
  event.eventId = textOfJson(winlog['event_id'] ?? meta['code'])
  event.version = textOfJson(winlog['version'])
  event.recordId = textOfJson(winlog['record_id'])
  event.activityId = textOfJson(winlog['activity_id'])
  event.relatedActivityId = textOfJson(winlog['related_activity_id'])
  event.processId = textOfJson(process['pid'])
  event.threadId = textOfJson(objectAt(process, 'thread')['id'])
  event.channel = textOfJson(winlog['channel'])
  event.computer = textOfJson(winlog['computer_name'])
  event.userId = textOfJson(user['identifier'])
  event.userName = textOfJson(user['name'])
  event.userDomain = textOfJson(user['domain'])
  event.userType = textOfJson(user['type'])
  event.timeCreated = textOfJson(found['@timestamp'])
  event.message = textOfJson(found['message'])
  event.levelName = textOfJson(objectAt(found, 'log')['level'])
  event.taskName = textOfJson(winlog['task'] ?? meta['action'])
  event.opcodeName = textOfJson(winlog['opcode'])
  event.keywordNames = readNames(winlog['keywords'])
  event.data = readMembers(objectAt(winlog, 'event_data'))
  event.userData = readUserData(objectAt(winlog, 'user_data'))
  event.ecs = readEcs(found, event.computer)
  return event
}

/** Whether an event is one of Winlogbeat 5 or 6. */
export const isOldWinlogbeat = (found: JsonObject): boolean =>
  found['event_id'] !== undefined &&
  found['log_name'] !== undefined &&
  found['source_name'] !== undefined

/** https://www.elastic.co/guide/en/beats/winlogbeat/6.8/exported-fields-eventlog.html */
export function readOldWinlogbeat(found: JsonObject): WindowsEvent {
  const event = draftEvent()
  const user = objectAt(found, 'user')
  event.provider = textOfJson(found['source_name'])
  event.providerGuid = textOfJson(found['provider_guid'])
  event.eventId = textOfJson(found['event_id'])
  event.version = textOfJson(found['version'])
  event.recordId = textOfJson(found['record_number'])
  event.activityId = textOfJson(found['activity_id'])
  event.relatedActivityId = textOfJson(found['related_activity_id'])
  event.processId = textOfJson(found['process_id'])
  event.threadId = textOfJson(found['thread_id'])
  event.channel = textOfJson(found['log_name'])
  event.computer = textOfJson(found['computer_name'])
  event.userId = textOfJson(user['identifier'])
  event.userName = textOfJson(user['name'])
  event.userDomain = textOfJson(user['domain'])
  event.userType = textOfJson(user['type'])
  event.timeCreated = textOfJson(found['@timestamp'])
  event.message = textOfJson(found['message'])
  event.levelName = textOfJson(found['level'])
  event.taskName = textOfJson(found['task'])
  event.opcodeName = textOfJson(found['opcode'])
  event.keywordNames = readNames(found['keywords'])
  event.data = readMembers(objectAt(found, 'event_data'))
  event.userData = readUserData(objectAt(found, 'user_data'))
  return event
}

const readNames = (value: JsonValue | undefined) =>
  Array.isArray(value) ? value.map((name) => textOfJson(name) ?? '') : undefined

/** An array is several values of one name. */
function readMembers(members: JsonObject): EventDatum[] {
  const data: EventDatum[] = []
  for (const name in members) {
    const member = members[name]!
    for (const value of Array.isArray(member) ? member : [member]) {
      const text = textOfJson(value)
      if (text !== undefined) data.push({ name, value: text })
    }
  }
  return data
}

/** Winlogbeat keeps the name of the element in UserData as `xml_name`. */
function readUserData(members: JsonObject): XmlElement | undefined {
  const data = readMembers(members)
  if (data.length === 0) return undefined
  const name = textOfJson(members['xml_name']) ?? 'Data'
  const elements = data.filter((datum) => datum.name !== 'xml_name')
  const inner = element(
    name,
    elements.map((datum) => element(datum.name!, [datum.value])),
  )
  return element('UserData', [inner])
}

const element = (name: string, children: XmlElement['children']): XmlElement => ({
  name,
  attributes: [],
  children,
  isEmptyTag: false,
})

/** Told by the mapping from what Windows says, or of the way to the file. */
const NOT_KEPT: ReadonlySet<string> = new Set([
  ...['@metadata', '@timestamp', '@version', '__proto__', 'event', 'host', 'log'],
  ...['message', 'winlog'],
])
const TOLD_OF_EVENT: ReadonlySet<string> = new Set([
  ...['__proto__', 'action', 'code', 'created', 'kind', 'provider'],
])
const TOLD_OF_WINLOG: ReadonlySet<string> = new Set([
  ...['__proto__', 'activity_id', 'channel', 'computer_name', 'event_data', 'event_id'],
  ...['keywords', 'opcode', 'process', 'provider_guid', 'provider_name', 'record_id'],
  ...['related_activity_id', 'task', 'user', 'user_data', 'version'],
])

/** Fields that are ECS already: of the agent, its tags, its host unless that collects. */
function readEcs(
  found: JsonObject,
  computer: string | undefined,
): JsonObject | undefined {
  const kept: Record<string, JsonValue> = leaveOut(found, NOT_KEPT)
  const event = leaveOut(objectAt(found, 'event'), TOLD_OF_EVENT)
  const winlog = leaveOut(objectAt(found, 'winlog'), TOLD_OF_WINLOG)
  const host = objectAt(found, 'host')
  if (Object.keys(event).length > 0) kept['event'] = event
  if (Object.keys(winlog).length > 0) kept['winlog'] = winlog
  if (isSameHost(textOfJson(host['name']), computer)) kept['host'] = host
  return Object.keys(kept).length > 0 ? kept : undefined
}

function leaveOut(members: JsonObject, names: ReadonlySet<string>) {
  const kept: Record<string, JsonValue> = {}
  for (const key in members) if (!names.has(key)) kept[key] = members[key]!
  return kept
}

const isSameHost = (name: string | undefined, computer: string | undefined) =>
  name !== undefined && firstLabel(name) === firstLabel(computer ?? '')

const firstLabel = (name: string) => name.toLowerCase().split('.', 1)[0]
