import type { Code, CodeArray, Column, Scalar } from '../events/column'
import { bitsFor, type RowBits } from '../events/row-bits'
import { RowCollector } from '../events/row-collector'
import { uniteLists, type RowList } from '../events/row-list'
import { PIECE, RowSet, type Row } from '../events/row-set'
import type { ColumnCodes } from './column-codes'
import type { ColumnTest } from './column-test'
import { ContentJudge } from './content-judge'
import type { Evidence, Truth } from './evidence'
import type { FieldReader } from './field-values'
import { LeafEffort, truthOrNull, type Leaf } from './leaf'
import type { LeafCache } from './leaf-cache'
import type { Holder } from './memory-budget'
import type { TextIndex } from './text-index'
import { TRUE, TruthTable, UNKNOWN } from './truth-table'

/** Looking contents up pays from so many candidates on, and this part of the contents. */
const manyRows = 512
const lookUpPart = 8
/** All contents are judged beforehand where there are so many candidates to each. */
const judgePart = 16
/** A leaf asked of fewer rows than this part of the contents does not remember them. */
const rememberedPart = 32

/** What one step works with; no step is interrupted. */
const codesOfPiece = new Uint32Array(PIECE)
const rowsFound = new Uint32Array(PIECE)

/**
 * A leaf over one field. Each distinct content of the column is judged at most once, and
 * only when some candidate has it; rows answer by their codes. All rules share the leaf,
 * and with it what it has learnt, which stays true when events are appended.
 */
export class ColumnLeaf implements Leaf, Holder {
  readonly cost = new LeafEffort()
  /** What is known by code; code 0 is the event without the field. */
  private table: TruthTable | undefined
  /** The codes it is true of, up to `lookedUp`, where they can be looked up. */
  private trueCodes: Uint32Array = new Uint32Array(0)
  private lookedUp: Code = 0
  /** Whether it is true of events without the field, once that is known. */
  private isTrueOfNone = false
  /** The table has what was looked up, up to here. */
  private settled: Code = 0

  /** Sketches have turned away from the table whom they could, up to here. */
  private sieved: Code = 0

  private readonly judge: ContentJudge

  constructor(
    readonly id: number,
    private readonly reader: FieldReader,
    private readonly test: ColumnTest,
    private readonly cache: LeafCache,
  ) {
    this.judge = new ContentJudge(reader, test, cache)
  }

  get effort(): number {
    return this.test.effort
  }

  get contents(): number {
    const { column } = this.reader
    // To count those of times would be to give each its code.
    return column?.prepare ? Infinity : (column?.size ?? 0)
  }

  forget(): void {
    this.table = undefined
    this.settled = 0
    this.sieved = 0
  }

  isCapped(): boolean {
    return this.test.isCapped?.() ?? false
  }

  truthAt(row: Row): Truth {
    return this.test.judge(this.reader.at(row))
  }

  valuesAt(row: Row): NonNullable<Evidence['values']> {
    const { column, field } = this.reader
    const scalars = column?.scalars(column.codeAt(row)) ?? []
    const isTrue = this.truthAt(row) === true
    const decisive = isTrue ? scalars.find((scalar) => this.isTrueOf(scalar)) : undefined
    if (decisive !== undefined) return [{ field: field.name, value: decisive }]
    if (scalars.length === 0) return [{ field: field.name, value: undefined }]
    return scalars.map((value) => ({ field: field.name, value }))
  }

  private isTrueOf(scalar: Scalar): boolean {
    const value = this.reader.read(scalar)
    return value !== undefined && this.test.judge([value]) === true
  }

  *rowsAmong(candidates: RowSet): Generator<void, RowSet> {
    const { column } = this.reader
    if (candidates.isEmpty()) return candidates
    if (!column) return this.judge.isTrue(0) ? candidates : new RowSet(candidates.size)
    if (column.prepare) yield* column.prepare()
    return (
      (yield* this.rowsListed(column, candidates)) ??
      (yield* this.rowsAsked(column, candidates))
    )
  }

  *nullsAmong(candidates: RowSet): Generator<void, RowSet> {
    const { column } = this.reader
    if (column?.prepare) yield* column.prepare()
    /** By code: 0 as long as it is not known, 1 where it is not null, 2 where it is. */
    const known = new Uint8Array((column?.size ?? 0) + 1)
    const found = new RowCollector(candidates.size)
    for (const piece of candidates.pieces()) {
      let count = 0
      for (let at = 0; at < piece.length; at++) {
        const code = column ? column.codeAt(piece[at]!) : 0
        if (known[code] === 0) known[code] = this.isNull(code) ? 2 : 1
        if (known[code] === 2) rowsFound[count++] = piece[at]!
      }
      found.add(rowsFound, count)
      yield
    }
    return found.rows()
  }

  private isNull(code: Code): boolean {
    const { reader, test } = this
    const values = reader.of(code)
    if (test.isNullWithoutValue) return values.length === 0
    return truthOrNull(() => test.judge(values)) === null
  }

  /** The rows of the codes it is true of, where those are known and have few rows. */
  private *rowsListed(
    column: Column,
    candidates: RowSet,
  ): Generator<void, RowSet | undefined> {
    const { size } = column
    if (!(yield* this.lookUp(size, candidates.count()))) return undefined
    // Rules ask for much that no event holds.
    if (this.trueCodes.length === 0) return new RowSet(candidates.size)
    const postings = this.cache.postingsOf(column)
    if (!(yield* postings.prepare(candidates))) return undefined
    return postings.read(this.trueCodes, candidates)
  }

  /** Finds the codes it is true of, up to `size`; false where asking is less work. */
  private *lookUp(size: Code, rows: number): Generator<void, boolean> {
    const { texts, effort } = this.test
    const news = size - this.lookedUp
    if (news === 0 && size > 0) return !this.isTrueOfNone
    if (rows < manyRows) return false
    if (!texts) {
      if (effort === Infinity || news * judgePart > rows) return false
      yield* this.judgeAll(size)
      return !this.isTrueOfNone
    }
    if (rows * lookUpPart < news) return false
    const index = this.cache.textsOf(this.reader)
    yield* index.prepare(size)
    if (this.lookedUp >= size) return true
    const started = performance.now()
    const known = this.trueCodes.length
    for (const text of texts)
      this.trueCodes = uniteLists(this.trueCodes, this.findCodes(index, text, size))
    this.cost.add(this.trueCodes.length - known, started)
    this.lookedUp = size
    return true
  }

  /** The codes after those looked up that have a text, and that it is true of. */
  private findCodes(index: TextIndex, text: string, size: Code): Uint32Array {
    const { textsMean } = this.test
    const anyCase = textsMean !== 'just these'
    const { codes, isSure } = index.find(text, this.lookedUp, size, anyCase)
    return isSure && textsMean !== undefined
      ? codes
      : codes.filter((code) => this.judge.isTrue(code))
  }

  /** As `lookUp`, where contents are far fewer than rows. */
  private *judgeAll(size: Code): Generator<void, void> {
    this.isTrueOfNone = this.judge.isTrue(0)
    while (this.lookedUp < size) {
      const started = performance.now()
      const end = Math.min(size, this.lookedUp + PIECE)
      const from = this.lookedUp + 1
      let count = 0
      for (let code = from; code <= end; code++)
        if (this.judge.isTrue(code)) codesOfPiece[count++] = code
      this.trueCodes = uniteLists(this.trueCodes, codesOfPiece.slice(0, count))
      this.lookedUp = end
      this.cost.add(end - from + 1, started)
      if (this.cost.isPauseDue()) yield
    }
  }

  /** Those of the candidates whose code is true, each code being asked once. */
  private *rowsAsked(column: Column, candidates: RowSet): Generator<void, RowSet> {
    const codes = this.cache.codesOf(column)
    yield* codes.prepare(candidates)
    const { size } = column
    const table = this.openTable(size, candidates.count())
    if (table && this.sieved < size) yield* this.sieve(table, size)
    const byRow = codes.laidOut(candidates.size)
    if (candidates.words && byRow && table)
      return yield* this.askWords(candidates.words, candidates.size, byRow, table)
    const found = new RowCollector(candidates.size)
    let steps = 0
    for (const piece of candidates.pieces()) {
      found.add(rowsFound, this.ask(piece, codes, table))
      if (this.cost.isPauseDue() || ++steps % STEPS === 0) yield
    }
    return found.rows()
  }

  /** The table to remember answers in; none where that is not worth its room. */
  private openTable(size: Code, rows: number): TruthTable | undefined {
    if (!this.table && rows * rememberedPart < size) return undefined
    const table = (this.table ??= new TruthTable())
    table.reserve(size)
    this.settle(table)
    this.cache.truths.use(this, table.bytes)
    return table
  }

  /** What has been looked up need not be asked. */
  private settle(table: TruthTable): void {
    if (this.settled === this.lookedUp) return
    const { trueCodes } = this
    for (let at = 0; at < trueCodes.length; at++) table.set(trueCodes[at]!, true)
    table.settleFalse(this.settled + 1, this.lookedUp)
    this.settled = this.lookedUp
  }

  /** Of most contents it is known at a glance that they do not match. */
  private *sieve(table: TruthTable, size: Code): Generator<void, void> {
    yield* this.judge.sieve(table, this.sieved + 1, size, this.cost)
    // While it waited, memory may have run out.
    if (this.table === table) this.sieved = size
  }

  /** As `rowsAsked`, for many candidates: 32 of them at a time. */
  private *askWords(
    words: Readonly<RowBits>,
    size: number,
    byRow: Readonly<CodeArray>,
    table: TruthTable,
  ): Generator<void, RowSet> {
    const found = bitsFor(size)
    for (let from = 0; from < words.length; from += WORDS) {
      const to = Math.min(words.length, from + WORDS)
      const count = table.keepTrue(words, from, to, byRow, found, rowsFound)
      if (count > 0) this.askDoubtful(count, byRow, table, found)
      if (this.cost.isPauseDue() || (from / WORDS + 1) % STEPS === 0) yield
    }
    return RowSet.ofBits(size, found)
  }

  /** As `askWords`, for so many rows in `rowsFound` whose codes the table did not know. */
  private askDoubtful(
    count: number,
    byRow: Readonly<CodeArray>,
    table: TruthTable,
    found: RowBits,
  ): void {
    for (let i = 0; i < count; i++) codesOfPiece[i] = byRow[rowsFound[i]!]!
    this.learn(count, table)
    for (let i = 0; i < count; i++) {
      const row = rowsFound[i]!
      const isTrue = table.get(codesOfPiece[i]!) === TRUE ? 1 : 0
      found[row >>> 5]! |= isTrue << (row & 31)
    }
  }

  /** Judges those of the first `count` codes at hand that the table does not know. */
  private learn(count: number, table: TruthTable): void {
    const started = performance.now()
    let judged = 0
    for (let i = 0; i < count; i++) {
      const code = codesOfPiece[i]!
      if (table.get(code) !== UNKNOWN) continue
      table.set(code, this.judge.isTrueOf(code))
      judged++
    }
    this.cost.add(judged, started)
  }

  /** Writes which of a piece's rows it is true for to `rowsFound`; answers how many. */
  private ask(piece: RowList, codes: ColumnCodes, table: TruthTable | undefined): number {
    codes.read(piece, codesOfPiece)
    if (!table) return this.askEach(piece)
    const count = this.askKnown(piece, table)
    if (count >= 0) return count
    this.learn(piece.length, table)
    return this.askKnown(piece, table)
  }

  /** As `ask`; -1 as soon as a code is not known. */
  private askKnown(piece: RowList, { packed }: TruthTable): number {
    let count = 0
    for (let i = 0; i < piece.length; i++) {
      const code = codesOfPiece[i]!
      const known = (packed[code >>> 4]! >>> ((code & 15) << 1)) & 3
      if (known === UNKNOWN) return -1
      rowsFound[count] = piece[i]!
      count += known >>> 1
    }
    return count
  }

  private askEach(piece: RowList): number {
    const started = performance.now()
    let count = 0
    for (let i = 0; i < piece.length; i++)
      if (this.judge.isTrue(codesOfPiece[i]!)) rowsFound[count++] = piece[i]!
    this.cost.add(piece.length, started)
    return count
  }
}

/** Pieces of known contents between two pauses: 65,536 rows. */
const STEPS = 64
/** Words asked at once: as many rows. */
const WORDS = PIECE >>> 5
