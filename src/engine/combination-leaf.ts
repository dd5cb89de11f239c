import { RowSet, type Row } from '../events/row-set'
import type { Evidence, Truth } from './evidence'
import type { FieldReader, Value } from './field-values'
import type { Leaf } from './leaf'
import type { ScriptTest } from './script-test'

/** So many judged combinations are remembered; further ones are judged again. */
const maxKnown = 100_000

/**
 * A leaf over several fields: true where some combination of their values is (language.md
 * 3.6). Rows of the same contents are judged together.
 */
export class CombinationLeaf implements Leaf {
  private readonly known = new Map<number, Truth>()

  /** `readers` stand in the order of the test's fields; a field named twice has two. */
  constructor(
    private readonly readers: readonly FieldReader[],
    private readonly test: ScriptTest,
  ) {}

  /** Dearer than any leaf over one field, but not than those that may fail. */
  get effort(): number {
    return this.test.mayFail ? Infinity : Number.MAX_SAFE_INTEGER
  }

  isCapped(): boolean {
    return this.test.isCapped()
  }

  truthAt(row: Row): Truth {
    const key = this.keyAt(row)
    const known = this.known.get(key)
    if (known !== undefined) return known
    const truth = this.test.judge(this.valuesOf(row))
    if (this.known.size < maxKnown && Number.isSafeInteger(key))
      this.known.set(key, truth)
    return truth
  }

  rowsAmong(candidates: RowSet): RowSet {
    const found = new RowSet(candidates.size)
    candidates.forEach((row) => {
      if (this.truthAt(row) === true) found.add(row)
    })
    return found
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
    let key = 0
    for (const { column } of this.readers)
      if (column) key = key * (column.size + 1) + column.codeAt(row)
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
