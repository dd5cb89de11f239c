import type { ByteWindow } from './byte-window'
import { BROKEN, JsonScanner, UNFINISHED } from './json-scanner'
import type { Place } from './place'
import { MAX_RECORD, type RecordReader } from './record-reader'
import { looksLikeResponse, mayBeResponse } from './response-look'
import { readColumns, readRow } from './value-rows'
import { badRecordText } from './wording'

/**
 * Where the scan stands. In `stream`, `records`, `responses` and `sequences` values
 * follow one another; the others are objects whose keys lead to records:
 *
 *     stream     { … } { … }                       values after one another
 *     records    [ { … }, { … } ]                  each a record
 *     response   { "hits": hits, "response": response, "responses": [ response ],
 *                  "columns": […], "values": rows, "results": records }
 *     rows       [ […], […] ]                      each the values of the columns
 *     hits       { "hits": records, "events": records, "sequences": [ sequence ] }
 *     sequence   { "events": records }
 */
type Context =
  | 'stream'
  | 'records'
  | 'responses'
  | 'sequences'
  | 'response'
  | 'hits'
  | 'sequence'
  | 'rows'

/** Which key of an object leads where, by the bracket its value begins with. */
const KEYS: Readonly<Record<string, Readonly<Record<string, Context>>>> = {
  response: {
    'hits{': 'hits',
    // Around a response there may be that of Kibana, which it has of its own server.
    'response{': 'response',
    'rawResponse{': 'response',
    'result{': 'response',
    'responses[': 'responses',
    'values[': 'rows',
    // Advanced hunting, and what Event Hubs hand on.
    'Results[': 'records',
    'results[': 'records',
    'records[': 'records',
  },
  hits: { 'hits[': 'records', 'events[': 'records', 'sequences[': 'sequences' },
  sequence: { 'events[': 'records' },
}

const ELEMENTS: Readonly<Record<string, Context>> = {
  responses: 'response',
  sequences: 'sequence',
}

/** What one step over the bytes came to. */
type Step = 'on' | 'needs-more'

/** The value that is being passed over. */
interface Capture {
  readonly isRecord: boolean
  /** The names of the columns that rows have values of. */
  readonly isColumns?: boolean
  readonly line: number
  readonly indent: number
  /** Its bytes are not kept, as there are too many. */
  isDropped: boolean
}

const LOOK_AHEAD = 64 * 1024
const KEY_ROOM = 256
const EXCERPT_BYTES = 200
/** Longest run of characters that are no JSON, noted as one bad record. */
const LONGEST_JUNK = 1024 * 1024
/** Bytes looked at once more for records that a broken one has swallowed. */
const MAX_REGAINED = 512 * 1024 * 1024

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })
/** One character a byte. */
const bytewise = new TextDecoder('latin1')

/** Finds the records in JSON of any layout, and goes on behind those that are broken. */
export class JsonRecords {
  private readonly contexts: Context[] = ['stream']
  private readonly scanner: JsonScanner
  private capture: Capture | undefined = undefined
  /** Set while looking for the next line that begins a record, indented no more. */
  private recoveryIndent: number | undefined = undefined
  private regained = 0
  private columns: readonly string[] = []

  constructor(
    private readonly window: ByteWindow,
    private readonly reader: RecordReader,
  ) {
    this.scanner = new JsonScanner(window)
  }

  async read(): Promise<void> {
    await this.readAll()
    this.reader.flush()
  }

  private async readAll(): Promise<void> {
    const { window, reader } = this
    while (!reader.isStopped) {
      if (reader.isDue) await reader.rest()
      if (window.length > 0 && this.step() === 'on') continue
      reader.flush()
      const { isDone } = window
      // What waited for more is read once more, knowing that nothing will come.
      if ((await window.more()) || !isDone) continue
      this.readRest()
      if (window.length === 0) return
    }
  }

  /** At the end of all bytes: deals with what is left unfinished. */
  private readRest(): void {
    const { capture, window } = this
    if (capture?.isRecord) this.giveUp(capture, badRecordText.cutOff())
    else if (!capture && this.recoveryIndent === undefined && window.length > 0)
      this.noteJunk(window.to)
    else this.scanner.pass(window.to)
  }

  private step(): Step {
    if (this.recoveryIndent !== undefined) return this.recover(this.recoveryIndent)
    if (this.capture) return this.finish(this.capture)
    this.scanner.skipSpace()
    if (this.window.length === 0) return 'needs-more'
    const context = this.contexts.at(-1)!
    const first = String.fromCharCode(this.window.bytes[this.window.from]!)
    return KEYS[context]
      ? this.readKey(KEYS[context], first)
      : this.readValue(context, first)
  }

  private readValue(context: Context, first: string): Step {
    if (first === '{') return this.readObject(context)
    if (first === '[' && context === 'stream') return this.enter('records')
    if (first === '[' && context === 'rows') return this.begin(true)
    if (first === ']' && context !== 'stream') return this.leave()
    // Closing brackets that nothing has opened belong to a record given up before.
    if (first === ']' || first === '}') return this.passOne()
    if (first === '[' || first === '"') return this.begin(true)
    return this.readJunk(context)
  }

  private readObject(context: Context): Step {
    const element = ELEMENTS[context]
    if (element) return this.enter(element)
    if (context !== 'stream') return this.begin(true)
    const isResponse = this.isResponse()
    if (isResponse === undefined) return 'needs-more'
    return isResponse ? this.enter('response') : this.begin(true)
  }

  /** Undefined when more bytes are needed to tell. */
  private isResponse(): boolean | undefined {
    const { length, isDone } = this.window
    if (!mayBeResponse(this.ahead(KEY_ROOM)))
      return length < KEY_ROOM && !isDone ? undefined : false
    if (looksLikeResponse(this.ahead(LOOK_AHEAD))) return true
    return length < LOOK_AHEAD && !isDone ? undefined : false
  }

  /** Reads a key of an object that is no record, and enters or passes its value. */
  private readKey(inner: Readonly<Record<string, Context>>, first: string): Step {
    if (first === '}') return this.leave()
    if (first !== '"') return this.passOne()
    const key = /^"((?:[^"\\]|\\.)*)"\s*:\s*(\S)/.exec(this.ahead(KEY_ROOM))
    const { length, isDone, from } = this.window
    if (!key) return length < KEY_ROOM && !isDone ? 'needs-more' : this.passOne()
    this.scanner.pass(from + key[0].length - 1)
    const [, name = '', opening = ''] = key
    if (inner === KEYS['response'] && name === 'columns' && opening === '[')
      return this.begin(false, true)
    const next = inner[name + opening]
    if (next) return this.enter(next)
    return '{["'.includes(opening) ? this.begin(false) : 'on'
  }

  private enter(context: Context): Step {
    this.contexts.push(context)
    return this.passOne()
  }

  private leave(): Step {
    this.contexts.pop()
    return this.passOne()
  }

  private passOne(): Step {
    this.scanner.pass(this.window.from + 1)
    return 'on'
  }

  private begin(isRecord: boolean, isColumns = false): Step {
    const { line, indent } = this.scanner
    this.capture = { isRecord, isColumns, line, indent, isDropped: false }
    this.scanner.begin()
    return 'on'
  }

  /** Goes on to the end of the value that has begun. */
  private finish(capture: Capture): Step {
    const { window, scanner } = this
    const end = scanner.findEnd()
    if (end === UNFINISHED) {
      const isKept = capture.isRecord || capture.isColumns
      if (!isKept || capture.isDropped) scanner.letGo()
      else if (window.length > MAX_RECORD)
        this.giveUp(capture, badRecordText.tooLong(MAX_RECORD))
      return 'needs-more'
    }
    if (end === BROKEN) return this.stumble(capture)
    this.capture = undefined
    if (capture.isColumns) this.columns = readColumns(this.textTo(end))
    if (!capture.isRecord || capture.isDropped || this.accept(capture, end))
      scanner.pass(end)
    else this.goOnBehind(capture, end)
    return 'on'
  }

  private accept({ line }: Capture, end: number): boolean {
    const { bytes, from, offset } = this.window
    const record = bytes.subarray(from, end)
    const place = { offset, length: end - from, line }
    if (this.contexts.at(-1) === 'rows') return this.acceptRow(utf8.decode(record), place)
    return this.contexts.at(-2) === 'sequence'
      ? this.reader.acceptOnce(utf8.decode(record), place)
      : this.reader.acceptBytes(record, place)
  }

  private acceptRow(text: string, place: Place): boolean {
    const found = readRow(this.columns, text)
    if (found) return this.reader.acceptRecord(found, place)
    this.reader.bad.addPlace(place, badRecordText.row(this.columns.length), text)
    return false
  }

  private textTo(end: number): string {
    const { bytes, from } = this.window
    return utf8.decode(bytes.subarray(from, end))
  }

  /** A text in the record does not end on its line: looks for the next record. */
  private stumble(capture: Capture): Step {
    const { brokenAt } = this.scanner
    if (capture.isRecord) this.note(capture, badRecordText.lineBreakInText())
    this.capture = undefined
    this.recoveryIndent = capture.indent
    this.scanner.pass(brokenAt)
    return 'on'
  }

  private recover(indent: number): Step {
    const { window, scanner } = this
    const found = scanner.findRecordLine(indent, window.to, this.contexts.length > 1)
    if (found >= 0) {
      scanner.pass(found)
      this.recoveryIndent = undefined
      return 'on'
    }
    // The last line may go on in the next piece.
    const { bytes, from, to, isDone } = window
    const last = bytes.subarray(from, to).lastIndexOf(LF)
    scanner.pass(last < 0 || isDone ? to : from + last)
    return 'needs-more'
  }

  /** The record has no end: notes it, and goes on with what it may have swallowed. */
  private giveUp(capture: Capture, reason: string): void {
    this.note(capture, reason)
    if (this.window.isDone) this.capture = undefined
    else capture.isDropped = true
    if (this.goOnBehind(capture, this.window.to)) this.capture = undefined
  }

  /** After a bad record: goes on with a record line inside it, else behind its end. */
  private goOnBehind({ indent }: Capture, end: number): boolean {
    const { window, scanner } = this
    const found = scanner.findRecordLine(indent, end, false)
    const isAffordable = this.regained + end - window.from <= MAX_REGAINED
    const isFound = found >= 0 && isAffordable
    if (isFound) {
      this.regained += end - found
      scanner.pass(found)
    } else if (end < window.to || window.isDone) scanner.pass(end)
    else scanner.letGo()
    return isFound
  }

  /** Notes what is no JSON value as a bad record. */
  private readJunk(context: Context): Step {
    const ends = context === 'stream' ? /\n/ : /[\n,\]{]/
    const text = this.ahead(LONGEST_JUNK)
    const length = text.search(ends)
    if (length < 0 && text.length < LONGEST_JUNK && !this.window.isDone)
      return 'needs-more'
    this.noteJunk(this.window.from + (length < 0 ? text.length : length))
    return 'on'
  }

  private noteJunk(end: number): void {
    const { line, indent } = this.scanner
    this.accept({ isRecord: true, line, indent, isDropped: false }, end)
    this.scanner.pass(end)
  }

  private note({ line }: Capture, reason: string): void {
    const { bytes, from, to } = this.window
    const excerpt = bytes.subarray(from, Math.min(to, from + EXCERPT_BYTES))
    this.reader.bad.add(line, reason, utf8.decode(excerpt))
  }

  /** The next bytes, one character each. */
  private ahead(count: number): string {
    const { bytes, from, to } = this.window
    return bytewise.decode(bytes.subarray(from, Math.min(to, from + count)))
  }
}

const LF = 10
