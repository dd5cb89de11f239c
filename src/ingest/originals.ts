/**
 * Where the text of each event of a source is, so that it can be shown exactly as it
 * came: byte offset and length, 12 bytes an event.
 */
export class RecordSpans {
  private offsets = new Float64Array(64)
  private lengths = new Uint32Array(64)
  private count = 0

  add(offset: number, length: number): void {
    if (this.count === this.offsets.length) this.widen()
    this.offsets[this.count] = offset
    this.lengths[this.count++] = length
  }

  /** Adds spans whose offsets count from `base`. */
  addMany(base: number, offsets: Uint32Array, lengths: Uint32Array): void {
    while (this.count + offsets.length > this.offsets.length) this.widen()
    this.lengths.set(lengths, this.count)
    for (let i = 0; i < offsets.length; i++)
      this.offsets[this.count++] = base + offsets[i]!
  }

  private widen(): void {
    const room = this.offsets.length * 2
    const offsets = new Float64Array(room)
    offsets.set(this.offsets)
    this.offsets = offsets
    const lengths = new Uint32Array(room)
    lengths.set(this.lengths)
    this.lengths = lengths
  }

  /** From and to, in bytes; an empty span for an event that is not there. */
  at(index: number): readonly [number, number] {
    if (index >= this.count) return [0, 0]
    return [this.offsets[index]!, this.offsets[index]! + this.lengths[index]!]
  }
}

/** The records of one source as they came. */
export class Originals {
  constructor(
    private readonly utf8: Blob,
    private readonly spans: RecordSpans,
  ) {}

  /** The text of an event, by its 0-based position in the source. */
  async text(indexInSource: number): Promise<string> {
    const [from, to] = this.spans.at(indexInSource)
    const bytes = await this.utf8.slice(from, to).arrayBuffer()
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  }
}

/** Keeps unpacked or re-encoded text, in Blobs so that it need not lie in memory. */
export class TextKeeper {
  private readonly blobs: Blob[] = []
  private pieces: Uint8Array<ArrayBuffer>[] = []
  private bytes = 0

  async *keep(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      this.pieces.push(piece.slice())
      this.bytes += piece.length
      if (this.bytes > BLOB_BYTES) this.pack()
      yield piece
    }
  }

  blob(): Blob {
    this.pack()
    return new Blob(this.blobs)
  }

  private pack(): void {
    this.blobs.push(new Blob(this.pieces))
    this.pieces = []
    this.bytes = 0
  }
}

const BLOB_BYTES = 8 * 1024 * 1024
