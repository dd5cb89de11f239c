import { ByteTexts, type SearchExports } from './byte-texts'
import type { Code, Scalar, TextBytes, TextPatterns } from './column'
import { type Content, DecodedPages } from './decoded-pages'
import {
  ANSWER_BYTES,
  type EncoderMemory,
  PATTERN_BYTES,
  type Pointer,
} from './encoder-memory'

/** What a dictionary asks of the encoder (assembly/contents.ts, assembly/columns.ts). */
export interface ContentExports extends SearchExports {
  readonly memory: WebAssembly.Memory
  allocate(bytes: number): Pointer
  release(block: Pointer, bytes: number): void
  makeColumn(number: number, isTime: boolean): Pointer
  dropColumn(column: Pointer): void
  forgetColumns(): void
  contentSize(column: Pointer): number
  entriesOf(column: Pointer): Pointer
  endOfContents(column: Pointer, code: Code): Code
  endOfContent(column: Pointer, code: Code): Pointer
  internContent(column: Pointer, at: Pointer, bytes: number): Code
  findContent(column: Pointer, at: Pointer, bytes: number): Code
  copyContent(to: Pointer, from: Pointer, code: Code): Code
  copyPlain(to: Pointer, from: Pointer, code: Code, isNumber: boolean): Code
  kindsOf(column: Pointer): Pointer
  hasUnsafe(column: Pointer): number
}

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** The contents of columns, kept as JSON outside the JavaScript heap. */
export class ByteStore implements EncoderMemory {
  readonly decoded = new DecodedPages()
  private bytes = new Uint8Array(0)
  private words = new Uint32Array(0)
  private text: Pointer = 0
  private textRoom = 0
  private columnCount = 0
  private patterns: TextPatterns | undefined
  readonly answer: Pointer

  constructor(private readonly exports: ContentExports) {
    this.answer = exports.allocate(ANSWER_BYTES) >>> 0
  }

  makeColumn(isTime: boolean): Pointer {
    return this.exports.makeColumn(++this.columnCount, isTime) >>> 0
  }

  dropColumn(column: Pointer): void {
    // Fields find their columns anew, lest one goes on writing to this.
    this.exports.forgetColumns()
    this.exports.dropColumn(column)
  }

  size(column: Pointer): number {
    return this.exports.contentSize(column)
  }

  /** The code of a content, given as the JSON text that stands for it. */
  intern(column: Pointer, json: string): Code {
    const { at, bytes } = this.write(json)
    return this.exports.internContent(column, at, bytes)
  }

  find(column: Pointer, json: string): Code {
    const { at, bytes } = this.write(json)
    return this.exports.findContent(column, at, bytes)
  }

  copy(to: Pointer, from: Pointer, code: Code): Code {
    return this.exports.copyContent(to, from, code)
  }

  /** As `copy`, of a text without line ends and `&`, or of digits as text or number; else 0. */
  copyPlain(to: Pointer, from: Pointer, code: Code, isNumber: boolean): Code {
    return this.exports.copyPlain(to, from, code, isNumber)
  }

  /** How many texts, longs, bigs, doubles, booleans and nulls there are. */
  kinds(column: Pointer): readonly number[] {
    this.refresh()
    const at = this.exports.kindsOf(column) >>> 2
    return [...this.words.subarray(at, at + 6)]
  }

  /** The contents of some codes, from and to inclusive. */
  read(column: Pointer, from: Code, to: Code): readonly Content[] {
    const { exports } = this
    this.refresh()
    const contents: Content[] = []
    const entries = exports.entriesOf(column) >>> 2
    for (let code = from; code <= to;) {
      const last = Math.min(to, exports.endOfContents(column, code))
      const begin = this.words[entries + code - 1]!
      const end = exports.endOfContent(column, last) >>> 0
      const text = decoder.decode(this.bytes.subarray(begin, end))
      contents.push(...(JSON.parse(`[${text}]`) as Content[]))
      code = last + 1
    }
    if (exports.hasUnsafe(column) === 0) return contents
    return contents.map((content, i) =>
      mayBeRounded(content) ? readExactly(this.json(column, from + i)) : content,
    )
  }

  /** What can be asked of the bytes of a column; undefined where some are no texts. */
  texts(column: Pointer): TextBytes | undefined {
    const { exports } = this
    if (exports.holdsTextsOnly(column) === 0) return undefined
    return new ByteTexts(this, column, exports)
  }

  usePatterns(patterns: TextPatterns): void {
    if (this.patterns === patterns) return
    this.refresh()
    const place = this.exports.placeOfPatterns() >>> 0
    const target = this.bytes.subarray(place, place + PATTERN_BYTES)
    encoder.encodeInto(patterns.program, target)
    this.exports.takePatterns(patterns.anyCase)
    this.patterns = patterns
  }

  answerWords(count: number): Int32Array {
    return new Int32Array(this.exports.memory.buffer, this.answer, count)
  }

  /** As `Column.smallInteger`. A comma follows every content. */
  smallInteger(column: Pointer, code: Code): number | undefined {
    this.refresh()
    const { bytes } = this
    const begin = this.words[(this.exports.entriesOf(column) >>> 2) + code - 1]!
    const isText = bytes[begin] === QUOTE
    const from = isText ? begin + 1 : begin
    let at = from
    let value = 0
    for (; at - from < 16; at++) {
      const digit = bytes[at]! - ZERO
      if (digit < 0 || digit > 9) break
      value = value * 10 + digit
    }
    const isWhole = bytes[at] === (isText ? QUOTE : COMMA)
    return isWhole && at > from && at - from < 16 ? value : undefined
  }

  private json(column: Pointer, code: Code): string {
    const begin = this.words[(this.exports.entriesOf(column) >>> 2) + code - 1]!
    const end = this.exports.endOfContent(column, code) >>> 0
    return decoder.decode(this.bytes.subarray(begin, end))
  }

  write(text: string): { readonly at: Pointer; readonly bytes: number } {
    if (text.length * 3 > this.textRoom) {
      const room = Math.max(text.length * 3, 4096)
      if (this.textRoom > 0) this.exports.release(this.text, this.textRoom)
      // There may be no memory for the next; the last is not to be written to again.
      this.textRoom = 0
      this.text = this.exports.allocate(room) >>> 0
      this.textRoom = room
    }
    this.refresh()
    const target = this.bytes.subarray(this.text, this.text + this.textRoom)
    return { at: this.text, bytes: encoder.encodeInto(text, target).written }
  }

  /** The memory moves when it grows. */
  private refresh(): void {
    const { buffer } = this.exports.memory
    if (this.bytes.buffer === buffer) return
    this.bytes = new Uint8Array(buffer)
    this.words = new Uint32Array(buffer)
  }
}

const QUOTE = 0x22
const COMMA = 0x2c
const ZERO = 0x30

const mayBeRounded = (content: Content): boolean =>
  content instanceof Array
    ? content.some(mayBeRounded)
    : typeof content === 'number' && !(Math.abs(content) <= Number.MAX_SAFE_INTEGER)

/** Reads JSON of a content with every digit of its integers. */
function readExactly(json: string): Content {
  if (!json.startsWith('[')) return readScalar(json)
  return Array.from(json.matchAll(SCALARS), ([scalar]) => readScalar(scalar))
}

const SCALARS = /"[^"\\]*(?:\\.[^"\\]*)*"|[^,[\]]+/g

function readScalar(json: string): Scalar {
  const value = JSON.parse(json) as Scalar
  const isInteger = /^-?\d+$/.test(json)
  return isInteger && !Number.isSafeInteger(value) ? BigInt(json) : value
}
