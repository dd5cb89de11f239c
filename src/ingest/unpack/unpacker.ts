import { ByteWindow, fillHead, headOf, restOf } from '../byte-window'
import type { Pace } from '../pace'
import { readPieces, type ReadingPlace } from '../slices'
import { Spool } from '../spool'
import { problemText } from '../wording'
import { Budget, LIMITS, type UnpackLimits } from './budget'
import { isAppleDouble, recogniseContainer } from './container'
import { gunzip } from './gunzip'
import { inflateEntry } from './inflate-entry'
import { UnpackProblem } from './unpack-problem'
import { untar } from './untar'
import { nameMethod, unpackText } from './wording'
import { findEntryData, readZipDirectory, type ZipEntry } from './zip-directory'

/** A file that packs no other, to be read before the next one is asked for. */
export interface UnpackedFile {
  /** Its name in the archive, without folders; none for what came in no archive. */
  readonly name: string | undefined
  /** The same with its folders, below those of the archives it is in; empty for none. */
  readonly path: string
  /** Its bytes; the first 64 KB are there. */
  readonly window: ByteWindow
  /** All of its bytes, where they need not be unpacked to be had. */
  readonly blob: Blob | undefined
  /** Why its bytes ended before their time; known when they have been read. */
  readonly failure: string | undefined
}

/** A file, or a whole container, that cannot be had. */
export interface RefusedFile {
  readonly name: string | undefined
  readonly problem: string
}

interface Packed {
  readonly name: string | undefined
  readonly path: string
  readonly pieces: AsyncGenerator<Uint8Array>
  readonly blob?: Blob
  /** How many containers it is in. */
  readonly depth: number
  /** What it comes out of. */
  readonly outer?: Stream
}

export interface UnpackerOptions {
  readonly place: ReadingPlace
  readonly pace: Pace
  readonly limits?: UnpackLimits
}

/**
 * Finds the files in a source: itself, or what is packed in it by gzip, zip and tar, in
 * any order and within one another. All is streamed; of what was unpacked, nothing is
 * kept. Never rejects: what cannot be had is told.
 */
export class Unpacker {
  isArchive = false
  isCompressed = false
  private readonly budget: Budget
  private readonly place: ReadingPlace
  private readonly pace: Pace

  constructor(
    private readonly blob: Blob,
    { place, pace, limits = LIMITS }: UnpackerOptions,
  ) {
    this.place = place
    this.pace = pace
    this.budget = new Budget(limits, () => place.bytesRead)
  }

  /** Why unpacking was ended before all was had. */
  get problem(): string | undefined {
    return this.budget.problem
  }

  files(): AsyncGenerator<UnpackedFile | RefusedFile> {
    const { blob } = this
    const pieces = readPieces(blob, this.place)
    return this.open({ name: undefined, path: '', pieces, blob, depth: 0 })
  }

  private async *open(packed: Packed): AsyncGenerator<UnpackedFile | RefusedFile> {
    const stream = new Stream(packed.pieces, packed.outer)
    const pieces = stream.pieces()
    try {
      yield* this.openStream(packed, stream, new ByteWindow(pieces))
    } finally {
      // Nobody may have wanted all of them.
      await pieces.return(undefined)
    }
  }

  private async *openStream(
    { name, path, depth, blob }: Packed,
    stream: Stream,
    window: ByteWindow,
  ): AsyncGenerator<UnpackedFile | RefusedFile> {
    await fillHead(window)
    const head = headOf(window)
    const container = recogniseContainer(head, window.isDone)
    const at = { name, path, depth: depth + 1 }
    const inside = { ...at, stream, window, blob }
    if (!container) {
      if (isAppleDouble(head) && depth > 0) return
      yield new File(name, path, window, blob, stream)
    } else if (this.budget.isTooDeep(depth + 1))
      yield { name, problem: this.budget.sayTooDeep() }
    else yield* this.openContainer(container, inside)
  }

  private async *openContainer(
    container: Exclude<ReturnType<typeof recogniseContainer>, undefined>,
    inside: Inside,
  ): AsyncGenerator<UnpackedFile | RefusedFile> {
    const { name } = inside
    if (container === 'gzip') {
      yield* this.openGzip(inside)
      return
    }
    this.isArchive = true
    const files = container === 'zip' ? this.openZip(inside) : this.openTar(inside)
    let isEmpty = true
    try {
      for await (const file of files) {
        isEmpty = false
        yield file
      }
      if (isEmpty) yield { name, problem: unpackText.noFiles() }
    } catch (error) {
      yield { name, problem: explainFailure(error) }
    }
  }

  private openGzip({ name, path, window, stream, depth }: Inside) {
    this.isCompressed = true
    const pieces = this.meter(gunzip(restOf(window)))
    return this.open({ name, path, pieces, outer: stream, depth })
  }

  private async *openTar({ path, window, stream, depth }: Inside) {
    for await (const { name, isSparse, pieces } of untar(window)) {
      if (this.isOver()) return
      this.budget.takeFile()
      const base = baseName(name)
      if (isLeftAside(name)) continue
      if (isSparse) yield { name: base, problem: unpackText.sparse() }
      else {
        const at = { name: base, path: pathIn(path, name) }
        yield* this.open({ ...at, pieces, outer: stream, depth })
      }
    }
  }

  private async *openZip(inside: Inside) {
    this.isCompressed = true
    const isStored = inside.blob !== undefined
    const blob = inside.blob ?? (await this.spool(inside.window))
    // What was read to look at it is read again.
    if (isStored) this.place.bytesRead = 0
    let packed = 0
    for (const entry of await readZipDirectory(blob)) {
      if (this.isOver()) return
      if (entry.name.endsWith('/')) continue
      this.budget.takeFile()
      packed += entry.packedSize
      this.budget.checkPacked(packed, blob.size)
      const place = isStored ? this.place : { bytesRead: 0 }
      const to = place.bytesRead + entry.packedSize
      if (!isLeftAside(entry.name)) yield* this.openEntry(blob, entry, place, inside)
      if (!this.isOver()) place.bytesRead = Math.min(to, blob.size)
    }
  }

  private async *openEntry(
    archive: Blob,
    entry: ZipEntry,
    place: ReadingPlace,
    { path, stream, depth }: Inside,
  ): AsyncGenerator<UnpackedFile | RefusedFile> {
    const { isEncrypted, method, packedSize } = entry
    const name = baseName(entry.name)
    try {
      if (isEncrypted) throw new UnpackProblem(unpackText.encrypted())
      if (method !== STORED && method !== DEFLATED)
        throw new UnpackProblem(unpackText.method(nameMethod(method)))
      const from = await findEntryData(archive, entry)
      const blob = archive.slice(from, from + packedSize)
      // In small pieces: what was read says how much of it was unpacked.
      const stored = readPieces(blob, place, PACKED_PIECE)
      const packed = { name, path: pathIn(path, entry.name), outer: stream, depth }
      if (method === STORED) yield* this.open({ ...packed, pieces: stored, blob })
      else yield* this.open({ ...packed, pieces: this.meter(inflateEntry(stored)) })
    } catch (error) {
      yield { name, problem: explainFailure(error) }
    }
  }

  /** Nobody wants more, or there is to be no more. */
  private isOver(): boolean {
    return this.pace.isStopped || this.budget.problem !== undefined
  }

  private async *meter(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      this.budget.take(piece.length)
      // What is passed over has to give way as well.
      if (this.pace.isDue) await this.pace.rest()
      yield piece
    }
  }

  /** Puts an archive aside that has to be read from its end. */
  private async spool(window: ByteWindow): Promise<Blob> {
    const spool = new Spool()
    for await (const _ of spool.keep(restOf(window))) if (this.isOver()) break
    return spool.blob()
  }
}

interface Inside {
  readonly name: string | undefined
  readonly path: string
  readonly stream: Stream
  readonly window: ByteWindow
  readonly blob: Blob | undefined
  readonly depth: number
}

const PACKED_PIECE = 16 * 1024
const STORED = 0
const DEFLATED = 8

/** Bytes that end where they fail, and tell why. */
class Stream {
  private own: string | undefined = undefined

  constructor(
    private readonly bytes: AsyncIterable<Uint8Array>,
    private readonly outer: Stream | undefined,
  ) {}

  /** Where the outer bytes end too soon, so do these. */
  get failure(): string | undefined {
    return this.outer?.failure ?? this.own
  }

  async *pieces(): AsyncGenerator<Uint8Array> {
    try {
      yield* this.bytes
    } catch (error) {
      this.own = explainFailure(error)
    }
  }
}

class File implements UnpackedFile {
  constructor(
    readonly name: string | undefined,
    readonly path: string,
    readonly window: ByteWindow,
    readonly blob: Blob | undefined,
    private readonly stream: Stream,
  ) {}

  get failure(): string | undefined {
    return this.stream.failure
  }
}

function explainFailure(error: unknown): string {
  if (error instanceof UnpackProblem) return error.message
  return problemText.unreadable(error instanceof Error ? error.message : String(error))
}

/** Folders in names are never followed, least of all upwards. */
const baseName = (path: string): string => path.split(/[\\/]/).at(-1)!

/** Below the archive's own path, never above it. */
const pathIn = (archive: string, path: string): string =>
  [archive, ...path.split(/[\\/]/)].filter((part) => !/^\.{0,2}$/.test(part)).join('/')

/** What systems put into archives beside the files that people do. */
const isLeftAside = (path: string): boolean =>
  /(?:^|[\\/])(?:__MACOSX[\\/].*|\._[^\\/]*|\.DS_Store|Thumbs\.db|desktop\.ini)$/i.test(
    path,
  )
