import type { EvaluationContext } from '../engine/context'
import type { Term } from '../engine/plan'
import { columnOfField } from '../events/field-column'
import { RowSet } from '../events/row-set'
import type { Expression } from '../language/ast'
import { findNode } from '../language/node-at'
import { fieldsIn } from '../language/walk'

/** What events are asked for fields in; the table may have grown since it was bound. */
export interface Loaded extends EvaluationContext {
  /** The rows that were switched on when the rule was bound. */
  readonly active: RowSet
}

/** All events that have a field; found out once for all rules. */
export function rowsHolding(
  name: string,
  { table, active, schema, leaves }: Loaded,
): RowSet | undefined {
  const column = columnOfField(table, schema, name)
  if (!column) return undefined
  const { size } = active
  return leaves.share(`holding ${size} ${column.name}`, () => {
    const rows = new RowSet(size)
    // Rows that have come since are none of its business.
    column.forEach((row) => rows.add(row), 0, size)
    return rows
  })
}

/** The fields of a clause if none of these events has any of them; undefined otherwise. */
export function absentFields(
  term: Term,
  condition: Expression,
  events: RowSet,
  loaded: Loaded,
): readonly string[] | undefined {
  const clause = term.kind === 'clause' ? findNode(condition, term) : undefined
  if (!clause || clause.kind === 'literal') return undefined
  const fields = [...new Set(fieldsIn(clause).map(({ name }) => name))]
  // Of most fields one of the first events shows that they are there.
  const first = firstPiece(events)
  const isAbsent = (name: string): boolean => {
    const holding = rowsHolding(name, loaded)
    return !holding || (holding.and(first).isEmpty() && holding.and(events).isEmpty())
  }
  return fields.length > 0 && fields.every(isAbsent) ? fields : undefined
}

/** The first thousand rows, if there are so many. */
export function firstPiece(rows: RowSet): RowSet {
  for (const piece of rows.pieces()) return RowSet.ofList(rows.size, piece.slice())
  return rows
}
