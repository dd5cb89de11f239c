import type { RowSet } from '../events/row-set'
import type { Condition, Term } from './plan'

/** How many events a term came to true, false and null on. */
export interface TruthCounts {
  readonly true: number
  readonly false: number
  readonly null: number
}

/** Counts what evidence would say of a term on every one of these active rows. */
export function countTruth(term: Term, among: RowSet): TruthCounts {
  const isTrue = term.rows().and(among)
  const rest = among.without(isTrue)
  const isNull = term.nulls(rest).count()
  return { true: isTrue.count(), false: rest.count() - isNull, null: isNull }
}

/**
 * How many of the rows are left after each term, the terms taken one after the other as
 * they are written.
 */
export function countWaterfall({ terms }: Condition, among: RowSet): readonly number[] {
  let left = among
  return terms.map((term) => (left = left.and(term.rows())).count())
}
