/** Keeps unpacked or re-encoded bytes, in Blobs so that they need not lie in memory. */
export class Spool {
  private readonly blobs: Blob[] = []
  private pieces: Uint8Array<ArrayBuffer>[] = []
  private bytes = 0

  async *keep(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      this.add(piece.slice())
      yield piece
    }
  }

  /** Takes bytes that nobody else changes. */
  add(piece: Uint8Array<ArrayBuffer>): void {
    this.pieces.push(piece)
    this.bytes += piece.length
    if (this.bytes > BLOB_BYTES) this.pack()
  }

  blob(): Blob {
    this.pack()
    return new Blob(this.blobs)
  }

  private pack(): void {
    if (this.pieces.length === 0) return
    this.blobs.push(new Blob(this.pieces))
    this.pieces = []
    this.bytes = 0
  }
}

const BLOB_BYTES = 8 * 1024 * 1024
