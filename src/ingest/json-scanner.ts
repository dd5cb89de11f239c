import type { ByteWindow } from './byte-window'

const LF = 0x0a
const SPACE = 0x20
const TAB = 0x09
const COMMA = 0x2c
const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d

/** How a search for the end of a value came out; a number is the index behind it. */
export const UNFINISHED = -1
/** A line ends within a text. */
export const BROKEN = -2

/** Moves over JSON in a window, knowing lines, and where values end. */
export class JsonScanner {
  /** 1-based line at the window's beginning. */
  line = 1
  private lineOffset = 0
  // The value that begins at the window's beginning, as far as it was looked at.
  private scanned = 0
  private depth = 0
  private inText = false

  constructor(private readonly window: ByteWindow) {}

  /** Bytes between the beginning of the line and of the window. */
  get indent(): number {
    return this.window.offset - this.lineOffset
  }

  /** Is done with all bytes before an index. */
  pass(index: number): void {
    const { bytes, from, offset } = this.window
    for (let i = from; i < index; i++)
      if (bytes[i] === LF) {
        this.line++
        this.lineOffset = offset + i + 1 - from
      }
    this.window.moveTo(index)
  }

  /** Passes space, and the commas between values. */
  skipSpace(): void {
    const { bytes, from, to } = this.window
    let i = from
    while (i < to && (bytes[i]! <= SPACE || bytes[i] === COMMA)) i++
    this.pass(i)
  }

  /** Gets ready to find the end of the value at the window's beginning. */
  begin(): void {
    this.scanned = 0
    this.depth = 0
    this.inText = false
  }

  /** Where that value ends; goes on where it stopped when more bytes have come. */
  findEnd(): number {
    const { bytes, from, to } = this.window
    let { depth, inText } = this
    let i = from + this.scanned
    let end = UNFINISHED
    while (i < to) {
      const byte = bytes[i++]!
      if (inText) {
        if (byte === BACKSLASH) i++
        else if (byte === QUOTE) {
          inText = false
          if (depth === 0) end = i
        } else if (byte === LF) end = BROKEN
      } else if (byte === QUOTE) inText = true
      else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth++
      else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        if (--depth === 0) end = i
      }
      if (end !== UNFINISHED) break
    }
    this.scanned = i - from
    this.depth = depth
    this.inText = inText
    return end
  }

  /** Index of the line break that `findEnd` stumbled on. */
  get brokenAt(): number {
    return this.window.from + this.scanned - 1
  }

  /** Lets go of the bytes looked at, in the middle of a value. */
  letGo(): void {
    const ahead = this.scanned - this.window.length
    this.pass(this.window.to)
    this.scanned = ahead
  }

  /**
   * The next line before `to` that begins a record, with `{` indented by no more than
   * so much, or that ends the list of them, with `]` if `inList`: the index of that
   * character, or -1.
   */
  findRecordLine(indent: number, to: number, inList: boolean): number {
    const { bytes, from } = this.window
    for (let line = bytes.indexOf(LF, from) + 1; line > 0 && line < to;) {
      let i = line
      while (i < to && (bytes[i] === SPACE || bytes[i] === TAB)) i++
      const begins = bytes[i] === OPEN_BRACE || (inList && bytes[i] === CLOSE_BRACKET)
      if (i < to && begins && i - line <= indent) return i
      line = bytes.indexOf(LF, i) + 1
    }
    return -1
  }
}
