import { BlockPages } from './block-pages'
import { BLOCK_ROWS, CodeBlocks } from './code-blocks'
import type { Code, CodeArray, Scalar } from './column'
import type { Dictionary } from './dictionary'
import { COPIED, GONE, type GrowingColumn } from './growing-column'
import { inPieces } from './in-pieces'
import { InstantBlocks, NUMBER } from './instant-blocks'
import type { SpelledInstant, SpelledInstants } from './instant-blocks'
import { InstantCodes } from './instant-codes'
import type { ObservedTypes } from './observed'
import type { RowList } from './row-list'
import type { Row } from './row-set'
import { singleScalar } from './single-scalar'
import { printTimeWith, readTime, TimeReader } from './time'

/**
 * A field of timestamps. Those spelled as `YYYY-MM-DDTHH:MM:SS[.f]Z` or as whole epoch
 * milliseconds are kept as numbers, from which the text can be had back; all else goes
 * to a dictionary. Codes are made when someone first asks for them.
 */
export class TimeColumn implements GrowingColumn {
  private readonly direct = new InstantBlocks()
  private readonly odd: CodeBlocks
  private readonly reader = new TimeReader()
  private numbersPut = 0
  private lastRow: Row = -1

  // Codes, made up to row `codedRows`: by row, and what each stands for. A code of an
  // odd value is kept as its negative code there, of an instant as its number.
  private codedRows = 0
  private rowCodes = new Uint32Array(0)
  private readonly instants = new InstantCodes()
  private readonly meanings: number[] = []
  private readonly instantCodes: Code[] = []
  private readonly oddCodes: Code[] = []

  constructor(
    readonly name: string,
    /** Of the odd values. */
    readonly dictionary: Dictionary,
    /** Where their codes are packed, those of other columns too. */
    private readonly room = new BlockPages(),
  ) {
    this.odd = new CodeBlocks(room)
  }

  get filled(): number {
    return this.direct.filled + this.odd.filled
  }

  get observed(): ObservedTypes {
    const { strings, longs, ...others } = this.dictionary.observed
    const texts = this.direct.filled - this.numbersPut
    return { ...others, strings: strings + texts, longs: longs + this.numbersPut }
  }

  get size(): number {
    this.makeCodes()
    return this.meanings.length
  }

  *prepare(): Generator<void, void> {
    while (this.codedRows <= this.lastRow) {
      this.makeCodes(this.codedRows + CODED)
      yield
    }
  }

  put(row: Row, scalar: Scalar): void {
    this.lastRow = row
    const spelling = this.spellingOf(scalar)
    if (spelling < 0) this.odd.append(row, this.dictionary.intern(scalar))
    else this.direct.append(row, this.reader.ms, this.reader.nanos, spelling)
    if (spelling === NUMBER) this.numbersPut++
  }

  putList(row: Row, scalars: readonly Scalar[]): void {
    this.lastRow = row
    this.odd.append(row, this.dictionary.internList(scalars))
  }

  /** Gives a row the timestamp of a row of another column; false if that is none, or odd. */
  putInstantOf(row: Row, from: TimeColumn, fromRow: Row): boolean {
    const instant = from.direct.at(fromRow)
    if (!instant) return false
    const { ms, nanos, spelling } = instant
    this.putInstant(row, ms, nanos, spelling)
    return true
  }

  putInstant(row: Row, ms: number, nanos: number, spelling: number): void {
    this.lastRow = row
    this.direct.append(row, ms, nanos, spelling)
    if (spelling === NUMBER) this.numbersPut++
  }

  appendCodes(block: number, offsets: Uint16Array, codes: Uint32Array): void {
    this.odd.appendMany(block, offsets, codes)
    this.lastRow = Math.max(this.lastRow, block * BLOCK_ROWS + offsets.at(-1)!)
  }

  appendInstants(block: number, instants: SpelledInstants): void {
    this.direct.appendMany(block, instants)
    this.lastRow = Math.max(this.lastRow, block * BLOCK_ROWS + instants.offsets.at(-1)!)
    const { spellings } = instants
    for (let i = 0; i < spellings.length; i++)
      if (spellings[i] === NUMBER) this.numbersPut++
  }

  /** Visits the rows that hold one usable timestamp, in no particular order. */
  forEachInstant(
    visit: (row: Row, ms: number, nanos: number) => void,
    from: Row = 0,
    to: Row = Infinity,
  ): void {
    this.direct.forEach(visit, from, to)
    const visitOdd = (row: Row, code: Code): void => {
      const instant = readTime(singleScalar(this.dictionary.scalars(code)) ?? null)
      if (instant) visit(row, instant.ms, instant.nanos)
    }
    this.odd.forEach(visitOdd, from, to)
  }

  scalars(code: Code): readonly Scalar[] {
    this.makeCodes()
    const meaning = this.meanings[code - 1]
    if (meaning === undefined) return []
    if (meaning < 0) return this.dictionary.scalars(-meaning)
    return [printInstant(this.instants.at(meaning))]
  }

  isArray(code: Code): boolean {
    this.makeCodes()
    const meaning = this.meanings[code - 1]
    return meaning !== undefined && meaning < 0 && this.dictionary.isArray(-meaning)
  }

  codeAt(row: Row): Code {
    this.makeCodes()
    return this.rowCodes[row] ?? 0
  }

  forEach(visit: (row: Row, code: Code) => void, from: Row = 0, to = Infinity): void {
    this.makeCodes()
    for (let row = from; row < Math.min(to, this.codedRows); row++)
      if (this.rowCodes[row] !== 0) visit(row, this.rowCodes[row]!)
  }

  copyCodes(into: CodeArray, from: Row, to: Row): void {
    this.makeCodes()
    into.set(this.rowCodes.subarray(from, Math.min(to, this.codedRows)))
  }

  readCodes(rows: Readonly<RowList>, into: CodeArray | Int32Array): void {
    this.makeCodes()
    for (let at = 0; at < rows.length; at++) into[at] = this.rowCodes[rows[at]!] ?? 0
  }

  codeOf(scalar: Scalar): Code {
    this.makeCodes()
    const spelling = this.spellingOf(scalar)
    if (spelling < 0) return this.oddCodes[this.dictionary.codeOf(scalar)] ?? 0
    const { ms, nanos } = this.reader
    return this.instantCodes[this.instants.find({ ms, nanos, spelling })] ?? 0
  }

  *copyRows(newRow: Uint32Array): Generator<void, TimeColumn> {
    const copy = new TimeColumn(this.name, this.dictionary.makeEmpty(), this.room)
    let isWhole = false
    try {
      const put = (from: Row, to: Row): void => this.copyTo(copy, newRow, from, to)
      yield* inPieces(newRow.length, put, COPIED)
      isWhole = true
      return copy
    } finally {
      if (!isWhole) copy.dictionary.drop()
    }
  }

  private copyTo(copy: TimeColumn, newRow: Uint32Array, from: Row, to: Row): void {
    const put: Parameters<InstantBlocks['forEach']>[0] = (row, ms, nanos, spelling) => {
      const place = newRow[row] ?? GONE
      if (place === GONE) return
      copy.direct.append(place, ms, nanos, spelling)
      if (spelling === NUMBER) copy.numbersPut++
      copy.lastRow = Math.max(copy.lastRow, place)
    }
    this.direct.forEach(put, from, to)
    const putOdd = (row: Row, code: Code): void => {
      const place = newRow[row] ?? GONE
      if (place === GONE) return
      copy.odd.append(place, copy.dictionary.copyFrom(this.dictionary, code))
      copy.lastRow = Math.max(copy.lastRow, place)
    }
    this.odd.forEach(putOdd, from, to)
  }

  /** How the scalar is spelled, its time then being in the reader; -1 for odd ones. */
  private spellingOf(scalar: Scalar): number {
    if (typeof scalar === 'string')
      return this.reader.read(scalar) && this.reader.isCanonical
        ? this.reader.fractionDigits
        : -1
    if (typeof scalar !== 'number' || !Number.isInteger(scalar)) return -1
    if (readTime(scalar) === undefined) return -1
    this.reader.ms = scalar + 0
    this.reader.nanos = 0
    return NUMBER
  }

  /** Makes the codes of the rows up to `most`. */
  private makeCodes(most: Row = Infinity): void {
    const from = this.codedRows
    if (from > this.lastRow) return
    const to = Math.min(most, this.lastRow + 1)
    if (this.rowCodes.length <= this.lastRow) {
      const longer = new Uint32Array(Math.max(this.lastRow + 1, from * 2))
      longer.set(this.rowCodes)
      this.rowCodes = longer
    }
    const put: Parameters<InstantBlocks['forEach']>[0] = (row, ms, nanos, spelling) => {
      const number = this.instants.intern(ms, nanos, spelling)
      this.rowCodes[row] = this.instantCodes[number] ??= this.meanings.push(number)
    }
    this.direct.forEach(put, from, to)
    const putOdd = (row: Row, odd: Code): void => {
      this.rowCodes[row] = this.oddCodes[odd] ??= this.meanings.push(-odd)
    }
    this.odd.forEach(putOdd, from, to)
    this.codedRows = to
  }
}

/** Rows given codes between two pauses. */
const CODED = 1 << 15

const printInstant = ({ ms, nanos, spelling }: SpelledInstant): Scalar =>
  spelling === NUMBER ? ms : printTimeWith(spelling, ms, nanos)

/** Whether a column that begins with this value is better kept as numbers. */
export function looksLikeTimes(scalar: Scalar): boolean {
  return typeof scalar === 'string' && firstReader.read(scalar) && firstReader.isCanonical
}
const firstReader = new TimeReader()
