import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs'
import type { DirectBlob } from '../ingest/slices'

/**
 * A file on the disk, or a part of it, as a Blob: bytes are read when they are asked for,
 * straight to where they are wanted. Node's own puts every part together from small
 * pieces, which costs more than reading them.
 */
export class FileBlob extends Blob implements DirectBlob {
  private constructor(
    private readonly path: string,
    private readonly from: number,
    private readonly to: number,
    /** When the file was last changed; bytes of another one are not given. */
    private readonly changed: number,
    type = '',
  ) {
    super([], { type })
  }

  /** Throws when there is no file to be read. */
  static at(path: string): FileBlob {
    const stats = statSync(path)
    if (!stats.isFile()) throw new Error('it is no file')
    closeSync(openSync(path, 'r'))
    return new FileBlob(path, 0, stats.size, stats.mtimeMs)
  }

  override get size(): number {
    return this.to - this.from
  }

  override slice(start = 0, end = this.size, type?: string): FileBlob {
    const from = this.from + this.clamp(start)
    const to = Math.max(from, this.from + this.clamp(end))
    return new FileBlob(this.path, from, to, this.changed, type)
  }

  /** Negative ones count from the end. */
  private clamp(offset: number): number {
    return Math.min(this.size, Math.max(0, offset < 0 ? this.size + offset : offset))
  }

  override arrayBuffer(): Promise<ArrayBuffer> {
    return new Promise((resolve) => {
      const bytes = new Uint8Array(new ArrayBuffer(this.size))
      this.readInto(bytes, 0)
      resolve(bytes.buffer)
    })
  }

  /** At once: nobody else waits, and asking a thread to read costs more than reading. */
  readInto(bytes: Uint8Array, offset: number): void {
    const from = this.from + offset
    const file = openSync(this.path, 'r')
    try {
      if (fstatSync(file).mtimeMs !== this.changed)
        throw new Error(`${this.path} has changed`)
      for (let done = 0; done < bytes.length;) {
        const count = readSync(file, bytes, done, bytes.length - done, from + done)
        if (count === 0) throw new Error(`${this.path} has become shorter`)
        done += count
      }
    } finally {
      closeSync(file)
    }
  }

  override async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await this.arrayBuffer())
  }

  override async text(): Promise<string> {
    return new TextDecoder().decode(await this.arrayBuffer())
  }

  override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    let at = 0
    return new ReadableStream({
      pull: async (controller) => {
        if (at < this.size) controller.enqueue(await this.slice(at, at + PIECE).bytes())
        at += PIECE
        if (at >= this.size) controller.close()
      },
    })
  }
}

const PIECE = 1024 * 1024
