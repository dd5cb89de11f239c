import type { FieldNode } from '../events/field-node'
import type { GrowingTable } from '../events/growing-table'
import { readTime } from '../events/time'
import { BadRecords } from './bad-records'
import { Flattener } from './flatten'
import { MAX_DEPTH, parseLossless } from './lossless-json'
import { RecordSpans } from './originals'
import type { Pace } from './pace'
import { isObject, type Unwrapped, unwrapRecord } from './unwrap'
import { badRecordText } from './wording'

/** Longest record that is read, in bytes: strings of a JavaScript engine end at 512 MB. */
export const MAX_RECORD = 256 * 1024 * 1024
/** Records in vain before a source without any event is given up. */
const MAX_VAIN = 1000

/** Where a record stands in its source. */
export interface Place {
  /** In bytes of the unpacked UTF-8 text. */
  readonly offset: number
  readonly length: number
  /** 1-based line of its first character. */
  readonly line: number
}

/** Takes the records of one source, as text, into the table. */
export class RecordReader {
  events = 0
  withoutTime = 0
  readonly bad = new BadRecords()
  readonly spans = new RecordSpans()
  private from = Infinity
  private to = -Infinity
  private idOfNext: string | undefined = undefined
  private readonly seenInSequences = new Set<string>()
  private readonly flattener: Flattener
  private readonly time: FieldNode

  constructor(
    private readonly table: GrowingTable,
    private readonly source: number,
    private readonly pace: Pace,
  ) {
    this.flattener = new Flattener(table)
    this.time = table.root.child('@timestamp')
  }

  /** Reading was cancelled, or there is no hope of finding an event. */
  get isStopped(): boolean {
    return this.pace.isStopped || this.isHopeless
  }

  /** So much was not JSON, and nothing was, that the rest is not tried. */
  get isHopeless(): boolean {
    return this.events === 0 && this.bad.count >= MAX_VAIN
  }

  /** First and last time, epoch ms. */
  get clock(): { readonly from: number; readonly to: number } | undefined {
    return this.from <= this.to ? { from: this.from, to: this.to } : undefined
  }

  /** It is time to let others have their turn. */
  get isDue(): boolean {
    return this.pace.isDue
  }

  rest(): Promise<void> {
    return this.pace.rest()
  }

  /** Adds the event of a record; false when it is bad, which is noted. */
  accept(text: string, place: Place): boolean {
    const record = parseObject(text)
    if (record === undefined) return this.refuse(text, place)
    const { found, isExact } = record
    return this.add(unwrapRecord(found), { text, place, isExact })
  }

  /** As `accept`, for events of sequences: one may be in several, but is one event. */
  acceptOnce(text: string, place: Place): boolean {
    const hit = parseObject(text)?.found
    if (hit?.['_id'] !== undefined && hit['missing'] !== true) {
      const key = JSON.stringify([hit['_index'], hit['_id']])
      if (this.seenInSequences.has(key)) return true
      this.seenInSequences.add(key)
    }
    return this.accept(text, place)
  }

  private add(
    unwrapped: Unwrapped,
    record: {
      readonly text: string
      readonly place: Place
      readonly isExact: boolean
    },
  ): boolean {
    if (unwrapped.kind !== 'event') {
      this.idOfNext = unwrapped.kind === 'action' ? unwrapped.id : undefined
      return true
    }
    const { source, isFields } = unwrapped
    this.table.beginRow(this.source, unwrapped.id ?? this.idOfNext)
    const { isExact } = record
    const result = this.flattener.flatten(source, { isExact, isFields })
    if (result === 'done') {
      this.finish(record.place)
      return true
    }
    this.table.abandonRow()
    if (result === 'rounded') return this.acceptExactly(record.text, record.place)
    this.bad.add(record.place.line, badRecordText.tooDeep(MAX_DEPTH), record.text)
    return false
  }

  private finish({ offset, length }: Place): void {
    this.noteTime()
    this.table.endRow()
    this.spans.add(offset, length)
    this.events++
    this.idOfNext = undefined
  }

  private noteTime(): void {
    const { isPending, first, all } = this.time
    const instant = isPending && all === undefined ? readTime(first) : undefined
    if (!instant) this.withoutTime++
    else if (instant.ms < this.from || instant.ms > this.to) {
      this.from = Math.min(this.from, instant.ms)
      this.to = Math.max(this.to, instant.ms)
    }
  }

  /** Reads a record again, now with every digit of its integers. */
  private acceptExactly(text: string, place: Place): boolean {
    const read = parseLossless(text)
    if (!('value' in read) || !isObject(read.value)) return this.refuse(text, place)
    return this.add(unwrapRecord(read.value), { text, place, isExact: true })
  }

  /** Notes why a text is no event. */
  private refuse(text: string, { line }: Place): false {
    this.bad.add(line, this.bad.isListFull ? '' : explain(text, line), text)
    return false
  }
}

function explain(text: string, line: number): string {
  const read = parseLossless(text)
  return 'problem' in read
    ? badRecordText.json(read.problem, text, line)
    : badRecordText.notObject(nameKind(read.value))
}

function parseObject(text: string) {
  // Failing to parse is a hundred times as slow as this.
  if (!/^\s*\{/.test(text)) return undefined
  try {
    const found: unknown = JSON.parse(text)
    return isObject(found) ? { found, isExact: false } : undefined
  } catch {
    return undefined
  }
}

function nameKind(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'string' ? 'a text' : `a ${typeof value}`
}
