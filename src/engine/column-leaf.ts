import type { Code, Scalar } from '../events/column'
import { RowSet, type Row } from '../events/row-set'
import type { Evidence, Truth } from './evidence'
import type { FieldReader, Value } from './field-values'
import type { Leaf } from './leaf'
import type { LeafCache } from './leaf-cache'
import { addPostings, readPostings, removePostings } from './postings'

/** What a leaf over one field says of the field's values in one event, none if absent. */
export interface ColumnTest {
  /** Rough effort of one call, 1 for a comparison. */
  readonly effort: number
  /** @throws EvaluationFailure */
  judge(values: readonly Value[]): Truth
}

/** Marks in a truth table; 0 is "not asked yet". */
const IS_FALSE = 1
const IS_TRUE = 2
const IS_NULL = 3
const marks = new Map<Truth, number>([
  [false, IS_FALSE],
  [true, IS_TRUE],
  [null, IS_NULL],
])
const truths: readonly Truth[] = [null, false, true, null]

/** Below so many distinct contents, asking all of them is always worth sharing. */
const fewContents = 2048

/**
 * A leaf over one field. Each distinct content of the column is judged at most once, and
 * rows answer by their codes; the table of truths is shared by all rules (by way of the
 * cache this leaf itself is kept in).
 */
export class ColumnLeaf implements Leaf {
  readonly effort: number
  /** By code; code 0 is the event without the field. */
  private readonly table: Uint8Array
  private rows: RowSet | undefined

  constructor(
    private readonly reader: FieldReader,
    private readonly test: ColumnTest,
    private readonly rowCount: number,
    private readonly cache: LeafCache,
  ) {
    const size = reader.column?.size ?? 0
    this.table = new Uint8Array(size + 1)
    this.effort = (size + 1) * test.effort
  }

  truthAt(row: Row): Truth {
    return truths[this.mark(this.codeAt(row))] ?? null
  }

  rowsAmong(candidates: RowSet): RowSet {
    if (this.rows) return candidates.and(this.rows)
    const size = this.table.length
    const count = size > fewContents ? candidates.count() : size
    if (count < size) return this.askEach(candidates)
    this.rows = this.askAll()
    return candidates.and(this.rows)
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

  private mark(code: Code): number {
    const known = this.table[code] ?? 0
    if (known !== 0) return known
    const mark = marks.get(this.test.judge(this.reader.of(code))) ?? IS_NULL
    this.table[code] = mark
    return mark
  }

  private askEach(candidates: RowSet): RowSet {
    const found = new RowSet(candidates.size)
    candidates.forEach((row) => {
      if (this.mark(this.codeAt(row)) === IS_TRUE) found.add(row)
    })
    return found
  }

  /** Every row of the table for which the leaf is true. */
  private askAll(): RowSet {
    const { column } = this.reader
    const isTrueIfAbsent = this.mark(0) === IS_TRUE
    const found = isTrueIfAbsent ? RowSet.all(this.rowCount) : new RowSet(this.rowCount)
    if (!column) return found
    const postings = this.cache.share(`postings ${column.name}`, () =>
      readPostings(column),
    )
    const turn = isTrueIfAbsent ? removePostings : addPostings
    for (let code = 1; code < this.table.length; code++)
      if ((this.mark(code) === IS_TRUE) !== isTrueIfAbsent) turn(postings, code, found)
    return found
  }
}
