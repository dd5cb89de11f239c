import type { Condition, Term } from '../engine/plan'
import { RowSet, type Row } from '../events/row-set'

/**
 * The events that fail exactly one term of a condition and satisfy another that means
 * something, that is, one which not every event satisfies. Counted over the terms' row
 * sets, 32 events at a time: `once` holds those some term failed, `twice` those that
 * another one failed too.
 */
export const rowsOneShort = (condition: Condition, active: RowSet): RowSet => {
  const none = new RowSet(active.size)
  if (condition.constant !== undefined) return none
  const failures = condition.terms
    .map((term) => active.without(term.rows()))
    .filter((fails) => !fails.isEmpty())
  if (failures.length < 2) return none
  let once = none
  let twice = none
  for (const fails of failures) {
    twice = twice.or(once.and(fails))
    once = once.or(fails)
  }
  return once.without(twice)
}

/** The term of a condition that an event fails; the first, should there be several. */
export const failedTerm = (condition: Condition, row: Row): Term | undefined =>
  condition.terms.find((term) => !term.rows().has(row))
