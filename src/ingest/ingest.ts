import type { GrowingTable } from '../events/growing-table'
import { ByteWindow } from './byte-window'
import { Encoder, MemoryExhausted } from './encoder'
import { type EncoderBuild, loadEncoderModule } from './encoder-module'
import { detectEncoding, type Encoding, toUtf8 } from './encoding'
import type { Head } from './format'
import { formats } from './formats'
import { GzipDamage, gunzip } from './gunzip'
import type { Keep } from './keep'
import { KeepFilter } from './keep-filter'
import { Originals, TextKeeper } from './originals'
import { Pace } from './pace'
import { RecordReader } from './record-reader'
import type { ReadAs } from './read-as'
import type { IngestProgress, IngestReport } from './report'
import { isBinary, recogniseForeign, recogniseForeignText } from './signatures'
import { readPieces, type ReadingPlace } from './slices'
import type { SourceFile } from './source'
import { problemText } from './wording'

/** One source, read. */
export interface Ingested {
  /** Its number in the table. */
  readonly source: number
  readonly report: IngestReport
  readonly originals: Originals
}

export interface IngestOptions {
  /** Stops the reading; what was read is kept and reported as partial. */
  readonly signal?: AbortSignal
  /** At most 20 times a second. */
  readonly onProgress?: (progress: IngestProgress) => void
  /** What alone is to be kept. */
  readonly keep?: Keep
  /** What a person decided about how it is to be read. */
  readonly readAs?: ReadAs
  /** Which encoder reads into a table without rows; the best there is by default. */
  readonly encoder?: EncoderBuild
}

/**
 * Reads a file, plain or gzipped, into the table as a new source. Whatever the file
 * holds, it answers with a report and does not throw; even a Blob that cannot be read
 * is a `problem` of the report.
 */
export async function ingest(
  file: SourceFile,
  table: GrowingTable,
  options: IngestOptions = {},
): Promise<Ingested> {
  const encoder = await encoderOf(table, options.encoder)
  return new Ingestion(file, table, encoder, options).run()
}

const encoders = new WeakMap<GrowingTable, Encoder>()

/** The encoder that has the columns of a table; none if they were made without one. */
async function encoderOf(
  table: GrowingTable,
  build: EncoderBuild | undefined,
): Promise<Encoder | undefined> {
  const module = await loadEncoderModule(build)
  const known = encoders.get(table)
  // Of a table that has been emptied, the memory is given back.
  if (!module || (known && !known.isLeft)) return known
  if (table.columnNames().length > 0) return undefined
  const encoder = new Encoder(module, table)
  encoders.set(table, encoder)
  return encoder
}

const HEAD_BYTES = 64 * 1024

/** What the first bytes of the unpacked text say about it. */
interface Opened {
  readonly format: (typeof formats)[number]
  readonly window: ByteWindow
}

class Ingestion {
  private readonly place: ReadingPlace = { bytesRead: 0 }
  private readonly source: number
  private readonly pace: Pace
  private readonly filter: KeepFilter | undefined
  private readonly reader: RecordReader
  private readonly blob: Blob
  private keeper: TextKeeper | undefined = undefined
  private isCompressed = false
  private formatName = 'unknown'
  /** Why the bytes ended before their time. */
  private failure: string | undefined = undefined

  constructor(
    file: SourceFile,
    private readonly table: GrowingTable,
    private readonly encoder: Encoder | undefined,
    options: IngestOptions,
  ) {
    this.blob = file.blob
    this.source = table.startSource()
    this.pace = new Pace(options.signal, options.onProgress, () => this.progress)
    this.filter = options.keep && new KeepFilter(options.keep, table)
    this.reader = new RecordReader(table, this.source, {
      pace: this.pace,
      encoder,
      keep: this.filter,
      readAs: options.readAs ?? {},
    })
  }

  private get progress(): IngestProgress {
    const { bytesRead } = this.place
    return { bytesRead, bytesTotal: this.blob.size, events: this.reader.events }
  }

  async run(): Promise<Ingested> {
    const problem = await this.read()
    this.pace.report()
    const report = this.report(this.failure ?? problem ?? this.findProblem())
    const blob = this.keeper?.blob() ?? this.blob
    const originals = new Originals([{ first: 0, blob, kind: 'text' }], this.reader.spans)
    return { source: this.source, report, originals }
  }

  /** Reads everything; a sentence when there is nothing to be had from the file. */
  private async read(): Promise<string | undefined> {
    if (this.blob.size === 0) return problemText.empty()
    const opened = await this.open()
    if (typeof opened === 'string') return opened
    this.formatName = opened.format.name
    await this.readRecords(opened)
    return undefined
  }

  private async readRecords({ format, window }: Opened): Promise<void> {
    try {
      if (this.encoder?.isFull) throw new MemoryExhausted()
      await format.read(window, this.reader)
    } catch (error) {
      if (!(error instanceof MemoryExhausted || error instanceof RangeError)) throw error
      this.encoder?.abandon()
      this.table.abandonRow()
      this.failure = problemText.memoryFull()
    }
  }

  /** Unpacks, decodes and recognises. */
  private async open(): Promise<Opened | string> {
    const bytes = new ByteWindow(this.unpack(readPieces(this.blob, this.place)))
    await fill(bytes)
    if (bytes.length === 0) return problemText.emptyGzip()
    const { encoding, mark } = detectEncoding(headOf(bytes))
    const foreign = recogniseForeign(headOf(bytes))
    if (foreign) return problemText.foreign(foreign.what, foreign.remedy)
    const isUtf8 = encoding === 'utf-8'
    if (isUtf8 && isBinary(headOf(bytes))) return problemText.binary()
    bytes.moveTo(bytes.from + mark)
    const window = isUtf8 && !this.isCompressed ? bytes : this.keep(bytes, encoding)
    await fill(window)
    return this.recognise(window)
  }

  private keep(bytes: ByteWindow, encoding: Encoding) {
    this.keeper = new TextKeeper()
    const rest = restOf(bytes)
    const utf8 = encoding === 'utf-8' ? rest : toUtf8(rest, encoding)
    return new ByteWindow(this.keeper.keep(utf8))
  }

  private recognise(window: ByteWindow): Opened | string {
    const text = new TextDecoder().decode(headOf(window))
    const isWhole = window.isDone && window.length <= HEAD_BYTES
    const head: Head = { text, isWhole }
    if (isWhole && text.trim() === '') return problemText.blank()
    const foreign = recogniseForeignText(text)
    if (foreign) return problemText.foreign(foreign.what, foreign.remedy)
    return { format: formats.find((format) => format.recognises(head))!, window }
  }

  /** Unpacks gzip. When the bytes fail, they end there, and what came before is used. */
  private async *unpack(stored: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      const first = await stored.next()
      const begin: Uint8Array = first.done ? new Uint8Array(0) : first.value
      this.isCompressed = begin[0] === 0x1f && begin[1] === 0x8b
      const all = withFirst(begin, stored)
      yield* this.isCompressed ? gunzip(all) : all
    } catch (error) {
      this.failure = explainFailure(error)
    }
  }

  /** What is to be said of a file that was read. */
  private findProblem(): string | undefined {
    const { reader, table } = this
    if (reader.isHopeless) return problemText.notJson(reader.bad.count)
    if (reader.events + reader.leftOut === 0 && !this.pace.isStopped)
      return reader.bad.count > 0 ? problemText.noEvents() : problemText.noEventsInside()
    return table.isOutOfFields ? problemText.tooManyFields(table.maxFields) : undefined
  }

  private report(problem: string | undefined): IngestReport {
    const { reader, blob } = this
    const { clock } = reader
    return {
      format: reader.events + reader.leftOut > 0 ? this.formatName : 'unknown',
      compressed: this.isCompressed,
      events: reader.events,
      bytes: blob.size,
      badCount: reader.bad.count,
      bad: reader.bad.listed,
      withoutTime: reader.withoutTime,
      ...(clock && { clock }),
      ...(this.filter && { leftOut: reader.leftOut }),
      partial: this.pace.isStopped || (this.failure !== undefined && reader.events > 0),
      ...(problem !== undefined && { problem }),
      ...(reader.variants.length > 0 && { variants: reader.variants }),
      ...(reader.notes.length > 0 && { notes: reader.notes }),
    }
  }
}

function explainFailure(error: unknown): string {
  if (error instanceof GzipDamage) return problemText.gzipDamage()
  return problemText.unreadable(error instanceof Error ? error.message : String(error))
}

async function* withFirst(first: Uint8Array, rest: AsyncIterator<Uint8Array>) {
  yield first
  for (let next = await rest.next(); !next.done; next = await rest.next())
    yield next.value
}

/** Fetches enough to look at the head. */
async function fill(window: ByteWindow): Promise<void> {
  while (window.length < HEAD_BYTES && (await window.more()));
}

const headOf = ({ bytes, from, to }: ByteWindow) =>
  bytes.subarray(from, Math.min(to, from + HEAD_BYTES))

/** What a window holds and all that would come after it. */
async function* restOf(window: ByteWindow): AsyncGenerator<Uint8Array> {
  do {
    const { bytes, from, to } = window
    window.moveTo(to)
    yield bytes.slice(from, to)
  } while (await window.more())
}
