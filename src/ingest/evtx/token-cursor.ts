import type { ChunkBytes } from './chunk-bytes'

/** Reads tokens from a part of a chunk, and never beyond it. */
export class TokenCursor {
  constructor(
    readonly chunk: ChunkBytes,
    public at: number,
    readonly end: number,
  ) {}

  get isAtEnd(): boolean {
    return this.at >= this.end
  }

  u8(): number {
    return this.chunk.bytes[this.take(1)]!
  }

  u16(): number {
    return this.chunk.u16(this.take(2))
  }

  u32(): number {
    return this.chunk.u32(this.take(4))
  }

  /** A text with its length, in UTF-16 units, before it. */
  text(): string {
    const units = this.u16()
    return this.chunk.text(this.take(units * 2), units)
  }

  /** Passes some bytes, and says where they begin. */
  take(length: number): number {
    const { at } = this
    if (length > this.end - at) this.chunk.fail('past-end')
    this.at = at + length
    return at
  }
}
