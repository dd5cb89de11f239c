import { Malformed } from './damage'
import { readUnits } from './utf16'
import type { DamageCode } from './wording'

/** A file is a header and then chunks of this size, in bytes. */
export const CHUNK_SIZE = 0x10000

/**
 * What reading one record, and all of a chunk, may cost: a unit for each character made,
 * and four or more for each token, element and value. A hostile chunk could otherwise say
 * a thing once and have it repeated for as long as one waits. Real chunks need a thirtieth.
 */
const RECORD_WORK = 1_000_000
const CHUNK_WORK = 4_000_000

/** Elements, and events in events. A hostile event must not use up the stack. */
const MAX_DEPTH = 64

/**
 * The bytes of one chunk, and what reading them may cost. One object serves for all chunks
 * of a file, one by one.
 */
export class ChunkBytes {
  readonly bytes = new Uint8Array(CHUNK_SIZE)
  /** How many of them there are: fewer than 64 KB where a file is cut off. */
  size = 0
  private readonly view = new DataView(this.bytes.buffer)
  private readonly units = new Uint16Array(this.bytes.buffer)
  /** The same without the first byte, as texts may begin at odd places. */
  private readonly shifted = new Uint8Array(CHUNK_SIZE)
  private readonly oddUnits = new Uint16Array(this.shifted.buffer)
  private chunkWork = CHUNK_WORK
  private work = 0

  /** Takes over the bytes of a chunk; what follows them reads as zeros. */
  load(chunk: Uint8Array): void {
    this.size = Math.min(chunk.length, CHUNK_SIZE)
    this.bytes.set(chunk.subarray(0, this.size))
    this.bytes.fill(0, this.size)
    this.shifted.set(this.bytes.subarray(1))
    this.chunkWork = CHUNK_WORK
    this.work = 0
  }

  /** Gives the next record its share of the work. */
  beginRecord(): void {
    this.chunkWork += this.work
    this.work = Math.min(this.chunkWork, RECORD_WORK)
    this.chunkWork -= this.work
  }

  /** Fails when a record has used up its share. */
  spend(work: number): void {
    this.work -= work
    if (this.work < 0) this.fail('too-much')
  }

  checkDepth(depth: number): void {
    if (depth > MAX_DEPTH) this.fail('too-deep')
  }

  /** Gives up the record. */
  fail(code: DamageCode): never {
    throw new Malformed(code)
  }

  u16(at: number): number {
    return at & 1 ? this.oddUnits[at >> 1]! : this.units[at >> 1]!
  }

  u32(at: number): number {
    return this.view.getUint32(at, true)
  }

  i32(at: number): number {
    return this.view.getInt32(at, true)
  }

  u64(at: number): bigint {
    return this.view.getBigUint64(at, true)
  }

  i64(at: number): bigint {
    return this.view.getBigInt64(at, true)
  }

  f32(at: number): number {
    return this.view.getFloat32(at, true)
  }

  f64(at: number): number {
    return this.view.getFloat64(at, true)
  }

  /** UTF-16 text, up to its first NUL. */
  text(at: number, units: number): string {
    this.spend(units)
    const from = at >> 1
    return readUnits(at & 1 ? this.oddUnits : this.units, from, from + units)
  }
}
