import type { JsonObject, JsonValue } from '../lossless-json'
import { isObject } from '../unwrap'
import type { WindowsEvent } from '../windows/windows-event'
import { type Channel, channelOf, type Family } from './channel'
import { readLong } from './data-rule'
import type { EcsOptions, EcsSink } from './ecs-sink'
import { decideTime, type EventTime } from './event-time'
import { EventWriter } from './event-writer'
import { hostIdOf } from './host-id'
import { keywordsOf, LEVELS, OPCODES } from './keywords'
import { type FamilyTable, type Plan, planner, putPlanned, withoutReturns } from './plan'
import { classicPowershell, powershell } from './powershell'
import { security } from './security'
import { sysmon } from './sysmon'
import { putUserData } from './user-data'

/**
 * Gives a sink the fields that an event of Windows has in ECS, as Elastic's own pipelines
 * would have it (events-ecs.md). What the file says as ECS itself comes first, and stays.
 * Which of its times was taken, is the answer.
 */
export function mapWindowsEvent(
  event: WindowsEvent,
  sink: EcsSink,
  options: EcsOptions,
): EventTime {
  const out = new EventWriter(event, sink, options)
  const channel = channelOf(event)
  if (event.ecs) putOwn(out, event.ecs, '')
  const plan = PLANNERS[channel.family](event.eventId ?? '')
  const time = putTimes(out, plan)
  putPlanned(out, plan)
  putSystem(out)
  putMeaning(out, channel, plan)
  putHost(out, channel)
  if (event.userData) putUserData(out)
  out.putRelated()
  return time
}

/** Logs without a pipeline: only what all events have. */
const OTHER: FamilyTable = { events: {}, rules: {}, rulesOf: () => ({}) }

const PLANNERS: Readonly<Record<Family, (code: string) => Plan>> = {
  sysmon: planner(sysmon),
  'linux-sysmon': planner(sysmon),
  security: planner(security),
  powershell: planner(powershell),
  'powershell-classic': planner(classicPowershell),
  other: planner(OTHER),
}

/** Marks what the file says as ECS: it was made of nothing but itself. */
function putOwn(out: EventWriter, members: JsonObject, before: string): void {
  for (const key in members) {
    const value: JsonValue = members[key]!
    const field = before + key
    if (isObject(value)) putOwn(out, value, `${field}.`)
    else out.put(field, value, field)
  }
}

function putTimes(out: EventWriter, { table }: Plan): EventTime {
  const isSysmon = table === sysmon
  const utcTime = isSysmon ? out.datum('UtcTime') : undefined
  const time = decideTime(out.event, utcTime, out.options)
  const { text, from, logged } = time
  if (text !== undefined) out.put('@timestamp', text, from)
  if (isSysmon && logged !== undefined)
    out.put('event.created', logged, 'System.TimeCreated')
  return time
}

/** Parts of an event that ECS has as they are. */
const TEXTS: readonly (readonly [field: string, part: TextPart, from: string])[] = [
  ['event.code', 'eventId', 'System.EventID'],
  ['event.provider', 'provider', 'System.Provider'],
  ['winlog.channel', 'channel', 'System.Channel'],
  ['winlog.provider_name', 'provider', 'System.Provider'],
  ['winlog.provider_guid', 'providerGuid', 'System.Provider'],
  ['winlog.event_id', 'eventId', 'System.EventID'],
  ['winlog.record_id', 'recordId', 'System.EventRecordID'],
  ['winlog.computer_name', 'computer', 'System.Computer'],
  ['winlog.activity_id', 'activityId', 'System.Correlation'],
  ['winlog.related_activity_id', 'relatedActivityId', 'System.Correlation'],
  ['winlog.task', 'taskName', 'RenderingInfo.Task'],
  ['winlog.user.identifier', 'userId', 'System.Security'],
  ['winlog.user.name', 'userName', 'System.Security'],
  ['winlog.user.domain', 'userDomain', 'System.Security'],
  ['winlog.user.type', 'userType', 'System.Security'],
]
type TextPart = keyof {
  [
    Part in keyof WindowsEvent as WindowsEvent[Part] extends string | undefined
      ? Part
      : never
  ]: true
}

const RENDERED = 'RenderingInfo.Message'

const NUMBERS: readonly (readonly [field: string, part: TextPart, from: string])[] = [
  ['winlog.version', 'version', 'System.Version'],
  ['winlog.process.pid', 'processId', 'System.Execution'],
  ['winlog.process.thread.id', 'threadId', 'System.Execution'],
]

function putSystem(out: EventWriter): void {
  const { event } = out
  for (const [field, part, from] of TEXTS) {
    const value = event[part]
    if (value !== undefined && value !== '') out.put(field, value, from)
  }
  if (event.message) out.put('message', withoutReturns(event.message), RENDERED)
  for (const [field, part, from] of NUMBERS) {
    const number = readLong(event[part] ?? '')
    if (number !== undefined) out.put(field, number, from)
  }
}

/** What the numbers of an event stand for, and what kind of event it is. */
function putMeaning(out: EventWriter, { dataset, module }: Channel, plan: Plan): void {
  const { level, levelName, opcode, opcodeName, taskName, userId } = out.event
  const { outcome, names } = keywordsOf(out.event)
  out.put('event.kind', 'event', '')
  if (taskName !== undefined) out.put('event.action', taskName, 'RenderingInfo.Task')
  if (outcome !== undefined) out.put('event.outcome', outcome, 'System.Keywords')
  if (names.length > 0) out.put('winlog.keywords', names as string[], 'System.Keywords')
  const shownLevel = LEVELS.get(level ?? '') ?? levelName?.toLowerCase()
  if (shownLevel !== undefined) out.put('log.level', shownLevel, 'System.Level')
  const shownOpcode = opcodeName ?? OPCODES.get(opcode ?? '')
  if (shownOpcode !== undefined) out.put('winlog.opcode', shownOpcode, 'System.Opcode')
  if (plan.table.isLoggerTheUser && userId !== undefined)
    out.put('user.id', userId, 'System.Security')
  if (module !== undefined) out.put('event.module', module, '')
  out.put('event.dataset', dataset, '')
  out.put('data_stream.dataset', dataset, '')
}

/** Which machine it was. Its id is ours: files do not carry what the agent would say. */
function putHost(out: EventWriter, { os }: Channel): void {
  const { computer } = out.event
  out.put('host.os.type', os, '')
  out.put('host.os.family', os, '')
  out.put('host.os.platform', os, '')
  if (computer === undefined || computer === '') return
  out.put('host.name', computer, 'System.Computer')
  out.put('host.id', hostIdOf(computer), '')
}
