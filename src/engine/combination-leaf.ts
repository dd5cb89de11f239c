import { RowCollector } from '../events/row-collector'
import type { RowList } from '../events/row-list'
import { PIECE, type Row, type RowSet } from '../events/row-set'
import type { Evidence, Truth } from './evidence'
import type { FieldReader, Value } from './field-values'
import { LeafEffort, truthOrNull, type Leaf } from './leaf'
import type { ScriptTest } from './script-test'
import { TRUE, TruthTable, UNKNOWN } from './truth-table'
import { TupleIds } from './tuple-ids'

/** Rough effort of asking one combination, in comparisons. */
const scriptEffort = 1_000_000
/** So many combinations are remembered; beyond, one begins anew. */
const MOST_KNOWN = 1 << 17

/**
 * A leaf over several fields: true where some combination of their values is (language.md
 * 3.6). Rows of the same contents are judged together.
 */
export class CombinationLeaf implements Leaf {
  readonly cost = new LeafEffort()
  /** The codes of all fields of a row come to one number. */
  private combinations: TupleIds
  /** By that number. */
  private truths = new TruthTable()
  private judged = 0

  /** `readers` stand in the order of the test's fields; a field named twice has two. */
  constructor(
    readonly id: number,
    private readonly readers: readonly FieldReader[],
    private readonly test: ScriptTest,
  ) {
    this.combinations = new TupleIds(readers.length)
  }

  get effort(): number {
    return this.test.mayFail ? Infinity : scriptEffort
  }

  get contents(): number {
    return Infinity
  }

  isCapped(): boolean {
    return this.test.isCapped()
  }

  truthAt(row: Row): Truth {
    return this.test.judge(this.valuesOf(row))
  }

  *rowsAmong(candidates: RowSet): Generator<void, RowSet> {
    for (const { column } of this.readers) if (column?.prepare) yield* column.prepare()
    const found = new RowCollector(candidates.size)
    const rowsFound = new Uint32Array(PIECE)
    for (const piece of candidates.pieces()) {
      const started = performance.now()
      const before = this.judged
      const count = this.ask(piece, rowsFound)
      this.cost.add(this.judged - before, started)
      found.add(rowsFound, count)
      if (this.cost.isPauseDue()) yield
    }
    return found.rows()
  }

  *nullsAmong(candidates: RowSet): Generator<void, RowSet> {
    const found = new RowCollector(candidates.size)
    const rowsFound = new Uint32Array(PIECE)
    for (const piece of candidates.pieces()) {
      let count = 0
      for (const row of piece)
        if (truthOrNull(() => this.truthAt(row)) === null) rowsFound[count++] = row
      found.add(rowsFound, count)
      yield
    }
    return found.rows()
  }

  /** Writes which of these rows it is true for; answers how many. */
  private ask(rows: RowList, into: Uint32Array): number {
    this.makeRoom(rows.length)
    this.readCombinations(rows)
    const { truths } = this
    let count = 0
    for (let i = 0; i < rows.length; i++) {
      const known = truths.get(numbers[i]!)
      if (known === TRUE || (known === UNKNOWN && this.learn(rows[i]!, numbers[i]!)))
        into[count++] = rows[i]!
    }
    return count
  }

  private learn(row: Row, combination: number): boolean {
    const isTrue = this.truthAt(row) === true
    this.judged++
    this.truths.set(combination, isTrue)
    return isTrue
  }

  private makeRoom(rows: number): void {
    if (this.combinations.size > MOST_KNOWN) {
      this.combinations = new TupleIds(this.readers.length)
      this.truths = new TruthTable()
    }
    this.truths.reserve(this.combinations.size + rows)
  }

  private readCombinations(rows: RowList): void {
    numbers.fill(0, 0, rows.length)
    for (const [at, { column }] of this.readers.entries()) {
      if (column) column.readCodes(rows, codes)
      else codes.fill(0, 0, rows.length)
      for (let i = 0; i < rows.length; i++)
        numbers[i] = this.combinations.fold(numbers[i]!, at, codes[i]!)
    }
  }

  valuesAt(row: Row): NonNullable<Evidence['values']> {
    const choice = this.test.decide(this.valuesOf(row))
    return this.readers.flatMap((reader, i) => shownValues(reader, row, choice?.[i]))
  }

  private valuesOf(row: Row): (readonly Value[])[] {
    return this.readers.map((reader) => reader.at(row))
  }
}

/** Of the rows at hand: the codes of one field, and what all come to. */
const codes = new Uint32Array(PIECE)
const numbers = new Uint32Array(PIECE)

/** The scalar of the event behind a chosen value; all of them when none was chosen. */
function shownValues(
  { field, column, read }: FieldReader,
  row: Row,
  chosen: Value | undefined,
): NonNullable<Evidence['values']> {
  const scalars = column?.scalars(column.codeAt(row)) ?? []
  const decisive = scalars.filter(
    (scalar) => chosen !== undefined && read(scalar) === chosen,
  )
  const shown = decisive.length > 0 ? decisive.slice(0, 1) : scalars
  if (shown.length === 0) return [{ field: field.name, value: undefined }]
  return shown.map((value) => ({ field: field.name, value }))
}
