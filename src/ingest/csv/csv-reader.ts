import type { ByteWindow } from '../byte-window'
import { readDefender } from '../defender/read-defender'
import { csvText } from '../formats/wording'
import type { Place } from '../place'
import type { RecordReader } from '../record-reader'
import { badRecordText } from '../wording'
import { type Header, readCells, readHeader } from './header'
import { KibanaRow } from './kibana-row'

const LF = 0x0a
const QUOTE = 0x22
/** A longer row has swallowed others, as a quote was not closed. */
const MAX_ROW = 16 * 1024 * 1024

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Cuts a table into rows, which end where a line ends outside of quotes. */
export class CsvReader {
  private header: Header | undefined = undefined
  private readonly kibana: KibanaRow
  private line = 1
  /** How far the row at the window's beginning was looked at, and whether in quotes. */
  private scanned = 0
  private isQuoted = false

  constructor(
    private readonly window: ByteWindow,
    private readonly reader: RecordReader,
  ) {
    this.kibana = new KibanaRow(reader.said.timeZone)
  }

  async read(): Promise<void> {
    const { window, reader } = this
    while (!reader.isStopped) {
      const end = this.findEnd()
      if (end >= 0) this.take(end)
      else if (window.length > MAX_ROW) await this.giveUp()
      else if (!(await window.more())) break
      if (reader.isDue) await reader.rest()
    }
    if (window.isDone && window.length > 0 && !reader.isStopped) this.takeLast()
    this.tellLosses()
  }

  /** Where the row ends, behind its line break; -1 if that is not there yet. */
  private findEnd(): number {
    const { bytes, from, to } = this.window
    let { isQuoted } = this
    for (let i = from + this.scanned; i < to; i++) {
      const byte = bytes[i]!
      if (byte === QUOTE) isQuoted = !isQuoted
      else if (byte === LF && !isQuoted) {
        this.scanned = 0
        this.isQuoted = false
        return i + 1
      }
    }
    this.scanned = to - from
    this.isQuoted = isQuoted
    return -1
  }

  private take(end: number): void {
    const { window, line } = this
    const { bytes, from, offset } = window
    const piece = bytes.subarray(from, end)
    for (const byte of piece) if (byte === LF) this.line++
    const text = decoder.decode(piece).replace(/\r?\n$/, '')
    const place = { offset, length: end - from, line }
    window.moveTo(end)
    if (text.trim() !== '') this.takeRow(text, place)
  }

  private takeLast(): void {
    const { window, reader, isQuoted, line } = this
    const { bytes, from, to, offset } = window
    if (!isQuoted) return this.take(to)
    const place = { offset, length: to - from, line }
    reader.bad.addPlace(
      place,
      csvText.unclosed(),
      decoder.decode(bytes.subarray(from, to)),
    )
  }

  private takeRow(text: string, place: Place): void {
    const { header, reader } = this
    if (!header) {
      this.header = readHeader(text) ?? { ...NO_HEADER, columns: readCells(text, ',') }
      return
    }
    const { columns, separator } = header
    const cells = readCells(text, separator)
    if (cells.length === columns.length) this.takeCells(columns, cells, place)
    else reader.bad.addPlace(place, csvText.cells(cells.length, columns.length), text)
  }

  private takeCells(
    columns: readonly string[],
    cells: readonly string[],
    place: Place,
  ): void {
    const { reader, header } = this
    const found =
      header?.kind === 'hunting'
        ? readDefender(Object.fromEntries(columns.map((name, at) => [name, cells[at]!])))
        : undefined
    if (found) return void reader.acceptRecord(found.record, place, found.variant)
    const record = this.kibana.read(columns, cells)
    if (record) reader.acceptRecord(record, place)
    else reader.bad.addPlace(place, csvText.source(), cells.join(' '))
  }

  /** Goes on behind the first line of what is no row. */
  private async giveUp(): Promise<void> {
    const { window, reader, line } = this
    const { bytes, from, offset } = window
    const text = decoder.decode(bytes.subarray(from, from + MAX_EXCERPT))
    const place = { offset, length: MAX_ROW, line }
    reader.bad.addPlace(place, badRecordText.tooLong(MAX_ROW), text)
    this.line++
    this.scanned = 0
    this.isQuoted = false
    while (!reader.isStopped) {
      const end = window.bytes.subarray(window.from, window.to).indexOf(LF)
      window.moveTo(end < 0 ? window.to : window.from + end + 1)
      if (end >= 0 || !(await window.more())) return
      if (reader.isDue) await reader.rest()
    }
  }

  private tellLosses(): void {
    const { reader, kibana, header } = this
    if (header?.kind === 'hunting' || reader.events === 0) return
    reader.said.note(csvText.isLossy())
    if (kibana.hasLocalTimes) reader.said.noteZone(kibana.zone)
    const { timeZone = '' } = reader.said
    if (kibana.hasWrongZone) reader.said.note(csvText.noSuchZone(timeZone))
  }
}

const NO_HEADER = { separator: ',', kind: 'kibana' } as const
const MAX_EXCERPT = 500
