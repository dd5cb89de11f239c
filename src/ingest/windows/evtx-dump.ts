import type { JsonObject, JsonValue } from '../lossless-json'
import { isObject } from '../unwrap'
import { objectAt, textOfJson } from './json-text'
import { hexKeywords, withBraces, withLostBraces } from './spelling'
import { draftEvent, type EventDatum, type WindowsEvent } from './windows-event'
import type { XmlAttribute, XmlElement, XmlNode } from './xml-tree'

/**
 * Reads an event in the JSON of evtx_dump and of all that is built on the same library:
 * the members of an element are those of an object; its attributes are `#attributes` in
 * it or `X_attributes` beside it; text next to attributes is `#text`; names that occur
 * again get `_1`, `_2` behind them. https://github.com/omerbenamram/evtx
 *
 * Others turn XML into JSON with attributes as members, `@Name` or just `Name`, and a
 * `Value` for a text beside them (xmltodict, Velociraptor).
 */
export function readEvtxDump(event: JsonObject): WindowsEvent {
  const read = draftEvent()
  const system = objectAt(event, 'System')
  const text = (name: string) => textOfJson(contentOf(system[name]))
  const attribute = (name: string, key: string) => {
    const attributes = attributesOf(system, name)
    return textOfJson(attributes[key] ?? attributes[`@${key}`])
  }
  const guid = (name: string, key: string) => {
    const found = attribute(name, key)
    return found === undefined ? undefined : withBraces(found)
  }
  read.provider = attribute('Provider', 'Name')
  read.providerGuid = guid('Provider', 'Guid')
  read.eventSource = attribute('Provider', 'EventSourceName')
  read.eventId = text('EventID')
  read.qualifiers = attribute('EventID', 'Qualifiers')
  read.version = text('Version')
  read.level = text('Level')
  read.task = text('Task')
  read.opcode = text('Opcode')
  read.keywords = keywordsOf(text('Keywords'))
  read.timeCreated = timeOf(attributesOf(system, 'TimeCreated'))
  read.recordId = text('EventRecordID')
  read.activityId = guid('Correlation', 'ActivityID')
  read.relatedActivityId = guid('Correlation', 'RelatedActivityID')
  read.processId = attribute('Execution', 'ProcessID')
  read.threadId = attribute('Execution', 'ThreadID')
  read.channel = text('Channel')
  read.computer = text('Computer')
  read.userId = attribute('Security', 'UserID') ?? attribute('Security', 'UserId')
  read.data = readDumpData(objectAt(event, 'EventData'))
  const own = ['UserData', 'ProcessingErrorData'].find((name) => isObject(event[name]))
  if (own !== undefined) read.userData = toElement(own, event[own]!, {}, 0)
  return read
}

const ATTRIBUTES = '#attributes'
const TEXT = '#text'
const BESIDE = '_attributes'

function attributesOf(parent: JsonObject, name: string): JsonObject {
  const element = objectAt(parent, name)
  const inside = element[ATTRIBUTES]
  if (isObject(inside)) return inside
  const beside = parent[name + BESIDE]
  return isObject(beside) ? beside : element
}

const contentOf = (value: JsonValue | undefined) =>
  isObject(value) ? (value[TEXT] ?? value['Value']) : value

const keywordsOf = (text: string | undefined) =>
  text === undefined ? undefined : hexKeywords(text)

/** Velociraptor has seconds since 1970. */
function timeOf(attributes: JsonObject): string | undefined {
  const time = attributes['SystemTime'] ?? attributes['@SystemTime']
  if (typeof time !== 'number') return textOfJson(time)
  const date = new Date(time * 1000)
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}

/** The members of EventData in their order. An array is several values of one name. */
export function readDumpData(members: JsonObject): EventDatum[] {
  const { Data } = members
  const listed = Array.isArray(Data) ? Data : [Data]
  if (listed.some(isNamed)) return listed.filter(isObject).map(readNamed)
  const data: EventDatum[] = []
  for (const key in members) {
    if (key === ATTRIBUTES || key.startsWith('@') || isBeside(members, key)) continue
    const content = contentOf(members[key])
    const name = key === 'Data' ? undefined : nameOf(members, key)
    for (const value of Array.isArray(content) ? content : [content]) {
      const text = textOfJson(value) ?? ''
      const isText = name === undefined || typeof value !== 'string'
      data.push({ name, value: isText ? text : withLostBraces(name, text) })
    }
  }
  return data
}

const isNamed = (datum: JsonValue | undefined) => isObject(datum) && '@Name' in datum

/** `{"@Name": …, "#text": …}` */
function readNamed(datum: JsonObject): EventDatum {
  const name = textOfJson(datum['@Name'])
  const value = textOfJson(datum[TEXT]) ?? ''
  return { name, value: name === undefined ? value : withLostBraces(name, value) }
}

const isBeside = (members: JsonObject, key: string) =>
  key.endsWith(BESIDE) && (key.slice(0, -BESIDE.length) in members || key === EVENT_DATA)

const EVENT_DATA = `EventData${BESIDE}`

/** The name of a member without the number that told it from others of that name. */
function nameOf(members: JsonObject, key: string): string {
  const [, name, number] = /^(.+)_([1-9]\d*)$/.exec(key) ?? []
  if (name === undefined) return key
  const before = number === '1' ? name : `${name}_${Number(number) - 1}`
  return before in members ? name : key
}

/** More elements within one another than this are an attack, not an event. */
const MAX_NESTED = 64

/** What is in an event in a form of its provider's. */
function toElement(
  name: string,
  value: JsonValue,
  beside: JsonObject,
  depth: number,
): XmlElement {
  const members = isObject(value) && depth < MAX_NESTED ? value : {}
  const inside = members[ATTRIBUTES]
  const attributes = listAttributes(isObject(inside) ? inside : beside)
  const children: XmlNode[] = []
  const text = isObject(value) ? value[TEXT] : value
  if (typeof text === 'object' || text === undefined) addTexts(text, children)
  else children.push(text)
  for (const key in members)
    if (key !== ATTRIBUTES && key !== TEXT && !isBeside(members, key))
      for (const each of listOf(members[key]!))
        children.push(
          toElement(
            nameOf(members, key),
            each,
            objectAt(members, key + BESIDE),
            depth + 1,
          ),
        )
  return { name, attributes, children, isEmptyTag: value === null }
}

const listOf = (value: JsonValue) => (Array.isArray(value) ? value : [value])

function addTexts(value: JsonValue | undefined, children: XmlNode[]): void {
  if (Array.isArray(value))
    for (const each of value) children.push(textOfJson(each) ?? '')
}

function listAttributes(members: JsonObject): XmlAttribute[] {
  const attributes: XmlAttribute[] = []
  for (const name in members) {
    const value = textOfJson(members[name])
    if (value !== undefined) attributes.push({ name, value })
  }
  return attributes
}
