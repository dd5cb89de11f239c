/**
 * A window that slides over a stream of bytes. `bytes[from … to)` is what has been read
 * and not yet been done with; `offset` is where `from` lies in the stream.
 */
export class ByteWindow {
  bytes: Uint8Array = new Uint8Array(0)
  from = 0
  to = 0
  offset = 0
  /** Nothing more will come after `to`. */
  isDone = false
  /** `bytes` are those of a piece, which are not there for long, and not to be changed. */
  private isPiece = false

  constructor(private readonly pieces: AsyncIterator<Uint8Array>) {}

  get length(): number {
    return this.to - this.from
  }

  /** Is done with all bytes before this index. */
  moveTo(index: number): void {
    this.offset += index - this.from
    this.from = index
  }

  /** Appends the next piece; indices before `from` become invalid. False at the end. */
  async more(): Promise<boolean> {
    const next = await this.pieces.next()
    if (next.done) {
      this.isDone = true
      return false
    }
    this.append(next.value)
    return true
  }

  private append(piece: Uint8Array): void {
    const kept = this.length
    if (kept === 0) {
      // Nothing to be joined: the piece is used where it is.
      this.bytes = piece
      this.isPiece = true
      this.from = 0
      this.to = piece.length
      return
    }
    const needed = kept + piece.length
    if (this.isPiece || needed > this.bytes.length) {
      const larger = new Uint8Array(Math.max(needed, this.bytes.length * 2))
      larger.set(this.bytes.subarray(this.from, this.to))
      this.bytes = larger
      this.isPiece = false
    } else if (this.from > 0) this.bytes.copyWithin(0, this.from, this.to)
    this.bytes.set(piece, kept)
    this.from = 0
    this.to = needed
  }
}

const HEAD_BYTES = 64 * 1024

/** Fetches enough to look at the head. */
export async function fillHead(window: ByteWindow): Promise<void> {
  while (window.length < HEAD_BYTES && (await window.more()));
}

/** The first 64 KB, or all there is. */
export const headOf = ({ bytes, from, to }: ByteWindow): Uint8Array =>
  bytes.subarray(from, Math.min(to, from + HEAD_BYTES))

/** Whether the head is all there is; after `fillHead`. */
export const isHeadWhole = (window: ByteWindow): boolean =>
  window.isDone && window.length <= HEAD_BYTES

/** What a window holds and all that would come after it. */
export async function* restOf(window: ByteWindow): AsyncGenerator<Uint8Array> {
  do {
    const { bytes, from, to } = window
    window.moveTo(to)
    yield bytes.slice(from, to)
  } while (await window.more())
}
