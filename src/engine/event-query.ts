import { NO_RANK, type TimeOrder } from '../events/table'
import type { RowSet } from '../events/row-set'
import { stepStages } from './funnel'
import { LateList } from './late-list'
import { keptRange } from './pipe'
import type { CompiledRule } from './plan'
import type { RunLimits, RunResult } from './result'
import { rowsInTime } from './time-places'
import { noteCapped } from './wording'

type EventRule = Extract<CompiledRule, { kind: 'events' }>

/** The events that satisfy a condition, in the order of time (language.md 8.2). */
export function* runEventQuery(
  rule: EventRule,
  limits: RunLimits,
): Generator<void, RunResult> {
  const selected = yield* rule.condition.prepare()
  yield
  const rows = yield* rowsInOrder(selected, rule.order)
  const fromEnd = (rule.pipes[0]?.name ?? limits.resultPosition) === 'tail'
  const [from, to] = keptRange(rows.length, rule.pipes, limits.size, fromEnd)
  return {
    kind: 'events',
    matches: new LateList(to - from, (at) => ({ rows: [rows[from + at]!] })),
    found: rows.length,
    funnel: [
      ...stepStages(rule.events, [{ writtenStep: 0, count: rows.length }]),
      { stage: 'matched', count: rows.length },
    ],
    notes: rule.condition.isCapped() ? [noteCapped] : [],
  }
}

/** In the order of time; events without a usable timestamp come last, as loaded. */
function* rowsInOrder(selected: RowSet, order: TimeOrder): Generator<void, Uint32Array> {
  const timed = yield* rowsInTime(selected, order)
  if (order.unusable === 0) return timed
  const rows = new Uint32Array(selected.count())
  rows.set(timed)
  let count = timed.length
  selected.forEach((row) => {
    if (order.rank[row] === NO_RANK) rows[count++] = row
  })
  return rows
}
