import type { Condition, Term } from '../engine/plan'
import { RowSet, type Row } from '../events/row-set'

/** Events one term short, and how many were left out because there are so many of them. */
export interface OneShort {
  readonly rows: RowSet
  readonly crowd: number
}

/**
 * The events that fail exactly one term of a condition and satisfy another that means
 * something, that is, one which not every event satisfies, unless they are few. Counted
 * over the terms' row sets, 32 events at a time: `once` holds those some term failed,
 * `twice` those that another one failed too. Where thousands lack the same term, and a
 * twentieth of all events, that term is what the rule looks for, and none of them is near.
 */
export const rowsOneShort = (condition: Condition, active: RowSet): OneShort => {
  const none = new RowSet(active.size)
  if (condition.constant !== undefined) return { rows: none, crowd: 0 }
  const failures = condition.terms
    .map((term) => active.without(term.rows()))
    .filter((fails) => !fails.isEmpty())
  const few = areFew(active)
  if (failures.length < (few ? 1 : 2) || condition.terms.length < 2)
    return { rows: none, crowd: 0 }
  let once = none
  let twice = none
  for (const fails of failures) {
    twice = twice.or(once.and(fails))
    once = once.or(fails)
  }
  return withoutCrowds(once.without(twice), failures, active)
}

/** Of a handful of events, put together to look at one thing, every one matters. */
export const areFew = (active: RowSet): boolean => active.count() <= 50

const CROWD = 1000
const CROWD_SHARE = 0.05

const withoutCrowds = (
  short: RowSet,
  failures: readonly RowSet[],
  active: RowSet,
): OneShort => {
  const most = Math.max(CROWD, active.count() * CROWD_SHARE)
  const crowds = failures.map((fails) => short.and(fails)).filter((s) => s.count() > most)
  return {
    rows: crowds.reduce((rows, crowd) => rows.without(crowd), short),
    crowd: crowds.reduce((sum, crowd) => sum + crowd.count(), 0),
  }
}

/** The events that satisfy one condition or another, and so have a part of their own. */
export const rowsOfAny = (conditions: readonly Condition[], active: RowSet): RowSet =>
  conditions.reduce(
    (rows, condition) => rows.or(condition.rows()),
    new RowSet(active.size),
  )

/** The term of a condition that an event fails; the first, should there be several. */
export const failedTerm = (condition: Condition, row: Row): Term | undefined =>
  condition.terms.find((term) => !term.rows().has(row))
