import { attributeOf, childOf, isElement, textOf, type XmlElement } from './xml-tree'

/** A value of EventData. Those of old providers have no name. */
export interface EventDatum {
  readonly name: string | undefined
  readonly value: string
}

/**
 * What Windows says in an event, each value as text. What an event lacks is undefined.
 * https://learn.microsoft.com/en-us/windows/win32/wes/eventschema-systempropertiestype-complextype
 */
export interface WindowsEvent {
  readonly provider: string | undefined
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
  /** ISO 8601, with up to nine digits of the second. */
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
}

/** Reads what Windows says from the tree of an event, whatever file it came from. */
export function readWindowsEvent(event: XmlElement): WindowsEvent {
  const system = childOf(event, 'System') ?? EMPTY
  const part = (name: string) => childOf(system, name) ?? EMPTY
  const text = (name: string) => {
    const found = childOf(system, name)
    return found && textOf(found)
  }
  const provider = part('Provider')
  const correlation = part('Correlation')
  const execution = part('Execution')
  return {
    provider: attributeOf(provider, 'Name'),
    providerGuid: attributeOf(provider, 'Guid'),
    eventSource: attributeOf(provider, 'EventSourceName'),
    eventId: text('EventID'),
    qualifiers: attributeOf(part('EventID'), 'Qualifiers'),
    version: text('Version'),
    level: text('Level'),
    task: text('Task'),
    opcode: text('Opcode'),
    keywords: text('Keywords'),
    timeCreated: attributeOf(part('TimeCreated'), 'SystemTime'),
    recordId: text('EventRecordID'),
    activityId: attributeOf(correlation, 'ActivityID'),
    relatedActivityId: attributeOf(correlation, 'RelatedActivityID'),
    processId: attributeOf(execution, 'ProcessID'),
    threadId: attributeOf(execution, 'ThreadID'),
    channel: text('Channel'),
    computer: text('Computer'),
    userId: attributeOf(part('Security'), 'UserID'),
    data: readData(childOf(event, 'EventData')),
    userData: childOf(event, 'UserData'),
  }
}

const EMPTY: XmlElement = { name: '', attributes: [], children: [], isEmptyTag: true }

/** `<Data Name="…">`, `<Data>`, and `<Binary>`, which is named for its element. */
function readData(eventData: XmlElement | undefined): readonly EventDatum[] {
  if (!eventData) return []
  return eventData.children.filter(isElement).map((element) => {
    const name = element.name === 'Data' ? attributeOf(element, 'Name') : element.name
    return { name, value: textOf(element) }
  })
}
