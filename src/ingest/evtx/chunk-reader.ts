import { ChunkBytes } from './chunk-bytes'
import { isUnused, readChunkHeader, RECORDS_START } from './chunk-header'
import { Malformed } from './damage'
import { TemplateFiller } from './fill-template'
import { BinXmlParser } from './parse-binxml'
import type { DamageCode } from './wording'
import { isElement, type XmlElement } from '../windows/xml-tree'

/** What a chunk tells while it is read; places are bytes from its beginning. */
export interface ChunkListener {
  onRecord(root: XmlElement, at: number, length: number, id: number): void
  onDamage(code: DamageCode, at: number): void
}

/** Two asterisks and two NULs. */
const MAGIC = 0x00002a2a
/** ** size:4 id:8 written:8 before the binary XML of a record, and size:4 behind it. */
const HEAD = 24
const TAIL = 4

/** Reads chunks, one by one; keeps nothing of one for the next. */
export class ChunkReader {
  private readonly chunk = new ChunkBytes()
  private readonly parser = new BinXmlParser(this.chunk)
  private readonly filler = new TemplateFiller(this.chunk, this.parser)

  /** Every record of a chunk. Answers whether it is one, or room kept free for one. */
  readChunk(bytes: Uint8Array, listener: ChunkListener): boolean {
    this.load(bytes)
    const header = readChunkHeader(this.chunk)
    if (!header) {
      if (!isUnused(this.chunk)) listener.onDamage('no-chunk', 0)
      return false
    }
    if (!header.isHeaderRight) listener.onDamage('chunk-checksum', 0)
    if (!header.areRecordsRight) listener.onDamage('records-checksum', RECORDS_START)
    this.readRecords(header.recordsEnd, listener)
    return true
  }

  /** One record, whose beginning is known from an earlier reading of its chunk. */
  readRecordAt(bytes: Uint8Array, at: number): XmlElement | undefined {
    this.load(bytes)
    if (!this.isRecord(at)) return undefined
    const read = this.readRecord(at, this.chunk.u32(at + 4))
    return typeof read === 'string' ? undefined : read
  }

  private load(bytes: Uint8Array): void {
    this.chunk.load(bytes)
    this.parser.reset()
  }

  private readRecords(end: number, listener: ChunkListener): void {
    const { chunk } = this
    let at = RECORDS_START
    while (at + HEAD + TAIL <= end) {
      if (!this.isRecord(at)) {
        const next = this.findRecord(at + 1, end)
        if (next < end || !this.isBlank(at, end)) listener.onDamage('record-lost', at)
        at = next
        continue
      }
      const length = chunk.u32(at + 4)
      const next = this.findNext(at, length, end)
      const read = this.readRecord(at, length)
      if (typeof read === 'string') listener.onDamage(read, at)
      else listener.onRecord(read, at, length, Number(chunk.u64(at + 8)))
      at = next
    }
  }

  /** The tree of a record, or what is wrong with it. */
  private readRecord(at: number, length: number): XmlElement | DamageCode {
    this.chunk.beginRecord()
    try {
      const nodes = this.filler.fillFragment(at + HEAD, at + length - TAIL, 0)
      return nodes.find(isElement) ?? 'no-event'
    } catch (error) {
      if (error instanceof Malformed) return error.code
      throw error
    }
  }

  /** Whether the head of a record stands here, and all of it is in the chunk. */
  private isRecord(at: number): boolean {
    const { chunk } = this
    if (at < 0 || at + HEAD + TAIL > chunk.size || chunk.u32(at) !== MAGIC) return false
    const length = chunk.u32(at + 4)
    return length >= HEAD + TAIL && length <= chunk.size - at
  }

  /** Where the next record is: behind this one, unless its length cannot be right. */
  private findNext(at: number, length: number, end: number): number {
    const behind = at + length
    if (this.isLengthRight(at) || this.isRecord(behind)) return behind
    return Math.min(this.findRecord(at + HEAD, end), behind)
  }

  /** The next place where a whole record stands; `end` if there is none. */
  private findRecord(from: number, end: number): number {
    const { chunk } = this
    for (let at = from; ; at++) {
      at = chunk.bytes.indexOf(MAGIC & 0xff, at)
      if (at < 0 || at + HEAD + TAIL > end) return end
      if (this.isRecord(at) && this.isLengthRight(at)) return at
    }
  }

  /** A record says its length at both ends. */
  private isLengthRight(at: number): boolean {
    const length = this.chunk.u32(at + 4)
    return this.chunk.u32(at + length - TAIL) === length
  }

  private isBlank(from: number, to: number): boolean {
    return this.chunk.bytes.subarray(from, to).every((byte) => byte === 0)
  }
}
