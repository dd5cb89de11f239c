import { printXml } from '../../../src/ingest/evtx/print-xml'
import type { XmlScalar } from '../../../src/ingest/windows/xml-tree'
import { isElement, type XmlElement } from '../../../src/ingest/windows/xml-tree'
import { printDump } from '../evtx/dump-json'
import { writeEvtx } from '../evtx/write-evtx'
import { COMPUTER, type IncidentDatum, type IncidentEvent, treeOf } from './incident'

/*
 * The incident in the shapes that tools give it.
 */

/** As `wevtutil qe /f:xml` prints it. */
export const printXmlLines = (events: readonly IncidentEvent[]): string =>
  events.map((event) => `${printXml(treeOf(event, xmlValue))}\r\n`).join('')

/** Times have seven digits of the second. */
const xmlValue = ({ type, value }: IncidentDatum) =>
  type === 'filetime' ? value.replace('Z', '0000Z') : value

/** As an EVTX file holds it, every value in its own type. */
export const printEvtx = (events: readonly IncidentEvent[]): Uint8Array =>
  writeEvtx([events.map((event) => drawXml(treeOf(event, drawValue)))])

/** As `printXml`, but what is in braces is a value, and stays as it is. */
function drawXml({ name, attributes, children, isEmptyTag }: XmlElement): string {
  const drawn = attributes.map((each) => ` ${each.name}='${String(each.value)}'`).join('')
  if (isEmptyTag) return `<${name}${drawn}/>`
  const inner = children.map((child) =>
    isElement(child) ? drawXml(child) : String(child),
  )
  return `<${name}${drawn}>${inner.join('')}</${name}>`
}

const LITTLE = ['uint8', 'uint16', 'uint32', 'uint64', 'int32']

/** A value as `drawn-event.ts` writes it; braces in texts balance. */
function drawValue({ type, value }: IncidentDatum): string {
  if (type === 'text' || LITTLE.includes(type)) return `{${type} ${value}}`
  return `{${type} ${BYTES[type]!(value)}}`
}

const hex = (bytes: Iterable<number>) =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

const littleEndian = (value: bigint, length: number): number[] =>
  Array.from({ length }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn))

/** 100 ns from 1601 to 1970. */
const EPOCH = 116_444_736_000_000_000n

const BYTES: Readonly<Record<string, (value: string) => string>> = {
  bool: (value) => hex(littleEndian(value === 'true' ? 1n : 0n, 4)),
  filetime: (value) => hex(littleEndian(BigInt(Date.parse(value)) * 10_000n + EPOCH, 8)),
  guid(value) {
    const bytes = value.match(/[0-9A-F]{2}/g)!
    return [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15]
      .map((i) => bytes[i])
      .join('')
  },
  hex64: (value) => hex(littleEndian(BigInt(value), 8)),
  sid(value) {
    const [, revision, authority, ...below] = value.split('-').map(Number)
    const numbers = below.flatMap((number) => littleEndian(BigInt(number), 4))
    return hex([revision!, below.length, 0, 0, 0, 0, 0, authority!, ...numbers])
  },
}

/** As evtx_dump prints it: numbers are numbers, GUIDs have lost their braces. */
export const printDumpLines = (events: readonly IncidentEvent[]): string =>
  events.map((event) => `${printJson(printDump(dumpTree(event)))}\n`).join('')

const dumpTree = (event: IncidentEvent): XmlElement =>
  retype(treeOf(event, ({ type, value }) => `${type} ${value}`))

/** Puts values in place of the texts that name their type. */
function retype(element: XmlElement): XmlElement {
  const { attributes, children } = element
  return {
    ...element,
    attributes: attributes.map(({ name, value }) => ({ name, value: dumpValue(value) })),
    children: children.map((child) =>
      isElement(child) ? retype(child) : dumpValue(child),
    ),
  }
}

function dumpValue(value: XmlScalar): XmlScalar {
  const [, type = '', text = ''] = /^(\w+) ([^]*)$/.exec(String(value)) ?? []
  if (type === 'guid') return text.slice(1, -1)
  if (type === 'filetime') return text.replace('Z', '000Z')
  if (type === 'bool') return text === 'true'
  if (type.startsWith('uint') || type === 'int32') return BigInt(text)
  return type in BYTES || type === 'text' ? text : value
}

const printJson = (value: unknown): string =>
  JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'bigint' ? `\u0001${each}\u0001` : each,
  ).replace(/"\\u0001(\d+)\\u0001"/g, '$1')

/** As scripts around Get-WinEvent write it, in the manner of the data sets of 2020. */
export const printFlatLines = (events: readonly IncidentEvent[]): string =>
  events.map((event) => `${JSON.stringify(flatten(event))}\n`).join('')

const flatten = (event: IncidentEvent) => ({
  SourceName: event.provider,
  ProviderGuid: event.guid,
  Level: event.level,
  Keywords: event.keywords,
  Channel: event.channel,
  Hostname: COMPUTER,
  TimeCreated: event.time,
  '@timestamp': event.time,
  EventID: Number(event.id),
  Task: event.task,
  ...Object.fromEntries(event.data.map(({ name, value }) => [name, value])),
})
