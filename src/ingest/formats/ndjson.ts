import type { ByteWindow } from '../byte-window'
import { type Encoder, INPUT_BYTES } from '../encoder'
import { AT_END, BLOCK_FULL, ODD, UNKNOWN } from '../encoder-exports'
import type { Format, Head } from '../format'
import { MAX_RECORD, type RecordReader } from '../record-reader'
import { badRecordText } from '../wording'

/**
 * NDJSON, also called JSON lines: one JSON object a line, https://github.com/ndjson.
 * Read: LF and CRLF, blank lines, byte order marks at the start of any line, lines of
 * elasticdump and of the bulk API. Each bad line is noted and the next one tried.
 */
export const ndjson: Format = {
  name: 'NDJSON',
  recognises: () => true,
  read: (window, reader) => new LineReader(window, reader).read(),
}

/** Whether one of the first lines is a JSON object by itself. */
export function hasRecordOnOneLine({ text, isWhole }: Head): boolean {
  const lines = text.split('\n')
  if (!isWhole) lines.pop()
  return lines.slice(0, LINES_TRIED).some((line) => {
    if (!/^\{\s*"/.test(line)) return false
    try {
      JSON.parse(line)
      return true
    } catch {
      return false
    }
  })
}

const LINES_TRIED = 50
const LF = 10
const MARK = 0xfeff
const MARK_BYTES = 3
const EXCERPT_BYTES = 200

/** Where a piece of lines ends that the encoder can take; behind a longer line else. */
function endOfPiece({ bytes, from }: ByteWindow, end: number): number {
  if (end - from <= INPUT_BYTES) return end
  const last = bytes.subarray(from, from + INPUT_BYTES).lastIndexOf(LF)
  if (last >= 0) return from + last + 1
  const next = bytes.indexOf(LF, from)
  return next < 0 || next >= end ? end : next + 1
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

class LineReader {
  private line = 0

  constructor(
    private readonly window: ByteWindow,
    private readonly reader: RecordReader,
  ) {}

  async read(): Promise<void> {
    const { window, reader } = this
    let searched = 0
    while (!reader.isStopped) {
      const start = window.from + searched
      const last = window.bytes.subarray(start, window.to).lastIndexOf(LF)
      if (last >= 0) await this.readLines(start + last + 1)
      if (window.length > MAX_RECORD) await this.skipLine()
      searched = window.length
      if (!(await window.more())) break
    }
    if (window.isDone && !reader.isStopped) await this.readLines(window.to)
  }

  /** Reads the lines from the beginning of the window up to an index. */
  private async readLines(end: number): Promise<void> {
    const { window, reader } = this
    // What is waited for does not change the window.
    while (window.from < end && !reader.isStopped) {
      const { encoder } = reader
      const stop = endOfPiece(window, end)
      if (encoder && stop - window.from <= INPUT_BYTES) this.encodeLines(encoder, stop)
      else this.readTexts(stop)
      if (reader.isDue) await reader.rest()
    }
    // Others may read into the table before this is heard of.
    reader.flush()
  }

  /** A cancel waits for the end of what is at hand. */
  private isOver(): boolean {
    return this.reader.isHopeless || this.reader.isFull
  }

  /** Has the encoder read lines, and reads those that it leaves over. */
  private encodeLines(encoder: Encoder, end: number): void {
    const { bytes, from, offset } = this.window
    const piece = bytes.subarray(from, end)
    const { reading } = this.reader
    encoder.put(piece)
    let at = 0
    // Others are read by others.
    while (at < piece.length && !this.isOver() && this.reader.reading === reading) {
      let state = ODD
      if (!this.reader.isIndexTold) {
        this.reader.isWaiting = true
        state = encoder.readLines(at, piece.length, offset)
        this.line += encoder.lineCount
        at = encoder.stoppedAt
      }
      if (state === AT_END) continue
      // What is waiting may be all that was to be read.
      this.reader.flush()
      if (state === BLOCK_FULL || this.isOver()) continue
      const found = piece.indexOf(LF, at)
      const stop = found < 0 ? piece.length : found
      const text = decoder.decode(piece.subarray(at, stop))
      this.line++
      const isRead = this.readLine(text, offset + at, stop - at)
      if (isRead && state === UNKNOWN && this.reader.isTeachable)
        encoder.learnLine(at, stop)
      at = stop + 1
    }
    // Those that are to be mapped may be asked for their text, which is there only now.
    if (reading === 'flat') this.reader.flush()
    this.window.moveTo(Math.min(from + at, end))
  }

  /** Reads lines without the encoder. */
  private readTexts(end: number): void {
    const { window } = this
    const { bytes, from, offset } = window
    const text = decoder.decode(bytes.subarray(from, end))
    // Only then are characters and bytes counted alike.
    const isAscii = text.length === end - from
    let start = 0
    let byteStart = from
    while (start < text.length && !this.isOver()) {
      const newline = text.indexOf('\n', start)
      const stop = newline < 0 ? text.length : newline
      const found = isAscii ? from + stop : bytes.indexOf(LF, byteStart)
      const byteStop = found < 0 || found > end ? end : found
      this.line++
      this.readLine(
        text.slice(start, stop),
        offset + byteStart - from,
        byteStop - byteStart,
      )
      start = stop + 1
      byteStart = byteStop + 1
    }
    window.moveTo(end)
  }

  /** False when the line holds nothing that can be used. */
  private readLine(text: string, offset: number, length: number): boolean {
    const cut = text.endsWith('\r') ? 1 : 0
    const mark = text.charCodeAt(0) === MARK
    const line = text.slice(mark ? 1 : 0, cut ? -1 : undefined)
    if (line.trim() === '') return false
    const skipped = mark ? MARK_BYTES : 0
    const place = {
      offset: offset + skipped,
      length: length - skipped - cut,
      line: this.line,
    }
    return this.reader.accept(line, place)
  }

  /** Passes over the rest of a line that is too long to be read. */
  private async skipLine(): Promise<void> {
    const { window, reader } = this
    const start = window.bytes.subarray(window.from, window.from + EXCERPT_BYTES)
    const excerpt = decoder.decode(start)
    reader.bad.add(++this.line, badRecordText.tooLong(MAX_RECORD), excerpt)
    for (;;) {
      window.moveTo(window.to)
      if (reader.isDue) await reader.rest()
      if (reader.isStopped || !(await window.more())) return
      const newline = window.bytes.subarray(window.from, window.to).indexOf(LF)
      if (newline < 0) continue
      window.moveTo(window.from + newline + 1)
      return
    }
  }
}
