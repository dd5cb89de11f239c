import type { GrowingTable } from '../events/growing-table'
import { BadRecords } from './bad-records'
import { shiftSource } from './ecs/amend-times'
import { type Encoder, INPUT_BYTES } from './encoder'
import { AT_END, LEFT_OUT, UNKNOWN } from './encoder-exports'
import { type Flattened, Flattener } from './flatten'
import type { MappedRow } from './flat/flat-mapper'
import { FlatReading } from './flat/flat-reading'
import type { KeepFilter } from './keep-filter'
import { type JsonObject, MAX_DEPTH, parseLossless } from './lossless-json'
import type { Pace } from './pace'
import type { Place } from './place'
import type { ReadAs } from './read-as'
import { ReadingNotes } from './reading-notes'
import type { RecordSpans } from './record-spans'
import { explainRefusal, keyOfHit, parseObject } from './record-text'
import { TableSink } from './table-sink'
import { TakenRows } from './taken-rows'
import { type Translated, translate } from './translate'
import { type HitNames, isObject, NO_NAMES } from './unwrap'
import { type Unwrapped, unwrapRecord } from './unwrap'
import { VainRecords } from './vain-records'
import { WindowsMapper } from './windows-mapper'
import type { WindowsEvent } from './windows/windows-event'
import { badRecordText } from './wording'

/** Longest record that is read, in bytes: strings of a JavaScript engine end at 512 MB. */
export const MAX_RECORD = 256 * 1024 * 1024

export interface RecordReaderOptions {
  readonly pace: Pace
  /** Reads what it can; without it, all is read here. */
  readonly encoder?: Encoder | undefined
  /** What is kept; without it, everything. */
  readonly keep?: KeepFilter | undefined
  readonly readAs?: ReadAs
  /** Maps events of Windows; one of its own by default. */
  readonly mapper?: WindowsMapper
}

/** Takes the records of one source, from text or from other files, into the table. */
export class RecordReader {
  readonly said: ReadingNotes
  readonly bad = new BadRecords()
  private readonly rows: TakenRows
  private readonly vain = new VainRecords()
  /** Where the records are that the encoder has read and not given yet. */
  private waiting: Place[] = []
  /** Whether it has read any. */
  isWaiting = false
  private readonly seenInSequences = new Set<string>()
  private readonly flattener: Flattener
  readonly sink: TableSink
  private readonly pace: Pace
  private readonly encoding: Encoder | undefined
  private readonly keep: KeepFilter | undefined
  private readonly mapper: WindowsMapper
  private readonly readAs: ReadAs
  /**
   * Whether records of this file are ECS, flat events of Windows that the encoder reads to
   * be mapped, or others that are to be translated: none of those is for the encoder.
   */
  reading: 'ecs' | 'flat' | 'others' = 'ecs'
  private flat: FlatReading | undefined = undefined

  constructor(
    private readonly table: GrowingTable,
    private readonly source: number,
    options: RecordReaderOptions,
  ) {
    this.pace = options.pace
    this.encoding = options.encoder
    this.keep = options.keep
    this.readAs = options.readAs ?? {}
    this.said = new ReadingNotes(this.readAs.timeZone)
    this.mapper = options.mapper ?? new WindowsMapper(this.readAs)
    this.flattener = new Flattener(table, options.keep)
    this.sink = new TableSink(table, this.flattener)
    this.rows = new TakenRows(table, source, table.root.child('@timestamp'))
  }

  /** Gets ready for a file, one of several where the source is an archive. */
  beginFile(name?: string): void {
    this.flush()
    this.bad.part = name
    this.vain.begin(this.found, this.bad.count)
    this.rows.forgetNames()
    this.reading = 'ecs'
  }

  /** Ready to read for this source; none where records have to be translated. */
  get encoder(): Encoder | undefined {
    if (this.reading === 'others') return undefined
    this.encoding?.useFilter(this.keep)
    this.encoding?.useFlat(this.reading === 'flat')
    return this.encoding
  }

  /** Whether an action has told the index of the event that comes: that is read here. */
  get isIndexTold(): boolean {
    return this.rows.next.index !== undefined
  }

  /** Whether the encoder may learn from the record that was accepted last. */
  get isTeachable(): boolean {
    return this.reading !== 'others'
  }

  /** Reading was cancelled, is where it once was then, or there is no hope of an event. */
  get isStopped(): boolean {
    return this.pace.isStopped || this.isFull || this.isHopeless
  }

  /** Reading was stopped here when it was done before. */
  get isFull(): boolean {
    return this.room <= 0
  }

  /** How many events may still come. */
  get room(): number {
    return (this.readAs.upTo ?? Infinity) - this.found
  }

  /** So much was not JSON, and nothing was, that the rest is not tried. */
  get isHopeless(): boolean {
    return this.vain.areTooMany(this.found, this.bad.count)
  }

  private get found(): number {
    return this.events + this.waiting.length + this.leftOut
  }

  get events(): number {
    return this.rows.events
  }

  /** Events that are not among those to be kept. */
  get leftOut(): number {
    return this.rows.leftOut
  }

  get withoutTime(): number {
    return this.rows.withoutTime
  }

  get spans(): RecordSpans {
    return this.rows.spans
  }

  /** First and last time, epoch ms. */
  get clock(): { readonly from: number; readonly to: number } | undefined {
    return this.rows.times.ends
  }

  /** It is time to let others have their turn. */
  get isDue(): boolean {
    return this.pace.isDue
  }

  rest(): Promise<void> {
    this.flush()
    return this.pace.rest()
  }

  /** As `accept`, of bytes; what they hold may not be in the table before `flush`. */
  acceptBytes(bytes: Uint8Array, place: Place): boolean {
    const { encoder } = this
    if (!encoder || this.isIndexTold || bytes.length > INPUT_BYTES / 2)
      return this.accept(utf8.decode(bytes), place)
    if (!encoder.hasRoom(bytes.length)) this.flush()
    const state = encoder.readRecord(bytes)
    if (state === AT_END || state === LEFT_OUT) {
      this.isWaiting = true
      if (state === AT_END) this.waiting.push(place)
      return true
    }
    const isAccepted = this.accept(utf8.decode(bytes), place)
    if (isAccepted && state === UNKNOWN && this.isTeachable) encoder.learn(bytes)
    return isAccepted
  }

  /** Puts into the table what the encoder holds; to be done before any pause. */
  flush(): void {
    if (!this.isWaiting) return
    this.isWaiting = false
    const { waiting } = this
    this.waiting = []
    if (this.reading === 'flat') return this.flat?.addRows(waiting)
    this.rows.addFetched(this.encoding?.fetch(this.source), waiting)
  }

  /** Where memory has ended: keeps what was read before. */
  keepWhole(): void {
    this.encoding?.dropHalfRow()
    this.flush()
    this.table.abandonRow()
  }

  /** Adds the event of a record; false when it is bad, which is noted. */
  accept(text: string, place: Place): boolean {
    this.flush()
    const record = parseObject(text)
    if (record === undefined) return this.refuse(text, place)
    const { found, isExact } = record
    return this.add(unwrapRecord(found), { text, place, isExact })
  }

  /** As `accept`, for events of sequences: one may be in several, but is one event. */
  acceptOnce(text: string, place: Place): boolean {
    const key = keyOfHit(text)
    if (key !== undefined && this.seenInSequences.has(key)) return true
    if (key !== undefined) this.seenInSequences.add(key)
    return this.accept(text, place)
  }

  /** Adds what Windows says in an event, mapped to ECS. `variant` names where it says it. */
  acceptWindows(event: WindowsEvent, place: Place, variant: string): boolean {
    this.flush()
    return this.addWindows(event, NO_NAMES, place, variant)
  }

  /**
   * Adds an event that is ECS already, but did not stand there as JSON. `variant` names
   * what it was made of; none for what says it as ECS itself.
   */
  acceptRecord(record: JsonObject, place: Place, variant?: string): boolean {
    this.flush()
    const unwrapped = unwrapRecord(record)
    if (unwrapped.kind !== 'event') return true
    return this.addExact(unwrapped.source, unwrapped.names, place, variant)
  }

  private addTranslated(
    translated: Translated,
    names: HitNames,
    { place, text }: { readonly place: Place; readonly text: string },
  ): boolean {
    if ('refused' in translated) {
      this.bad.addPlace(place, translated.refused, text)
      return false
    }
    const { variant } = translated
    return 'windows' in translated
      ? this.addWindows(translated.windows, names, place, variant)
      : this.addExact(translated.record, names, place, variant)
  }

  /** Where each is kept or not by itself, they are read one by one. */
  private startFlat(): void {
    const { encoding, table, mapper } = this
    if (encoding && !this.keep)
      this.flat ??= new FlatReading(encoding, table, mapper, this)
    this.reading = this.flat ? 'flat' : 'others'
  }

  /** A row has been mapped, and its columns have its values. */
  addMapped({ variant, ms }: MappedRow, place: Place): void {
    this.mapper.accept({ position: this.events, place: this.found })
    this.rows.addMapped(ms, place)
    this.said.countVariant(variant)
  }

  /** Whether an action has told the id of the event that comes. */
  get isIdTold(): boolean {
    return this.rows.next.id !== undefined
  }

  private addWindows(
    event: WindowsEvent,
    names: HitNames,
    place: Place,
    variant: string,
  ): boolean {
    const { events, found, sink } = this
    this.beginRow(names)
    sink.begin()
    this.mapper.map(event, sink, found)
    const isAdded = this.endTranslated(sink.result, place, variant)
    const position = this.events > events ? events : undefined
    if (isAdded) this.mapper.accept({ position, place: found }, sink.extended)
    return isAdded
  }

  /**
   * To be done when there is nothing more to read: changes times that only then are known,
   * and notes what was done to them. `onAmended` is told when columns are others.
   */
  async settle(onAmended: () => void): Promise<void> {
    this.flush()
    const { table, source, readAs } = this
    const isAmended = (): void => {
      this.rows.readTimes()
      onAmended()
    }
    const { extended } = this.sink
    this.flat?.end()
    const sentences = await this.pace.do(
      this.mapper.finish(table, source, extended, isAmended),
    )
    for (const sentence of sentences) this.said.note(sentence)
    await this.pace.do(shiftSource(table, source, readAs.offsetMs ?? 0, isAmended))
  }

  /** Adds an event whose integers are all as they were written. */
  private addExact(
    event: JsonObject,
    names: HitNames,
    place: Place,
    variant: string | undefined,
  ): boolean {
    this.beginRow(names)
    const result = this.flattener.flatten(event, { isExact: true, isFields: false })
    return this.endTranslated(result, place, variant)
  }

  private endTranslated(
    result: Flattened,
    place: Place,
    variant: string | undefined,
  ): boolean {
    if (result !== 'done') {
      this.table.abandonRow()
      this.bad.addPlace(place, badRecordText.tooDeep(MAX_DEPTH), '')
      return false
    }
    if (this.endRow(place) && variant !== undefined) this.said.countVariant(variant)
    return true
  }

  private add(
    unwrapped: Unwrapped,
    record: { readonly text: string; readonly place: Place; readonly isExact: boolean },
  ): boolean {
    if (unwrapped.kind !== 'event') {
      if (unwrapped.kind === 'action') this.rows.next = unwrapped.names
      else this.rows.forgetNames()
      return true
    }
    const { source, isFields, names } = unwrapped
    const translated = translate(source, record.text, isFields)
    if (translated) {
      const isFlat = 'isFlat' in translated && translated.isFlat
      if (!isFlat) this.reading = 'others'
      else if (this.reading !== 'flat') this.startFlat()
      return this.addTranslated(translated, names, record)
    }
    this.beginRow(names)
    const { isExact } = record
    const result = this.flattener.flatten(source, { isExact, isFields })
    if (result === 'done') {
      this.endRow(record.place)
      return true
    }
    this.table.abandonRow()
    if (result === 'rounded') return this.acceptExactly(record.text, record.place)
    this.bad.addPlace(record.place, badRecordText.tooDeep(MAX_DEPTH), record.text)
    return false
  }

  /** The index stands in a column of its own, as if it were a field. */
  private beginRow({ id, index }: HitNames): void {
    const { table } = this
    const { next } = this.rows
    table.beginRow(this.source, id ?? next.id)
    const name = index ?? next.index
    if (name === undefined) return
    const node = table.root.child('_index')
    if (this.keep?.keepsField(node) === false) table.passOver(node, name)
    else table.put(node, name, false)
  }

  /** Ends the row that was written; false if it is not to be kept. */
  private endRow(place: Place): boolean {
    const isKept = this.keep?.keepsRow() !== false
    if (isKept) this.rows.addRow(place)
    else {
      this.table.abandonRow()
      this.rows.leftOut++
      this.rows.forgetNames()
    }
    return isKept
  }

  /** Reads a record again, now with every digit of its integers. */
  private acceptExactly(text: string, place: Place): boolean {
    const read = parseLossless(text)
    if (!('value' in read) || !isObject(read.value)) return this.refuse(text, place)
    return this.add(unwrapRecord(read.value), { text, place, isExact: true })
  }

  /** Notes why a text is no event. */
  private refuse(text: string, place: Place): false {
    const reason = this.bad.isFull ? '' : explainRefusal(text, place.line ?? 1)
    this.bad.addPlace(place, reason, text)
    return false
  }
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })
