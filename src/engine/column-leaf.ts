import type { Code, Column, Scalar } from '../events/column'
import { RowCollector } from '../events/row-collector'
import type { RowList } from '../events/row-list'
import { PIECE, RowSet, type Row } from '../events/row-set'
import type { ColumnCodes } from './column-codes'
import type { Evidence, Truth } from './evidence'
import type { FieldReader, Value } from './field-values'
import { LeafEffort, type Leaf } from './leaf'
import type { LeafCache } from './leaf-cache'
import type { Holder } from './memory-budget'
import { TRUE, TruthTable, UNKNOWN } from './truth-table'

/** What a leaf over one field says of the field's values in one event, none if absent. */
export interface ColumnTest {
  /** Rough effort of one call, 1 for a comparison; Infinity if it may fail. */
  readonly effort: number
  /** @throws EvaluationFailure */
  judge(values: readonly Value[]): Truth
  /** When it is true only of values that are one of these texts, in any ASCII case. */
  readonly texts?: readonly string[] | undefined
  /** For scripts: as their leaf has it. */
  readonly isCapped?: () => boolean
}

/** From so many contents on, those of a text are looked up instead of asking all. */
const manyContents = 2048
/** A leaf asked of fewer rows than this part of the contents does not remember them. */
const rememberedPart = 64

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
  /** Codes up to here were settled by looking texts up. */
  private settled: Code = 0

  constructor(
    readonly id: number,
    private readonly reader: FieldReader,
    private readonly test: ColumnTest,
    private readonly cache: LeafCache,
  ) {}

  get effort(): number {
    return this.test.effort
  }

  get contents(): number {
    return this.reader.column?.size ?? 0
  }

  forget(): void {
    this.table = undefined
    this.settled = 0
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
    if (!column) return this.isTrue(0) ? candidates : new RowSet(candidates.size)
    const codes = this.cache.codesOf(column)
    yield* codes.prepare(candidates)
    const table = yield* this.openTable(column, candidates.count())
    const found = new RowCollector(candidates.size)
    let steps = 0
    for (const piece of candidates.pieces()) {
      found.add(rowsFound, this.ask(piece, codes, table))
      if (this.cost.isPauseDue() || ++steps % STEPS === 0) yield
    }
    return found.rows()
  }

  /** The table to remember answers in; none where that is not worth its room. */
  private *openTable(
    column: Column,
    rows: number,
  ): Generator<void, TruthTable | undefined> {
    const { size } = column
    if (!this.table && rows * rememberedPart < size) return undefined
    const table = (this.table ??= new TruthTable())
    table.reserve(size)
    if (this.isWorthLookingUp(rows, size)) yield* this.lookUp(table, size)
    this.cache.memory.use(this, table.bytes)
    return table
  }

  private isWorthLookingUp(rows: number, size: Code): boolean {
    const news = size - this.settled
    return this.test.texts !== undefined && news >= manyContents && rows * 8 >= news
  }

  /** Finds the contents that may be true of it; all others are false. */
  private *lookUp(table: TruthTable, size: Code): Generator<void, void> {
    const { test, settled } = this
    const index = this.cache.textsOf(this.reader)
    yield* index.prepare(size)
    const found = (test.texts ?? []).flatMap((text) => [...index.find(text, settled)])
    const started = performance.now()
    for (const code of found) if (code <= size) table.set(code, this.isTrue(code))
    table.set(0, this.isTrue(0))
    table.settleFalse(settled + 1, size)
    this.cost.add(found.length, started)
    this.settled = size
  }

  /** Writes which of a piece's rows it is true for to `rowsFound`; answers how many. */
  private ask(piece: RowList, codes: ColumnCodes, table: TruthTable | undefined): number {
    codes.read(piece, codesOfPiece)
    if (!table) return this.askEach(piece)
    let count = this.askKnown(piece, table)
    if (count >= 0) return count
    const started = performance.now()
    let judged = 0
    count = 0
    for (let i = 0; i < piece.length; i++) {
      const code = codesOfPiece[i]!
      if (table.get(code) === UNKNOWN) {
        judged++
        table.set(code, this.isTrue(code))
      }
      if (table.get(code) === TRUE) rowsFound[count++] = piece[i]!
    }
    this.cost.add(judged, started)
    return count
  }

  /** As `ask`; -1 as soon as a code is not known. */
  private askKnown(piece: RowList, { packed }: TruthTable): number {
    let count = 0
    for (let i = 0; i < piece.length; i++) {
      const code = codesOfPiece[i]!
      const known = (packed[code >>> 2]! >>> ((code & 3) << 1)) & 3
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
      if (this.isTrue(codesOfPiece[i]!)) rowsFound[count++] = piece[i]!
    this.cost.add(piece.length, started)
    return count
  }

  private isTrue(code: Code): boolean {
    return this.test.judge(this.reader.of(code)) === true
  }
}

/** Pieces of known contents between two pauses: half a million rows. */
const STEPS = 512
