import { RowCollector } from '../events/row-collector'
import { PIECE, type Row, type RowSet } from '../events/row-set'
import type { Evidence, Truth } from './evidence'
import type { FieldReader, Value } from './field-values'
import { LeafEffort, truthOrNull, type Leaf } from './leaf'
import type { ScriptTest } from './script-test'

/** Rough effort of asking one combination, in comparisons. */
const scriptEffort = 1_000_000
/** So many judged combinations are remembered; further ones are judged again. */
const maxKnown = 100_000

/**
 * A leaf over several fields: true where some combination of their values is (language.md
 * 3.6). Rows of the same contents are judged together.
 */
export class CombinationLeaf implements Leaf {
  readonly cost = new LeafEffort()
  private readonly known = new Map<number, Truth>()
  private judged = 0
  /** The sizes of the columns that the keys in `known` were made with. */
  private readonly sizes: number[] = []

  /** `readers` stand in the order of the test's fields; a field named twice has two. */
  constructor(
    readonly id: number,
    private readonly readers: readonly FieldReader[],
    private readonly test: ScriptTest,
  ) {}

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
      this.forgetOutgrownKeys()
      const started = performance.now()
      const before = this.judged
      let count = 0
      for (let i = 0; i < piece.length; i++)
        if (this.isTrue(piece[i]!)) rowsFound[count++] = piece[i]!
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

  private isTrue(row: Row): boolean {
    const key = this.keyAt(row)
    const known = this.known.get(key)
    if (known !== undefined) return known === true
    const truth = this.truthAt(row)
    this.judged++
    if (this.known.size < maxKnown && Number.isSafeInteger(key))
      this.known.set(key, truth)
    return truth === true
  }

  /** A column that has grown makes other keys of the same codes. */
  private forgetOutgrownKeys(): void {
    const { readers, sizes } = this
    let isSame = true
    for (let i = 0; i < readers.length; i++) {
      const size = readers[i]!.column?.size ?? 0
      if (sizes[i] !== size) isSame = false
      sizes[i] = size
    }
    if (!isSame) this.known.clear()
  }

  valuesAt(row: Row): NonNullable<Evidence['values']> {
    const choice = this.test.decide(this.valuesOf(row))
    return this.readers.flatMap((reader, i) => shownValues(reader, row, choice?.[i]))
  }

  private valuesOf(row: Row): (readonly Value[])[] {
    return this.readers.map((reader) => reader.at(row))
  }

  /** The codes of all fields as one number; unsafe when they do not fit, then unused. */
  private keyAt(row: Row): number {
    const { readers, sizes } = this
    let key = 0
    for (let i = 0; i < readers.length; i++) {
      const { column } = readers[i]!
      if (column) key = key * (sizes[i]! + 1) + column.codeAt(row)
    }
    return key
  }
}

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
