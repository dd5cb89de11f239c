import { crc32 } from 'node:zlib'
import {
  type DrawnElement,
  type DrawnNode,
  type DrawnValue,
  readDrawing,
} from './drawn-event'
import { bytesOfValue, typeOfValue, utf16 } from './value-bytes'

const CHUNK_SIZE = 0x10000
const RECORDS_START = 512
const NO_DEPENDENCY = 0xffff
const END = 0x00

/** The number of the next value of a template. */
interface Slots {
  next: number
}

/** 2026-01-05T09:00:00Z as a FILETIME; records follow one another by a second. */
const FIRST_WRITTEN = 134_120_772_000_000_000n
const SECOND = 10_000_000n

/**
 * Writes an event log as Windows would: each line is an event (see `drawn-event.ts`), and
 * `---` begins a new chunk. Names and templates are written where a chunk first uses them;
 * `direct ` before an event writes it without a template, as a collector does.
 */
export function drawEvtx(drawing: string): Uint8Array {
  const lines = drawing.split('\n').map((line) => line.trim())
  const chunks: string[][] = [[]]
  for (const line of lines.filter((each) => each !== ''))
    if (line === '---') chunks.push([])
    else chunks.at(-1)!.push(line)
  return writeEvtx(chunks)
}

/** Writes an event log of some chunks, each the drawings of its events. */
export function writeEvtx(chunks: readonly (readonly string[])[]): Uint8Array {
  const file = new Uint8Array(4096 + chunks.length * CHUNK_SIZE)
  let id = 1
  chunks.forEach((events, i) => {
    file.set(writeChunk(events, id), 4096 + i * CHUNK_SIZE)
    id += events.length
  })
  writeFileHeader(new DataView(file.buffer), chunks.length, id)
  return file
}

function writeFileHeader(view: DataView, chunks: number, nextId: number): void {
  writeMagic(view, 'ElfFile\0')
  view.setBigUint64(16, BigInt(Math.max(0, chunks - 1)), true)
  view.setBigUint64(24, BigInt(nextId), true)
  view.setUint32(32, 128, true)
  view.setUint16(36, 1, true)
  view.setUint16(38, 3, true)
  view.setUint16(40, 4096, true)
  view.setUint16(42, chunks, true)
  view.setUint32(124, crc32(new Uint8Array(view.buffer, 0, 120)), true)
}

function writeChunk(events: readonly string[], firstId: number): Uint8Array {
  const writer = new ChunkWriter()
  events.forEach((event, i) => writer.writeRecord(event, firstId + i))
  return writer.finish(firstId, firstId + events.length - 1)
}

/** Puts right the checksums of a chunk that was changed; `at` is where it begins. */
export function sealChunk(file: Uint8Array, at: number): void {
  const chunk = file.subarray(at, at + CHUNK_SIZE)
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.length)
  const end = view.getUint32(48, true)
  view.setUint32(52, crc32(chunk.subarray(RECORDS_START, end)), true)
  const header = crc32(chunk.subarray(128, RECORDS_START), crc32(chunk.subarray(0, 120)))
  view.setUint32(124, header, true)
}

function writeMagic(view: DataView, magic: string): void {
  for (let i = 0; i < magic.length; i++) view.setUint8(i, magic.charCodeAt(i))
}

class ChunkWriter {
  private readonly bytes = new Uint8Array(CHUNK_SIZE)
  private readonly view = new DataView(this.bytes.buffer)
  private readonly names = new Map<string, number>()
  private readonly templates = new Map<string, number>()
  private at = RECORDS_START
  private last = RECORDS_START

  finish(firstId: number, lastId: number): Uint8Array {
    const { view } = this
    writeMagic(view, 'ElfChnk\0')
    for (const [at, id] of [
      [8, firstId],
      [16, lastId],
      [24, firstId],
      [32, lastId],
    ] as const)
      view.setBigUint64(at, BigInt(id), true)
    view.setUint32(40, 128, true)
    view.setUint32(44, this.last, true)
    view.setUint32(48, this.at, true)
    sealChunk(this.bytes, 0)
    return this.bytes
  }

  writeRecord(event: string, id: number): void {
    const from = this.at
    this.last = from
    this.u32(0x2a2a)
    this.u32(0)
    this.u64(BigInt(id))
    this.u64(FIRST_WRITTEN + BigInt(id) * SECOND)
    this.xml(event)
    while ((this.at - from) % 8 !== 4) this.u8(0)
    this.u32(this.at + 4 - from)
    this.view.setUint32(from + 4, this.at - from, true)
  }

  private instance(nodes: readonly DrawnNode[]): void {
    this.raw([0x0f, 1, 1, 0, 0x0c, 1])
    this.u32(0x1234)
    const shape = shapeOf(nodes)
    const known = this.templates.get(shape)
    if (known === undefined) this.template(nodes, shape)
    else this.u32(known)
    this.values(valuesIn(nodes))
    this.u8(END)
  }

  private template(nodes: readonly DrawnNode[], shape: string): void {
    const at = this.at + 4
    this.u32(at)
    this.templates.set(shape, at)
    this.u32(0)
    this.raw(new Uint8Array(16).fill(this.templates.size))
    const size = this.room()
    this.raw([0x0f, 1, 1, 0])
    this.content(nodes, { next: 0 })
    this.u8(END)
    this.fill(size)
  }

  private values(values: readonly DrawnValue[]): void {
    this.u32(values.length)
    const specs = this.at
    for (const value of values) {
      this.u16(0)
      this.u8(typeOfValue(value))
      this.u8(0)
    }
    values.forEach((value, i) => {
      const from = this.at
      if (value.type === 'xml') this.xml(value.text)
      else this.raw(bytesOfValue(value))
      this.view.setUint16(specs + i * 4, this.at - from, true)
    })
  }

  /** An event within an event has a template too, or none if it is drawn `direct`. */
  private xml(event: string): void {
    if (!event.startsWith('direct ')) return this.instance(readDrawing(event))
    this.raw([0x0f, 1, 1, 0])
    this.content(readDrawing(event.slice('direct '.length)), undefined)
    this.u8(END)
  }

  /** `slots` counts the values of a template; elsewhere there are none. */
  private content(nodes: readonly DrawnNode[], slots: Slots | undefined): void {
    for (const node of nodes)
      if (node.kind === 'element') this.element(node, slots)
      else if (node.kind === 'instruction') {
        this.u8(0x0a)
        this.name(node.target)
        this.u8(0x0b)
        this.text(node.text)
      } else this.characters(node, slots)
  }

  private element(element: DrawnElement, slots: Slots | undefined): void {
    const { attributes, content } = element
    this.u8(attributes.length > 0 ? 0x41 : 0x01)
    // Filled in below, when the number of the optional value is known.
    const dependency = this.at
    if (slots) this.u16(NO_DEPENDENCY)
    const size = this.room()
    this.name(element.name)
    if (attributes.length > 0) this.attributes(element, slots)
    if (slots) this.depend(dependency, content, slots)
    this.u8(element.isEmptyTag ? 0x03 : 0x02)
    this.content(content, slots)
    if (!element.isEmptyTag) this.u8(0x04)
    this.fill(size)
  }

  private depend(at: number, content: readonly DrawnNode[], slots: Slots): void {
    const optional = content.findIndex((node) => node.kind === 'value' && node.isOptional)
    if (optional < 0) return
    const before = valuesIn(content.slice(0, optional)).length
    this.view.setUint16(at, slots.next + before, true)
  }

  private attributes({ attributes }: DrawnElement, slots: Slots | undefined): void {
    const size = this.room()
    attributes.forEach(({ name, content }, i) => {
      this.u8(i < attributes.length - 1 ? 0x46 : 0x06)
      this.name(name)
      this.content(content, slots)
    })
    this.fill(size)
  }

  private characters(
    node: Exclude<DrawnNode, { kind: 'element' | 'instruction' }>,
    slots: Slots | undefined,
  ): void {
    if (node.kind === 'value') {
      if (!slots) throw new Error('Only a template can have values.')
      this.u8(node.isOptional ? 0x0e : 0x0d)
      this.u16(isRepeated(node) ? Number(node.type.slice(1)) : slots.next++)
      this.u8(isRepeated(node) ? 0 : typeOfValue(node))
    } else if (node.kind === 'entity') {
      this.u8(0x09)
      this.name(node.text)
    } else if (node.kind === 'character') {
      this.u8(0x08)
      this.u16(Number(node.text))
    } else {
      this.raw(node.kind === 'text' ? [0x05, 0x01] : [0x07])
      this.text(node.text)
    }
  }

  /** The place of a name; the name itself follows where it is used first. */
  private name(name: string): void {
    const known = this.names.get(name)
    if (known !== undefined) return this.u32(known)
    const at = this.at + 4
    this.names.set(name, at)
    this.u32(at)
    this.u32(0)
    this.u16(hashOf(name))
    this.text(name)
    this.u16(0)
  }

  private text(text: string): void {
    this.u16(text.length)
    this.raw(utf16(text))
  }

  /** Leaves room for the size of what follows, to be filled in when it is known. */
  private room(): number {
    this.u32(0)
    return this.at
  }

  private fill(from: number): void {
    this.view.setUint32(from - 4, this.at - from, true)
  }

  private raw(bytes: ArrayLike<number>): void {
    this.bytes.set(bytes, this.at)
    this.at += bytes.length
  }

  private u8(value: number): void {
    this.view.setUint8(this.at++, value)
  }

  private u16(value: number): void {
    this.view.setUint16(this.at, value, true)
    this.at += 2
  }

  private u32(value: number): void {
    this.view.setUint32(this.at, value, true)
    this.at += 4
  }

  private u64(value: bigint): void {
    this.view.setBigUint64(this.at, value, true)
    this.at += 8
  }
}

const isRepeated = ({ type }: DrawnValue): boolean => type.startsWith('=')

/** Two events of one shape share a template: only their values differ. */
const shapeOf = (nodes: readonly DrawnNode[]): string =>
  JSON.stringify(nodes, (_, node: DrawnNode) =>
    node.kind === 'value' && !isRepeated(node)
      ? { ...node, kind: 'slot', text: '', type: '' }
      : node,
  )

/** In the order in which a template numbers them. */
function valuesIn(nodes: readonly DrawnNode[]): readonly DrawnValue[] {
  return nodes.flatMap((node) => {
    if (node.kind === 'value') return isRepeated(node) ? [] : [node]
    if (node.kind !== 'element') return []
    const inAttributes = node.attributes.flatMap(({ content }) => valuesIn(content))
    return [...inAttributes, ...valuesIn(node.content)]
  })
}

/** The hash of MS-EVEN6 2.2.12. */
function hashOf(name: string): number {
  let hash = 0
  for (let i = 0; i < name.length; i++)
    hash = (Math.imul(hash, 65599) + name.charCodeAt(i)) >>> 0
  return hash & 0xffff
}
