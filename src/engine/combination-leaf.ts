import { RowSet, type Row } from '../events/row-set'
import type { Evidence, Truth } from './evidence'
import type { FieldReader } from './field-values'
import type { Leaf } from './leaf'
import type { ScriptTest } from './script-test'

/**
 * A leaf over several fields: true where some combination of their values is (language.md
 * 3.6). Each combination of contents is judged at most once.
 */
export class CombinationLeaf implements Leaf {
  readonly effort = Number.MAX_SAFE_INTEGER
  private readonly known = new Map<string, Truth>()

  /** `readers` stand in the order of the test's fields; a field named twice has two. */
  constructor(
    private readonly readers: readonly FieldReader[],
    private readonly test: ScriptTest,
  ) {}

  truthAt(row: Row): Truth {
    const codes = this.readers.map((reader) => reader.column?.codeAt(row) ?? 0).join()
    const known = this.known.get(codes)
    if (known !== undefined) return known
    const truth = this.test.judge(this.readers.map((reader) => reader.at(row)))
    this.known.set(codes, truth)
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
    const choice = this.test.decide(this.readers.map((reader) => reader.at(row)))
    return this.readers.flatMap((reader, i) => valuesOf(reader, row, choice?.[i]))
  }
}

/** The scalar of the event behind a chosen value; all of them when none was chosen. */
function valuesOf(
  { field, column, read }: FieldReader,
  row: Row,
  chosen: unknown,
): NonNullable<Evidence['values']> {
  const scalars = column?.scalars(column.codeAt(row)) ?? []
  const decisive = scalars.filter(
    (scalar) => chosen !== undefined && read(scalar) === chosen,
  )
  const shown = decisive.length > 0 ? decisive.slice(0, 1) : scalars
  if (shown.length === 0) return [{ field: field.name, value: undefined }]
  return shown.map((value) => ({ field: field.name, value }))
}
