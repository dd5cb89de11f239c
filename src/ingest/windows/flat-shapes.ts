import type { JsonObject, JsonValue } from '../lossless-json'
import type { WindowsEvent } from './windows-event'

/** The parts of an event that are one text. */
export type TextPart = {
  [Part in keyof WindowsEvent]-?: Part extends 'clock'
    ? never
    : WindowsEvent[Part] extends string | undefined
      ? Part
      : never
}[keyof WindowsEvent]

/**
 * What a key of a flat record is: a part of the event, nothing that Windows said, or a
 * datum of the event if it is so written. All other keys are data.
 */
export type KeyMeaning =
  TextPart | 'nothing' | ((value: JsonValue) => TextPart | 'nothing' | 'datum')

/** A way of writing an event as one flat object. */
export interface FlatShape {
  /** For people. */
  readonly name: string
  readonly clock: WindowsEvent['clock']
  readonly keys: ReadonlyMap<string, KeyMeaning>
  /** Values hold the entities of the XML they were taken from. */
  readonly mayHaveEntities: boolean
  /** A column for each datum that any event has: those that are empty mean nothing. */
  readonly hasEmptyColumns: boolean
}

const keysOf = (keys: Readonly<Record<string, KeyMeaning>>) =>
  new Map(Object.entries(keys))

const COMMON: Readonly<Record<string, KeyMeaning>> = {
  Channel: 'channel',
  EventData: 'nothing',
  EventID: 'eventId',
  Keywords: 'keywords',
  Message: 'message',
  ProviderGuid: 'providerGuid',
  Task: 'task',
}

/** Scripts around Get-WinEvent, as those of the OTRF data sets of 2020 and later. */
const getWinEvent: FlatShape = {
  name: 'flat JSON',
  clock: 'doubtful',
  mayHaveEntities: false,
  hasEmptyColumns: false,
  keys: keysOf({
    ...COMMON,
    '@timestamp': 'nothing',
    '@version': 'nothing',
    Computer: 'computer',
    EventRecordID: 'recordId',
    EventSourceName: 'eventSource',
    Hostname: 'computer',
    Level: 'level',
    Provider: 'provider',
    ProviderName: 'provider',
    RecordNumber: 'recordId',
    SourceName: 'provider',
    TimeCreated: 'timeCreated',
  }),
}

/** The same with TimeGenerated beside it, which is in UTC where TimeCreated is not. */
const withTimeGenerated: FlatShape = {
  ...getWinEvent,
  clock: 'utc',
  keys: new Map([
    ...getWinEvent.keys,
    ['TimeCreated', 'nothing'],
    ['TimeGenerated', 'timeCreated'],
  ]),
}

const NXLOG_TYPES: ReadonlySet<JsonValue> = new Set([
  'AUDIT_FAILURE',
  'AUDIT_SUCCESS',
  'CRITICAL',
  'DEBUG',
  'ERROR',
  'INFO',
  'VERBOSE',
  'WARNING',
])

/** NXLog writes its own numbers as numbers, and all data of an event as texts. */
const ifNumber = (part: TextPart) => (value: JsonValue) =>
  typeof value === 'string' ? 'datum' : part

/** https://docs.nxlog.co/refman/current/im/msvistalog.html, and what Logstash adds. */
const nxlog: FlatShape = {
  name: 'NXLog',
  clock: 'doubtful',
  mayHaveEntities: true,
  hasEmptyColumns: false,
  keys: keysOf({
    ...COMMON,
    '@timestamp': 'shippedTime',
    '@version': 'nothing',
    AccountName: 'userName',
    AccountType: 'userType',
    ActivityID: 'activityId',
    Category: 'taskName',
    Domain: 'userDomain',
    ERROR_EVT_UNRESOLVED: 'nothing',
    EventReceivedTime: 'receivedTime',
    EventTime: 'timeCreated',
    // Its own is there only if the event has none.
    EventType: (value) => (NXLOG_TYPES.has(value) ? 'nothing' : 'datum'),
    EventTypeOrignal: 'nothing',
    ExecutionProcessID: 'processId',
    ExecutionThreadID: 'threadId',
    Hostname: 'computer',
    Opcode: 'opcodeName',
    OpcodeValue: 'opcode',
    ProcessID: ifNumber('processId'),
    RecordNumber: 'recordId',
    RelatedActivityID: 'relatedActivityId',
    Severity: 'levelName',
    SeverityValue: 'nothing',
    SourceModuleName: 'nothing',
    SourceModuleType: 'nothing',
    SourceName: 'provider',
    Task: ifNumber('task'),
    ThreadID: ifNumber('threadId'),
    UserID: 'userId',
    Version: ifNumber('version'),
    headers: 'nothing',
    host: 'nothing',
    port: 'nothing',
    tags: 'nothing',
    type: 'nothing',
  }),
}

const NO_DATA = [
  ...['AzureDeploymentID', 'EventOriginId', 'MG', 'ManagementGroupName', 'RawEventData'],
  ...['Role', 'SourceComputerId', 'SourceSystem', 'TenantId', 'TimeCollected', 'Type'],
  ...['_BilledSize', '_IsBillable', '_ItemId', '_ResourceId', '_SubscriptionId'],
] as const

const SENTINEL: Readonly<Record<string, KeyMeaning>> = {
  ...COMMON,
  ...Object.fromEntries(NO_DATA.map((key) => [key, 'nothing'] as const)),
  Computer: 'computer',
  Correlation: 'activityId',
  EventLevel: 'level',
  EventLevelName: 'levelName',
  EventRecordId: 'recordId',
  Opcode: 'opcode',
  SystemProcessId: 'processId',
  SystemThreadId: 'threadId',
  SystemUserId: 'userId',
  TimeGenerated: 'timeCreated',
  Version: 'version',
}

const sentinel = (keys: Readonly<Record<string, KeyMeaning>>): FlatShape => ({
  name: 'Sentinel',
  clock: 'utc',
  mayHaveEntities: false,
  hasEmptyColumns: true,
  keys: keysOf({ ...SENTINEL, ...keys }),
})

/** Tables of Microsoft Sentinel by their `Type`: https://learn.microsoft.com/en-us/azure/azure-monitor/reference/tables/windowsevent */
const SENTINEL_TABLES: ReadonlyMap<JsonValue | undefined, FlatShape> = new Map([
  // Its Task is 1, whatever the event.
  ['WindowsEvent', sentinel({ Data: 'nothing', Provider: 'provider', Task: 'nothing' })],
  [
    'SecurityEvent',
    sentinel({
      // What Sentinel puts together from other columns.
      ...Object.fromEntries(
        ['Account', 'AccountName', 'AccountType', 'Activity', 'LogonTypeName', 'Process']
          .concat('SubjectAccount', 'TargetAccount')
          .map((key) => [key, 'nothing'] as const),
      ),
      EventSourceName: 'provider',
      Level: 'level',
    }),
  ],
  [
    'Event',
    sentinel({
      EventCategory: 'task',
      EventLog: 'channel',
      ParameterXml: 'nothing',
      RenderedDescription: 'message',
      Source: 'provider',
      UserName: 'userName',
    }),
  ],
])

/** The key that all of them have. */
export const FLAT_SIGN = 'EventID'

/** The shape of a record, if it is an event of Windows as one flat object. */
export function flatShapeOf(found: JsonObject): FlatShape | undefined {
  const { EventID, TimeGenerated, Type } = found
  if (typeof EventID !== 'number' && typeof EventID !== 'string') return undefined
  if (found['SourceModuleType'] !== undefined || found['EventReceivedTime'] !== undefined)
    return nxlog
  const isGenerated = typeof TimeGenerated === 'string'
  const table = isGenerated ? SENTINEL_TABLES.get(Type) : undefined
  if (table) return table
  if (!NAMES.some((key) => found[key] !== undefined)) return undefined
  return isGenerated ? withTimeGenerated : getWinEvent
}

const NAMED_BY: ReadonlySet<unknown> = new Set(['channel', 'eventId', 'provider'])

/**
 * Keys of which the values tell, in some shape, which shape it is, from which log an event
 * is, or what another key means. Those of numbers that NXLog writes are not among them.
 */
export const DECIDING_KEYS: ReadonlySet<string> = new Set([
  'EventType',
  'Type',
  ...[withTimeGenerated, getWinEvent, nxlog, ...SENTINEL_TABLES.values()].flatMap(
    ({ keys }) =>
      [...keys].flatMap(([key, meaning]) => (NAMED_BY.has(meaning) ? [key] : [])),
  ),
])

const NAMES = ['Channel', 'SourceName', 'Provider', 'ProviderName', 'EventSourceName']
