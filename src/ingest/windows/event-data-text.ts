import type { JsonValue } from '../lossless-json'
import { readLosslessJson } from '../lossless-json'
import { isObject } from '../unwrap'
import { readDumpData } from './evtx-dump'
import { readEventData } from './from-xml'
import { parseXml } from './parse-xml'
import type { WindowsEventDraft } from './windows-event'
import { childOf, isElement, type XmlElement } from './xml-tree'

/**
 * Reads EventData as tables of logs keep it in one column: as JSON, as JSON text or as
 * XML text, which may be wrapped in another element. False if it is none of these.
 */
export function readEventDataColumn(value: JsonValue, into: WindowsEventDraft): boolean {
  if (isObject(value)) {
    into.data = readDumpData(value)
    return true
  }
  if (typeof value !== 'string') return false
  const text = value.trimStart()
  if (text.startsWith('<')) return readXml(text, into)
  if (!text.startsWith('{')) return false
  const members = readLosslessJson(text)
  return isObject(members) && readEventDataColumn(members, into)
}

function readXml(text: string, into: WindowsEventDraft): boolean {
  const root = parseXml(text)
  if (!root) return false
  const eventData = findPart(root, 'EventData')
  if (eventData) into.data = readEventData(eventData)
  else into.userData = findPart(root, 'UserData')
  return eventData !== undefined || into.userData !== undefined
}

/** The element itself, or one in it or in its only child. */
function findPart(element: XmlElement, name: string): XmlElement | undefined {
  if (element.name === name) return element
  const [first] = element.children
  const inner = first !== undefined && isElement(first) ? childOf(first, name) : undefined
  return childOf(element, name) ?? inner
}
