import type { Code, Scalar } from '../events/column'
import { RowSet, type Row } from '../events/row-set'
import type { Evidence, Truth } from './evidence'
import type { FieldReader, Value } from './field-values'
import type { Leaf } from './leaf'
import type { LeafCache } from './leaf-cache'
import { keepAmong, packRows, type LeafRows } from './leaf-rows'
import { addPostings, readPostings, removePostings } from './postings'
import { TruthTable } from './truth-table'

/** What a leaf over one field says of the field's values in one event, none if absent. */
export interface ColumnTest {
  /** Rough effort of one call, 1 for a comparison; Infinity if it may fail. */
  readonly effort: number
  /** @throws EvaluationFailure */
  judge(values: readonly Value[]): Truth
  /** For scripts: as their leaf has it. */
  readonly isCapped?: () => boolean
}

/** Below so many distinct contents, asking all of them is always worth sharing. */
const fewContents = 2048

/**
 * A leaf over one field. Each distinct content of the column is judged once, and rows
 * answer by their codes; all rules share the leaf, and with it what it has learnt.
 */
export class ColumnLeaf implements Leaf {
  private readonly size: number
  /** What the codes asked one by one came to; code 0 is the event without the field. */
  private readonly known: TruthTable
  /** All rows for which it is true, as soon as every content has been asked. */
  private rows: LeafRows | undefined

  constructor(
    private readonly reader: FieldReader,
    private readonly test: ColumnTest,
    private readonly rowCount: number,
    private readonly cache: LeafCache,
  ) {
    this.size = reader.column?.size ?? 0
    this.known = new TruthTable(this.size)
  }

  get effort(): number {
    return this.rows ? 0 : (this.size + 1) * this.test.effort
  }

  isCapped(): boolean {
    return this.test.isCapped?.() ?? false
  }

  truthAt(row: Row): Truth {
    return this.truthOf(this.codeAt(row))
  }

  rowsAmong(candidates: RowSet): RowSet {
    if (!this.rows && !this.isWorthAskingAll(candidates)) return this.askEach(candidates)
    this.rows ??= packRows(this.askAll())
    return keepAmong(this.rows, candidates)
  }

  /** A test that may fail must fail on candidates alone, so none but they are asked. */
  private isWorthAskingAll(candidates: RowSet): boolean {
    if (this.test.effort === Infinity) return false
    return this.size <= fewContents || candidates.count() >= this.size
  }

  valuesAt(row: Row): NonNullable<Evidence['values']> {
    const { column, field } = this.reader
    const scalars = column?.scalars(this.codeAt(row)) ?? []
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

  private codeAt(row: Row): Code {
    return this.reader.column?.codeAt(row) ?? 0
  }

  private truthOf(code: Code): Truth {
    const known = this.known.get(code)
    if (known !== undefined) return known
    const truth = this.test.judge(this.reader.of(code))
    this.known.set(code, truth)
    return truth
  }

  private askEach(candidates: RowSet): RowSet {
    const found = new RowSet(candidates.size)
    candidates.forEach((row) => {
      if (this.truthOf(this.codeAt(row)) === true) found.add(row)
    })
    return found
  }

  /** Every row of the table for which the leaf is true. */
  private askAll(): RowSet {
    const { reader, test, rowCount } = this
    const isTrue = (code: Code): boolean =>
      (this.known.get(code) ?? test.judge(reader.of(code))) === true
    const isTrueIfAbsent = isTrue(0)
    const found = isTrueIfAbsent ? RowSet.all(rowCount) : new RowSet(rowCount)
    const { column } = reader
    if (!column) return found
    const postings = this.cache.share(`postings ${column.name}`, () =>
      readPostings(column),
    )
    const turn = isTrueIfAbsent ? removePostings : addPostings
    for (let code = 1; code <= this.size; code++)
      if (isTrue(code) !== isTrueIfAbsent) turn(postings, code, found)
    return found
  }
}
