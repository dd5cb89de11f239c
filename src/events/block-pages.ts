/** Bytes of pages: small at first, for small tables. */
const FIRST_PAGE = 1 << 15
const LARGEST_PAGE = 1 << 20

/** A buffer that packed blocks lie in, as bytes and as numbers of 2 and 4 bytes. */
export class BlockPage {
  readonly bytes: Uint8Array
  readonly halves: Uint16Array
  readonly words: Uint32Array

  /** `size`: bytes, a multiple of 4. All are 0. */
  constructor(readonly size: number) {
    this.bytes = new Uint8Array(size)
    this.halves = new Uint16Array(this.bytes.buffer)
    this.words = new Uint32Array(this.bytes.buffer)
  }

  /** All of it, as numbers of 2 to the power of `width` bytes. */
  numbers(width: number): Uint8Array | Uint16Array | Uint32Array {
    if (width === 0) return this.bytes
    return width === 1 ? this.halves : this.words
  }

  /** One of those numbers. */
  numberAt(width: number, index: number): number {
    if (width === 0) return this.bytes[index]!
    return width === 1 ? this.halves[index]! : this.words[index]!
  }
}

/**
 * The pages of one table, filled one after another by all its columns. If each block had a
 * buffer of its own, there would be tens of thousands of them, and every collection of
 * garbage would look at all. A page goes when no column has a block in it any more.
 */
export class BlockPages {
  /** Where `take` has found room. */
  page = new BlockPage(0)
  private used = 0

  /** Takes so many bytes, at most LARGEST_PAGE, of the page that `page` is then; where. */
  take(bytes: number): number {
    const at = this.used
    if (at + bytes <= this.page.size) {
      this.used = (at + bytes + 3) & ~3
      return at
    }
    const size = Math.min(LARGEST_PAGE, Math.max(FIRST_PAGE, this.page.size * 2))
    this.page = new BlockPage(size)
    this.used = (bytes + 3) & ~3
    return 0
  }
}
