import type { Condition, Term } from '../engine/plan'
import { RowSet, type Row } from '../events/row-set'

/** Events one term short, and how many were left out because there are so many of them. */
export interface OneShort {
  readonly rows: RowSet
  readonly crowd: number
  /** One per term, as written. */
  readonly terms: readonly TermShort[]
}

export interface TermShort {
  readonly term: Term
  /** The events of which it is the one they fail, crowds left out. */
  readonly rows: RowSet
  /** Of how many events it is known to be true, and to be not. */
  readonly held: number
  readonly failed: number
}

/**
 * The events that fail exactly one term of a condition and satisfy another that means
 * something, that is, one which not every event satisfies, unless they are few. Each term
 * is asked only of the events that are still one short, and cheap ones come first:
 *
 *     asked       of             one short afterwards
 *     category    all events     those of other categories
 *     name        all events     of the category, another name | with the name, elsewhere
 *     arguments   these two
 *
 * Where thousands lack the same term, and a twentieth of all events, that term is what
 * the rule looks for, and none of them is near. The condition's rows are known already.
 */
export function* findRowsOneShort(
  condition: Condition,
  active: RowSet,
): Generator<void, OneShort> {
  const none: OneShort = { rows: new RowSet(active.size), crowd: 0, terms: [] }
  if (condition.constant !== undefined || condition.terms.length < 2) return none
  const matching = condition.rows()
  const asked: Asked[] = []
  /** Those that have failed no term so far, though they will. */
  let whole = active.without(matching)
  for (const term of [...condition.terms].sort(byEffort)) {
    const among = uniteRows([whole, ...asked.map(({ rows }) => rows)], active.size)
    const holds = yield* term.among(among)
    for (const each of asked) each.rows = each.rows.and(holds)
    const held = matching.count() + holds.count()
    const failed = among.count() - holds.count()
    asked.push({ term, rows: whole.without(holds), held, failed })
    whole = whole.and(holds)
    yield
  }
  const failing = asked.filter(({ failed }) => failed > 0).length
  if (failing < (areFew(active) ? 1 : 2)) return none
  return withoutCrowds(inWrittenOrder(asked, condition), active)
}

type Asked = Omit<TermShort, 'rows'> & { rows: RowSet }

const byEffort = (a: Term, b: Term): number =>
  // Infinity less Infinity is no number; such terms stay as written.
  a.effort - b.effort || 0

const inWrittenOrder = (
  asked: readonly TermShort[],
  { terms }: Condition,
): readonly TermShort[] => {
  const places = new Map(terms.map((term, at) => [term, at]))
  return asked.toSorted((a, b) => places.get(a.term)! - places.get(b.term)!)
}

/** Of a handful of events, put together to look at one thing, every one matters. */
export const areFew = (active: RowSet): boolean => active.count() <= 50

const CROWD = 1000
const CROWD_SHARE = 0.05

const withoutCrowds = (all: readonly TermShort[], active: RowSet): OneShort => {
  const { size } = active
  const most = Math.max(CROWD, active.count() * CROWD_SHARE)
  let crowd = 0
  const terms = all.map((each) => {
    const count = each.rows.count()
    if (count <= most) return each
    crowd += count
    return { ...each, rows: new RowSet(size) }
  })
  const rows = uniteRows(
    terms.map((each) => each.rows),
    size,
  )
  return { rows, crowd, terms }
}

const uniteRows = (sets: readonly RowSet[], size: number): RowSet =>
  sets.reduce((all, rows) => all.or(rows), new RowSet(size))

/** The events that satisfy one condition or another, and so have a part of their own. */
export const rowsOfAny = (conditions: readonly Condition[], active: RowSet): RowSet =>
  uniteRows(
    conditions.map((condition) => condition.rows()),
    active.size,
  )

/** The term that an event one short fails. */
export const failedTerm = ({ terms }: OneShort, row: Row): Term | undefined =>
  terms.find(({ rows }) => rows.has(row))?.term
