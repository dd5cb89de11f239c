import type { JsonObject, JsonValue } from '../lossless-json'
import { isObject } from '../unwrap'
import type { TextPart } from '../windows/flat-shapes'
import type { WindowsEvent } from '../windows/windows-event'
import { type Channel, channelOf, type Family } from './channel'
import { type Copy, readLong } from './data-rule'
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
  const log = logOf(event)
  if (event.ecs) putOwn(out, event.ecs, '')
  const time = putTimes(out, log.plan)
  putPlanned(out, log.plan)
  for (const step of STEPS) step.put(out, log)
  if (event.userData) putUserData(out)
  out.putRelated()
  return time
}

/** Which log an event is from, and what becomes of events of its number there. */
export interface Log {
  readonly channel: Channel
  readonly plan: Plan
}

export function logOf(event: WindowsEvent): Log {
  const channel = channelOf(event)
  return { channel, plan: PLANNERS[channel.family](event.eventId ?? '') }
}

/** Whether events of a log say themselves when they were, beside when they were logged. */
export const hasOwnTime = ({ table }: Plan): boolean => table === sysmon

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

function putTimes(out: EventWriter, plan: Plan): EventTime {
  const isSysmon = hasOwnTime(plan)
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
const RENDERED = 'RenderingInfo.Message'

const NUMBERS: readonly (readonly [field: string, part: TextPart, from: string])[] = [
  ['winlog.version', 'version', 'System.Version'],
  ['winlog.process.pid', 'processId', 'System.Execution'],
  ['winlog.process.thread.id', 'threadId', 'System.Execution'],
]

/** What becomes of few parts of an event, whatever its others are. */
export interface Step {
  readonly reads: readonly TextPart[]
  /** What it does, if that is no more than to copy. */
  readonly copies?: Copy
  readonly put: (out: EventWriter, log: Log) => void
}

const copyText = ([field, part, from]: (typeof TEXTS)[number]): Step => ({
  reads: [part],
  copies: { field, isNumber: false },
  put: (out) => {
    const value = out.event[part]
    if (value !== undefined && value !== '') out.put(field, value, from)
  },
})

const copyNumber = ([field, part, from]: (typeof NUMBERS)[number]): Step => ({
  reads: [part],
  copies: { field, isNumber: true },
  put: (out) => {
    const number = readLong(out.event[part] ?? '')
    if (number !== undefined) out.put(field, number, from)
  },
})

const putMessage: Step = {
  reads: ['message'],
  copies: { field: 'message', isNumber: false },
  put: (out) => {
    const { message } = out.event
    if (message) out.put('message', withoutReturns(message), RENDERED)
  },
}

const putAction: Step = {
  reads: ['taskName'],
  put: (out) => {
    const { taskName } = out.event
    out.put('event.kind', 'event', '')
    if (taskName !== undefined) out.put('event.action', taskName, 'RenderingInfo.Task')
  },
}

const putKeywords: Step = {
  reads: ['keywords'],
  put: (out) => {
    const { outcome, names } = keywordsOf(out.event)
    if (outcome !== undefined) out.put('event.outcome', outcome, 'System.Keywords')
    if (names.length > 0) out.put('winlog.keywords', names as string[], 'System.Keywords')
  },
}

const putLevel: Step = {
  reads: ['level', 'levelName'],
  put: (out) => {
    const { level, levelName } = out.event
    const shown = LEVELS.get(level ?? '') ?? levelName?.toLowerCase()
    if (shown !== undefined) out.put('log.level', shown, 'System.Level')
  },
}

const putOpcode: Step = {
  reads: ['opcode', 'opcodeName'],
  put: (out) => {
    const { opcode, opcodeName } = out.event
    const shown = opcodeName ?? OPCODES.get(opcode ?? '')
    if (shown !== undefined) out.put('winlog.opcode', shown, 'System.Opcode')
  },
}

const putLogger: Step = {
  reads: ['userId'],
  put: (out, { plan }) => {
    const { userId } = out.event
    if (plan.table.isLoggerTheUser && userId !== undefined)
      out.put('user.id', userId, 'System.Security')
  },
}

const putLog: Step = {
  reads: [],
  put: (out, { channel }) => {
    const { dataset, module, os } = channel
    if (module !== undefined) out.put('event.module', module, '')
    out.put('event.dataset', dataset, '')
    out.put('data_stream.dataset', dataset, '')
    out.put('host.os.type', os, '')
    out.put('host.os.family', os, '')
    out.put('host.os.platform', os, '')
  },
}

/** Which machine it was. Its id is ours: files do not carry what the agent would say. */
const putHost: Step = {
  reads: ['computer'],
  put: (out) => {
    const { computer } = out.event
    if (computer === undefined || computer === '') return
    out.put('host.name', computer, 'System.Computer')
    out.put('host.id', hostIdOf(computer), '')
  },
}

/** Behind times and data; of two that give one field, the first one counts. */
export const STEPS: readonly Step[] = [
  ...TEXTS.map(copyText),
  putMessage,
  ...NUMBERS.map(copyNumber),
  putAction,
  putKeywords,
  putLevel,
  putOpcode,
  putLogger,
  putLog,
  putHost,
]
