import type { EvaluationContext } from '../engine/context'
import type { Evidence } from '../engine/evidence'
import { columnOfField } from '../events/field-column'
import type { Scalar } from '../events/column'
import type { Row } from '../events/row-set'

/** One value of an event beside the leaf that asked for it. */
export interface ShownValue {
  readonly field: string
  /** undefined: the event lacks the field; null: it says null. */
  readonly value: Scalar | undefined
  /** Where it stands, 0-based, in an array of so many values. */
  readonly element?: { readonly index: number; readonly of: number }
}

type Found = NonNullable<Evidence['values']>[number]

/** The values of evidence, each once, with its place in its array. */
export function showValues(
  found: readonly Found[],
  context: EvaluationContext,
  row: Row,
): readonly ShownValue[] {
  const seen = new Set<string>()
  return found.flatMap((each) => {
    const key = `${each.field} ${typeof each.value} ${String(each.value)}`
    if (seen.has(key)) return []
    seen.add(key)
    return [placed(each, context, row)]
  })
}

/** Of a single value there is no place to tell. */
function placed(
  { field, value }: Found,
  { table, schema }: EvaluationContext,
  row: Row,
): ShownValue {
  const column = columnOfField(table, schema, field)
  const scalars = column?.scalars(column.codeAt(row)) ?? []
  if (value === undefined || scalars.length < 2) return { field, value }
  return { field, value, element: { index: scalars.indexOf(value), of: scalars.length } }
}
