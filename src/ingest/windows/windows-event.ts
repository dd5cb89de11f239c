import type { JsonObject } from '../lossless-json'
import type { XmlElement } from './xml-tree'

/** A value of EventData. Those of old providers have no name. */
export interface EventDatum {
  readonly name: string | undefined
  readonly value: string
}

/**
 * What Windows says in an event, each value as text, whatever file it came from. What an
 * event lacks is undefined.
 * https://learn.microsoft.com/en-us/windows/win32/wes/eventschema-systempropertiestype-complextype
 */
export interface WindowsEvent {
  readonly provider: string | undefined
  /** In braces. */
  readonly providerGuid: string | undefined
  /** The name that an old provider registered under. */
  readonly eventSource: string | undefined
  readonly eventId: string | undefined
  readonly qualifiers: string | undefined
  readonly version: string | undefined
  readonly level: string | undefined
  readonly task: string | undefined
  readonly opcode: string | undefined
  /** 64 bits as `0x…`. */
  readonly keywords: string | undefined
  /** ISO 8601, with up to nine digits of the second; without `Z` if no zone is given. */
  readonly timeCreated: string | undefined
  readonly recordId: string | undefined
  readonly activityId: string | undefined
  readonly relatedActivityId: string | undefined
  /** Of the process that logged. */
  readonly processId: string | undefined
  readonly threadId: string | undefined
  readonly channel: string | undefined
  readonly computer: string | undefined
  /** The SID of the account that logged. */
  readonly userId: string | undefined
  /** EventData in its order. An array is several values of one name. */
  readonly data: readonly EventDatum[]
  /** What is in place of EventData, or beside it: UserData, ProcessingErrorData. */
  readonly userData: XmlElement | undefined

  /** What Windows rendered for people, in the language of the machine that did it. */
  readonly message: string | undefined
  readonly levelName: string | undefined
  readonly taskName: string | undefined
  readonly opcodeName: string | undefined
  readonly keywordNames: readonly string[] | undefined
  /** What a collector looked up of the account that logged. */
  readonly userName: string | undefined
  readonly userDomain: string | undefined
  readonly userType: string | undefined
  /**
   * `utc`, as Windows writes it; `doubtful` where exports are known to give the time of
   * some zone, with or without a `Z` behind it, or to have lost am and pm.
   */
  readonly clock: 'utc' | 'doubtful'
  /** When a collector received it, by the same clock as `timeCreated`. */
  readonly receivedTime: string | undefined
  /** When it passed on the way to the file, in UTC. */
  readonly shippedTime: string | undefined
  /** What the file holds beside it as ECS already: of the agent, of its tags. */
  readonly ecs: JsonObject | undefined
}

/** An event while it is read. */
export type WindowsEventDraft = {
  -readonly [Part in keyof WindowsEvent]: WindowsEvent[Part]
} & { data: EventDatum[] }

/** An event that says nothing yet. All have the same shape, which makes them cheap. */
export const draftEvent = (): WindowsEventDraft => ({
  provider: undefined,
  providerGuid: undefined,
  eventSource: undefined,
  eventId: undefined,
  qualifiers: undefined,
  version: undefined,
  level: undefined,
  task: undefined,
  opcode: undefined,
  keywords: undefined,
  timeCreated: undefined,
  recordId: undefined,
  activityId: undefined,
  relatedActivityId: undefined,
  processId: undefined,
  threadId: undefined,
  channel: undefined,
  computer: undefined,
  userId: undefined,
  data: [],
  userData: undefined,
  message: undefined,
  levelName: undefined,
  taskName: undefined,
  opcodeName: undefined,
  keywordNames: undefined,
  userName: undefined,
  userDomain: undefined,
  userType: undefined,
  clock: 'utc',
  receivedTime: undefined,
  shippedTime: undefined,
  ecs: undefined,
})
