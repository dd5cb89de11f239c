import { NO_RANK, type TimeOrder } from '../events/table'
import type { Row, RowSet } from '../events/row-set'
import { stepStages } from './funnel'
import { keptRange } from './pipe'
import type { CompiledRule } from './plan'
import type { RunLimits, RunResult } from './result'
import { rowsInTime } from './time-span'
import { noteCapped } from './wording'

type EventRule = Extract<CompiledRule, { kind: 'events' }>

/** The events that satisfy a condition, in the order of time (language.md 8.2). */
export function* runEventQuery(
  rule: EventRule,
  limits: RunLimits,
): Generator<void, RunResult> {
  const selected = rule.condition.rows()
  yield
  const rows = rowsInOrder(selected, rule.order)
  const fromEnd = (rule.pipes[0]?.name ?? limits.resultPosition) === 'tail'
  const [from, to] = keptRange(rows.length, rule.pipes, limits.size, fromEnd)
  return {
    kind: 'events',
    matches: rows.slice(from, to).map((row) => ({ rows: [row] })),
    found: rows.length,
    funnel: [
      ...stepStages(rule.events, [{ writtenStep: 0, count: rows.length }]),
      { stage: 'matched', count: rows.length },
    ],
    notes: rule.condition.isCapped() ? [noteCapped] : [],
  }
}

/** In the order of time; events without a usable timestamp come last, as loaded. */
const rowsInOrder = (selected: RowSet, order: TimeOrder): readonly Row[] => {
  const rows: Row[] = Array.from(rowsInTime(selected, order))
  selected.forEach((row) => {
    if (order.rank[row] === NO_RANK) rows.push(row)
  })
  return rows
}
