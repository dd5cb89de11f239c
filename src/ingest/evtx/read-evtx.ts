import { CHUNK_SIZE } from './chunk-bytes'
import { type ChunkListener, ChunkReader } from './chunk-reader'
import { describeDamage, type EvtxDamage } from './damage'
import { CHUNKS_START, type EvtxHeader, readFileHeader } from './file-header'
import type { DamageCode } from './wording'
import type { XmlElement } from '../windows/xml-tree'

/** One event of a log. */
export interface EvtxRecord {
  /** The number that Windows gave it; exact up to 2^53. */
  readonly id: number
  /** Bytes from the beginning of the file to the record. */
  readonly offset: number
  /** In bytes. */
  readonly length: number
  /** 0-based place of its chunk in the file. */
  readonly chunk: number
  /** `<Event>`, with values as Windows renders them. */
  readonly root: XmlElement
}

export interface EvtxOptions {
  /** Called for each place that is not as it should be; nothing of it is fatal. */
  readonly onDamage?: (damage: EvtxDamage) => void
  /** Called after each chunk, that is every 64 KB; false ends the reading. */
  readonly onChunk?: () => boolean | Promise<boolean>
}

/** What became of a log. */
export interface EvtxSummary {
  /** Absent if the file does not begin as a log does. */
  readonly header: EvtxHeader | undefined
  readonly chunks: number
  readonly records: number
  /** Records, or whole chunks, that could not be read. */
  readonly losses: number
}

/**
 * Reads a Windows event log (EVTX) chunk by chunk, so that a file of any size needs the
 * memory of one. Gives every record of every chunk, also of those that the header does not
 * count; what is damaged is reported and passed over. Rejects only if `source` does.
 * https://learn.microsoft.com/en-us/openspecs/windows_protocols/ms-even6/
 */
export async function readEvtx(
  source: Uint8Array | AsyncIterable<Uint8Array>,
  onRecord: (record: EvtxRecord) => void,
  options: EvtxOptions = {},
): Promise<EvtxSummary> {
  const file = new EvtxFile(onRecord, options.onDamage)
  const pieces = source instanceof Uint8Array ? [source] : source
  for await (const block of cutBlocks(pieces)) {
    file.readBlock(block)
    if (options.onChunk && !(await options.onChunk())) break
  }
  return file.summary
}

/**
 * Reads one record again, from the 64 KB that begin at `chunkStart(offset)` in the file.
 * Undefined if there is none.
 */
export function readEvtxRecord(
  chunk: Uint8Array,
  offset: number,
): XmlElement | undefined {
  return new ChunkReader().readRecordAt(chunk, offset - chunkStart(offset))
}

/** Where the chunk begins in the file that holds the byte at `offset`. */
export const chunkStart = (offset: number): number =>
  offset - ((offset - CHUNKS_START) % CHUNK_SIZE)

/** Cuts a file into its header and its chunks. A block is valid until the next is asked for. */
async function* cutBlocks(
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const room = new Uint8Array(CHUNK_SIZE)
  let wanted = CHUNKS_START
  let filled = 0
  for await (const piece of pieces)
    for (let from = 0; from < piece.length;) {
      const part = piece.subarray(from, from + wanted - filled)
      room.set(part, filled)
      filled += part.length
      from += part.length
      if (filled < wanted) continue
      yield room.subarray(0, filled)
      filled = 0
      wanted = CHUNK_SIZE
    }
  if (filled > 0 || wanted === CHUNKS_START) yield room.subarray(0, filled)
}

/** Reads the blocks of one file, and counts. */
class EvtxFile implements ChunkListener {
  private readonly reader = new ChunkReader()
  private header: EvtxHeader | undefined = undefined
  /** Of the block that comes next; the header's is -1. */
  private place = -1
  private chunks = 0
  private records = 0
  private losses = 0

  constructor(
    private readonly record: (record: EvtxRecord) => void,
    private readonly damage: ((damage: EvtxDamage) => void) | undefined,
  ) {}

  get summary(): EvtxSummary {
    const { header, chunks, records, losses } = this
    return { header, chunks, records, losses }
  }

  readBlock(bytes: Uint8Array): void {
    if (this.place < 0) this.readHeader(bytes)
    else {
      if (this.reader.readChunk(bytes, this)) this.chunks++
      if (bytes.length < CHUNK_SIZE) this.onDamage('chunk-cut', bytes.length)
    }
    this.place++
  }

  onRecord(root: XmlElement, at: number, length: number, id: number): void {
    this.records++
    this.record({ id, offset: this.start + at, length, chunk: this.place, root })
  }

  onDamage(code: DamageCode, at: number): void {
    const damage = describeDamage(code, this.start + at, this.place)
    if (damage.isLoss) this.losses++
    this.damage?.(damage)
  }

  private readHeader(bytes: Uint8Array): void {
    this.header = readFileHeader(bytes)
    if (!this.header) this.onDamage('not-evtx', 0)
    else if (!this.header.isChecksumRight) this.onDamage('file-checksum', 0)
  }

  private get start(): number {
    return this.place < 0 ? 0 : CHUNKS_START + this.place * CHUNK_SIZE
  }
}
