import type { CompiledRule } from '../engine/plan'
import type { Row, RowSet } from '../events/row-set'
import type { Query } from '../language/ast'
import type { Finding } from './finding'
import { areFew, rowsOneShort } from './one-short'
import { explainShort } from './short-fault'

type EventRule = Extract<CompiledRule, { kind: 'events' }>

/** Events that fail one term only: the rarest kind first. `crowd`: how many more there are. */
export const findEventsOneShort = (
  { condition }: EventRule,
  active: RowSet,
): { readonly rows: readonly Row[]; readonly crowd: number } => {
  const { rows: short, crowd } = rowsOneShort(condition, active)
  // A term most events satisfy tells nothing of those that fail another.
  const few = areFew(active)
  const most = active.count() / 2
  const isTelling = condition.terms.map((term) => few || term.rows().count() < most)
  const groups = condition.terms.map((term, at) =>
    isTelling.some((telling, other) => telling && other !== at)
      ? short.without(term.rows()).rows()
      : [],
  )
  return { rows: groups.sort((a, b) => a.length - b.length).flat(), crowd }
}

/** One of those events as a finding. */
export const explainEventOneShort = (
  { condition }: EventRule,
  query: Query,
  row: Row,
): Finding => ({
  ...explainShort(condition, row, query),
  step: 0,
  events: [row],
  rows: [row],
  culprit: row,
  key: [],
  satisfied: 0,
  wrong: 1,
  slackShare: 0,
})
