import type { CompiledRule } from '../engine/plan'
import type { Row, RowSet } from '../events/row-set'
import type { Query } from '../language/ast'
import type { Finding } from './finding'
import {
  areFew,
  failedTerm,
  findRowsOneShort,
  type OneShort,
  type TermShort,
} from './one-short'
import { explainShort } from './short-fault'

type EventRule = Extract<CompiledRule, { kind: 'events' }>

/** Events that fail one term only: the rarest kind first. `crowd`: how many more there are. */
export function* findEventsOneShort(
  { condition }: EventRule,
  active: RowSet,
): Generator<
  void,
  { readonly rows: readonly Row[]; readonly crowd: number; readonly short: OneShort }
> {
  const short = yield* findRowsOneShort(condition, active)
  const telling = yield* findTelling(short, active)
  const groups = short.terms.map((each) =>
    telling.some((other) => other !== each) ? each.rows.rows() : [],
  )
  return {
    rows: groups.sort((a, b) => a.length - b.length).flat(),
    crowd: short.crowd,
    short,
  }
}

/**
 * A term most events satisfy tells nothing of those that fail another. Terms are asked of
 * all events only until every kind of near miss has another term that tells.
 */
function* findTelling(
  { terms }: OneShort,
  active: RowSet,
): Generator<void, readonly TermShort[]> {
  if (areFew(active)) return terms
  const half = active.count() / 2
  const telling = terms.filter(({ failed }) => failed > half)
  const unsure = terms.filter(({ failed, held }) => failed <= half && held < half)
  const isSettled = (): boolean =>
    terms.every((each) => each.rows.isEmpty() || telling.some((other) => other !== each))
  for (const each of unsure.sort((a, b) => a.term.effort - b.term.effort || 0)) {
    if (isSettled()) break
    if ((yield* each.term.prepare()).count() < half) telling.push(each)
  }
  return telling
}

/** One of those events as a finding. */
export const explainEventOneShort = (
  { condition }: EventRule,
  query: Query,
  row: Row,
  short: OneShort,
): Finding => ({
  ...explainShort(condition, row, query, failedTerm(short, row)),
  step: 0,
  events: [row],
  rows: [row],
  culprit: row,
  key: [],
  satisfied: 0,
  wrong: 1,
  slackShare: 0,
})
