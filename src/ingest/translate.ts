import { readAuditRow } from './auditd/read-audit-row'
import { isDefender, readDefender } from './defender/read-defender'
import { nestDotted } from './dotted-keys'
import { type JsonObject, readLosslessJson } from './lossless-json'
import { isObject, unwrapRecord } from './unwrap'
import { isEventLogRecord, readEventLogRecord } from './windows/event-log-record'
import { readEvtxDump } from './windows/evtx-dump'
import { isEvtxECmd, readEvtxECmd } from './windows/evtxecmd'
import { flatShapeOf } from './windows/flat-shapes'
import { readFlat } from './windows/flat-json'
import { readWindowsEvent } from './windows/from-xml'
import { objectAt } from './windows/json-text'
import { parseXml } from './windows/parse-xml'
import { nameVariant } from './windows/providers'
import type { WindowsEvent } from './windows/windows-event'
import { isOldWinlogbeat, isRawWinlogbeat } from './windows/winlogbeat'
import { readOldWinlogbeat, readRawWinlogbeat } from './windows/winlogbeat'
import { windowsText } from './windows/wording'
import { EVENT_END, findXml } from './windows/xml-record'

/** What a record is that is not ECS. `variant` names it for people. */
export type Translated =
  | {
      readonly variant: string
      readonly windows: WindowsEvent
      /** It stood there as one flat object. */
      readonly isFlat?: boolean
    }
  /** The same event as an ECS record. */
  | { readonly variant: string; readonly record: JsonObject }
  /** Known, but not to be read: why. */
  | { readonly variant: string; readonly refused: string }

/**
 * Reads a record that is something other than ECS; undefined if it is ECS, or nothing
 * that is known. Wrappers are to be taken off before. `text` is what it was parsed from,
 * and serves to read integers beyond 2^53 to their last digit; without it, they are bigint.
 * `isFields`: it is the `fields` of a hit, where every value stands in an array.
 */
export function translate(
  found: JsonObject,
  text?: string,
  isFields = false,
): Translated | undefined {
  const { event } = found
  // Most records are ECS, and show it here.
  if (isObject(event) && event['category'] !== undefined) return undefined
  if (found['event.category'] !== undefined) return undefined
  const record = nestDotted(found, isFields)
  const shape = flatShapeOf(record)
  if (shape) return { ...nameIt(readFlat(record, shape, text), shape.name), isFlat: true }
  return translateNested(record, () => nestDotted(exactly(found, text), isFields))
}

/** `exact` gives the record with all digits of its integers. */
function translateNested(
  found: JsonObject,
  exact: () => JsonObject,
): Translated | undefined {
  if (isRawWinlogbeat(found)) return nameIt(readRawWinlogbeat(exact()), 'Winlogbeat')
  const dumped = findDumped(found)
  if (dumped) return nameIt(readEvtxDump(findDumped(exact()) ?? dumped), 'evtx_dump')
  if (isOldWinlogbeat(found)) return nameIt(readOldWinlogbeat(exact()), 'Winlogbeat 6')
  if (isEvtxECmd(found)) return nameIt(readEvtxECmd(exact()), 'EvtxECmd')
  if (isEventLogRecord(found)) return translateLogRecord(exact())
  const xml = findXml(found)
  if (xml !== undefined) return translateXml(xml)
  return isDefender(found) ? readDefender(exact()) : readAuditRow(found)
}

const nameIt = (windows: WindowsEvent, shape: string) => ({
  variant: nameVariant(windows, shape),
  windows,
})

/** The event in a record of evtx_dump, or of the tools that wrap such a one. */
function findDumped(found: JsonObject): JsonObject | undefined {
  const { Event } = found
  if (isObject(Event)) return isObject(Event['System']) ? Event : undefined
  // Velociraptor gives the event itself.
  const isBare = isObject(found['EventData']) || isObject(found['UserData'])
  if (isBare && isObject(found['System'])) return found
  // A hit of Chainsaw.
  const data = objectAt(objectAt(found, 'document'), 'data')
  return isObject(data['Event']) ? data['Event'] : undefined
}

function translateLogRecord(found: JsonObject): Translated {
  const event = readEventLogRecord(found)
  if (event) return nameIt(event, 'Get-WinEvent')
  return { variant: 'Windows (Get-WinEvent)', refused: windowsText.unnamedValues() }
}

function translateXml(xml: string): Translated {
  const root = parseXml(xml)
  if (root) return nameIt(readWindowsEvent(root), 'XML')
  const isCutOff = !xml.includes(EVENT_END)
  return {
    variant: 'Windows (XML)',
    refused: isCutOff ? windowsText.cutOff() : windowsText.notXml(),
  }
}

/** A whole number that `JSON.parse` may round. */
const LONG_INTEGER = /[:[,]\s*-?\d{16}/

/** The record with all digits of its integers. */
function exactly(found: JsonObject, text: string | undefined): JsonObject {
  if (text === undefined || !LONG_INTEGER.test(text)) return found
  const exact = readLosslessJson(text)
  const unwrapped = isObject(exact) ? unwrapRecord(exact) : undefined
  return unwrapped?.kind === 'event' ? unwrapped.source : found
}
