import { draftEvent, type EventDatum, type WindowsEvent } from './windows-event'
import type { WindowsEventDraft } from './windows-event'
import { attributeOf, childOf, isElement, textOf, type XmlElement } from './xml-tree'

/** Reads what Windows says from the tree of an event, whatever file it came from. */
export function readWindowsEvent(event: XmlElement): WindowsEvent {
  const read = draftEvent()
  for (const part of event.children)
    if (isElement(part)) PARTS.get(part.name)?.(part, read)
  return read
}

type PartReader = (part: XmlElement, into: WindowsEventDraft) => void

/** By the name of an element, which may be any, also `constructor`. */
function readersOf(parts: Readonly<Record<string, PartReader>>) {
  return new Map(Object.entries(parts))
}

const PARTS = readersOf({
  System: readSystem,
  EventData: (part, into) => (into.data = readEventData(part)),
  UserData: (part, into) => (into.userData = part),
  ProcessingErrorData: (part, into) => (into.userData ??= part),
  RenderingInfo: readRendering,
})

function readSystem(system: XmlElement, into: WindowsEventDraft): void {
  for (const part of system.children)
    if (isElement(part)) SYSTEM_PARTS.get(part.name)?.(part, into)
}

const SYSTEM_PARTS = readersOf({
  Provider(part, into) {
    into.provider = attributeOf(part, 'Name')
    into.providerGuid = attributeOf(part, 'Guid')
    into.eventSource = attributeOf(part, 'EventSourceName')
  },
  EventID(part, into) {
    into.eventId = textOf(part)
    into.qualifiers = attributeOf(part, 'Qualifiers')
  },
  Version: (part, into) => (into.version = textOf(part)),
  Level: (part, into) => (into.level = textOf(part)),
  Task: (part, into) => (into.task = textOf(part)),
  Opcode: (part, into) => (into.opcode = textOf(part)),
  Keywords: (part, into) => (into.keywords = textOf(part)),
  TimeCreated: (part, into) => (into.timeCreated = attributeOf(part, 'SystemTime')),
  EventRecordID: (part, into) => (into.recordId = textOf(part)),
  Correlation(part, into) {
    into.activityId = attributeOf(part, 'ActivityID')
    into.relatedActivityId = attributeOf(part, 'RelatedActivityID')
  },
  Execution(part, into) {
    into.processId = attributeOf(part, 'ProcessID')
    into.threadId = attributeOf(part, 'ThreadID')
  },
  Channel: (part, into) => (into.channel = textOf(part)),
  Computer: (part, into) => (into.computer = textOf(part)),
  // Sysmon for Linux writes UserId.
  Security: (part, into) =>
    (into.userId = attributeOf(part, 'UserID') ?? attributeOf(part, 'UserId')),
})

/** `<Data Name="…">`, `<Data>`, and `<Binary>`, which is named for its element. */
export function readEventData(eventData: XmlElement): EventDatum[] {
  const data: EventDatum[] = []
  for (const element of eventData.children)
    if (isElement(element)) {
      const name = element.name === 'Data' ? attributeOf(element, 'Name') : element.name
      data.push({ name, value: textOf(element) })
    }
  return data
}

/** What the Event Viewer and `wevtutil /f:RenderedXml` add for people. */
function readRendering(info: XmlElement, into: WindowsEventDraft): void {
  into.message = renderedText(info, 'Message')
  into.levelName = renderedText(info, 'Level')
  into.taskName = renderedText(info, 'Task')
  into.opcodeName = renderedText(info, 'Opcode')
  const keywords = childOf(info, 'Keywords')
  const names = keywords?.children.filter(isElement).map(textOf) ?? []
  if (names.length > 0) into.keywordNames = names
}

const renderedText = (info: XmlElement, name: string): string | undefined => {
  const part = childOf(info, name)
  const text = part && textOf(part).trim()
  return text === '' ? undefined : text
}
