import type { GrowingTable } from '../events/growing-table'
import type { ExtendedValues } from './ecs/extended-values'
import type { SettledClocks } from './ecs/settled-clocks'
import { withNamers } from './ecs/name-processes'
import { Encoder, MemoryExhausted } from './encoder'
import { type EncoderBuild, loadEncoderModule } from './encoder-module'
import { guessFormats } from './guess-formats'
import type { Keep } from './keep'
import { KeepFilter } from './keep-filter'
import { type OpenedFile, openFile } from './open-file'
import { type OriginalPart, Originals } from './originals'
import { Pace } from './pace'
import { type PartEnd, PartLog, UNKNOWN } from './part-log'
import { RecordReader } from './record-reader'
import type { ReadAs } from './read-as'
import type { FormatGuess, IngestProgress, IngestReport } from './report'
import type { ReadingPlace } from './slices'
import type { SourceFile } from './source'
import type { UnpackLimits } from './unpack/budget'
import { type RefusedFile, type UnpackedFile, Unpacker } from './unpack/unpacker'
import { WindowsMapper } from './windows-mapper'
import { problemText } from './wording'

/** One source, read. */
export interface Ingested {
  /** Its number in the table. */
  readonly source: number
  readonly report: IngestReport
  readonly originals: Originals
  /** The first 10,000 bad records, as NDJSON: where each is, why it is bad, its text. */
  readonly rejects: Blob
  /** What only extended mode gave its events. */
  readonly extended: ExtendedValues
  /** By which its events were chosen, where times decided that and it was read twice. */
  readonly clocks: SettledClocks | undefined
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
  /** What unpacking may come to. */
  readonly limits?: UnpackLimits
  /** Called when rows have other times than before, before anyone can look at them. */
  readonly onAmended?: () => void
}

/**
 * Reads a file, or all files in an archive, into the table as a new source. Whatever it
 * holds, it answers with a report and does not throw; even a Blob that cannot be read
 * is a `problem` of the report. Where times decide what is kept, and are known at the end
 * alone, it is read twice.
 */
export async function ingest(
  file: SourceFile,
  table: GrowingTable,
  options: IngestOptions = {},
): Promise<Ingested> {
  const ingestion = await begin(file, table, options, undefined)
  const problem = await ingestion.read()
  const late = ingestion.findLateClocks()
  if (!late) return ingestion.finish(problem)
  await ingestion.takeOut()
  return ingestOnce(file, table, options, late)
}

/**
 * As `ingest`, but read once: its events are chosen by clocks that are known already, or
 * by what is known of them when each comes.
 */
export async function ingestOnce(
  file: SourceFile,
  table: GrowingTable,
  options: IngestOptions,
  clocks: SettledClocks | undefined,
): Promise<Ingested> {
  const ingestion = await begin(file, table, options, clocks)
  return ingestion.finish(await ingestion.read())
}

async function begin(
  file: SourceFile,
  table: GrowingTable,
  options: IngestOptions,
  clocks: SettledClocks | undefined,
): Promise<Ingestion> {
  const encoder = await encoderOf(table, options.encoder)
  return new Ingestion(file, table, encoder, options, clocks)
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

const LEFT_OUT: PartEnd = { format: UNKNOWN, problem: problemText.leftOut() }

class Ingestion {
  private readonly place: ReadingPlace = { bytesRead: 0 }
  private readonly source: number
  private readonly pace: Pace
  private readonly filter: KeepFilter | undefined
  private readonly mapper: WindowsMapper
  private readonly reader: RecordReader
  private readonly readAs: ReadAs
  private readonly blob: Blob
  private readonly unpacker: Unpacker
  private readonly parts: PartLog
  private readonly originals: OriginalPart[] = []
  private readonly onAmended: (() => void) | undefined
  private guess: FormatGuess | undefined = undefined
  /** Why reading ended before its time. */
  private failure: string | undefined = undefined

  constructor(
    file: SourceFile,
    private readonly table: GrowingTable,
    private readonly encoder: Encoder | undefined,
    options: IngestOptions,
    private readonly clocks: SettledClocks | undefined,
  ) {
    const { limits, readAs = {} } = options
    this.onAmended = options.onAmended
    const { place } = this
    this.blob = file.blob
    this.readAs = readAs
    this.source = table.startSource()
    const pace = new Pace(options.signal, options.onProgress, () => this.progress)
    this.pace = pace
    const kept = options.keep && withWhatNames(options.keep, readAs)
    this.filter = kept && new KeepFilter(kept, table, readAs.offsetMs)
    this.mapper = new WindowsMapper(readAs, clocks)
    const { filter: keep, mapper } = this
    const how = { pace, encoder, keep, readAs, mapper }
    this.reader = new RecordReader(table, this.source, how)
    this.unpacker = new Unpacker(file.blob, { place, pace, ...(limits && { limits }) })
    this.parts = new PartLog(this.reader, file.name)
  }

  private get progress(): IngestProgress {
    const { bytesRead } = this.place
    return { bytesRead, bytesTotal: this.blob.size, events: this.reader.events }
  }

  /** Reading was cancelled, or is where it once was when it was. */
  private get isCut(): boolean {
    return this.pace.isStopped || this.reader.isFull
  }

  /** A sentence when it was not all that was read, or nothing. */
  async read(): Promise<string | undefined> {
    return this.blob.size === 0 ? problemText.empty() : this.readFiles()
  }

  /** What clocks have come to in the end, where that decides which events are kept. */
  findLateClocks(): SettledClocks | undefined {
    const isWhole = !this.isCut && this.failure === undefined
    return isWhole && this.filter?.time ? this.mapper.findLateClocks() : undefined
  }

  /** Takes what was read out of the table again. */
  async takeOut(): Promise<void> {
    await this.pace.do(this.table.removeSource(this.source))
    this.onAmended?.()
  }

  async finish(problem: string | undefined): Promise<Ingested> {
    await this.settle()
    const { events, withoutTime, said } = this.reader
    if (events > 0 && withoutTime === events) said.note(problemText.noTimes())
    if (!this.isCut) this.place.bytesRead = this.blob.size
    this.pace.report()
    const report = this.report(problem)
    const originals = new Originals(this.originals, this.reader.spans)
    const rejects = this.reader.bad.blob()
    const { source, clocks } = this
    const { extended } = this.reader.sink
    return { source, report, originals, rejects, extended, clocks }
  }

  /** Reads all there is; a sentence when it was not all, or nothing. */
  private async readFiles(): Promise<string | undefined> {
    for await (const file of this.unpacker.files()) {
      const isLeftOut = this.readAs.leaveOut?.includes(this.parts.list.length)
      this.parts.begin(file.name)
      this.parts.end(isLeftOut ? LEFT_OUT : await this.readFile(file))
      if (this.isCut || this.failure !== undefined) break
    }
    if (!this.unpacker.isArchive) return this.parts.only?.problem
    return this.failure ?? this.unpacker.problem ?? this.findArchiveProblem()
  }

  private findArchiveProblem(): string | undefined {
    const { list, only } = this.parts
    const { events, leftOut } = this.reader
    if (events + leftOut > 0 || this.isCut) return this.findTableProblem()
    const refused = list.find(({ problem }) => problem !== undefined)
    return only?.problem ?? problemText.nothingInside(list.length, refused)
  }

  /** Reads one file; the name of its format, and why nothing, or not all, was read. */
  private async readFile(file: UnpackedFile | RefusedFile): Promise<PartEnd> {
    if ('problem' in file) return { format: UNKNOWN, problem: file.problem }
    const { window } = file
    if (window.length === 0)
      return { format: UNKNOWN, problem: file.failure ?? this.sayEmpty() }
    const opened = await openFile(file, this.readAs.format)
    if ('problem' in opened) {
      this.guess = opened.guess
      return { format: UNKNOWN, problem: file.failure ?? opened.problem }
    }
    const { format, kind, original } = opened
    const first = this.reader.events
    await this.readRecords(opened, file.name)
    this.originals.push({ first, blob: original(), kind })
    const problem = this.failure ?? file.failure ?? this.findProblem()
    if (this.parts.found === 0 && this.parts.bad > 0)
      this.guess = guessFormats(new TextEncoder().encode(opened.head))
    const name = this.parts.found > 0 ? format.name : UNKNOWN
    return { format: name, problem, isCut: file.failure !== undefined }
  }

  private async readRecords(
    { format, window }: OpenedFile,
    name: string | undefined,
  ): Promise<void> {
    this.reader.beginFile(name)
    try {
      if (this.encoder?.isFull) throw new MemoryExhausted()
      await format.read(window, this.reader)
      this.reader.flush()
    } catch (error) {
      if (!isMemoryEnd(error)) throw error
      this.reader.keepWhole()
      this.failure = problemText.memoryFull()
    }
  }

  /** Where memory ends while times are changed, they stay as they were. */
  private async settle(): Promise<void> {
    try {
      await this.reader.settle(() => this.onAmended?.())
    } catch (error) {
      if (!isMemoryEnd(error)) throw error
      this.reader.said.note(problemText.timesNotChanged())
    }
  }

  private sayEmpty(): string {
    const { isArchive, isCompressed } = this.unpacker
    return isCompressed && !isArchive ? problemText.emptyGzip() : problemText.empty()
  }

  /** What is to be said of a file that was read. */
  private findProblem(): string | undefined {
    const { reader, parts } = this
    if (reader.isHopeless) return problemText.notJson(parts.bad)
    if (parts.found === 0 && !this.isCut)
      return parts.bad > 0 ? problemText.noEvents() : problemText.noEventsInside()
    return this.findTableProblem()
  }

  private findTableProblem(): string | undefined {
    const { isOutOfFields, maxFields } = this.table
    return isOutOfFields ? problemText.tooManyFields(maxFields) : undefined
  }

  private report(problem: string | undefined): IngestReport {
    const { reader, blob, unpacker, parts, guess } = this
    const { clock } = reader
    const { variants, notes, zone } = reader.said
    const isCut = this.failure !== undefined || parts.isAnyCut
    return {
      format: parts.formats,
      compressed: unpacker.isCompressed,
      events: reader.events,
      bytes: blob.size,
      badCount: reader.bad.count,
      bad: reader.bad.listed,
      withoutTime: reader.withoutTime,
      ...(clock && { clock }),
      ...(this.filter && { leftOut: reader.leftOut }),
      partial: this.isCut || (isCut && reader.events > 0),
      ...(problem !== undefined && { problem }),
      ...(variants.length > 0 && { variants }),
      ...(notes.length > 0 && { notes }),
      ...(zone && { zone }),
      ...(unpacker.isArchive && { parts: parts.list }),
      ...(guess && parts.only && { guess }),
    }
  }
}

/** In extended mode events are named by others: what tells that is kept with the names. */
const withWhatNames = (keep: Keep, { mode }: ReadAs): Keep =>
  keep.fields && mode === 'extended' ? { ...keep, fields: withNamers(keep.fields) } : keep

const isMemoryEnd = (error: unknown): boolean =>
  error instanceof MemoryExhausted || error instanceof RangeError
