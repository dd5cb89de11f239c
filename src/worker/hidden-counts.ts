import { EvaluationFailure } from '../engine/failure'
import { MISSING, type Match } from '../engine/result'
import { runRule } from '../engine/run'
import type { RowSet } from '../events/row-set'
import type { IndexLimits } from './index-limits'
import { findHiddenRows, type HiddenRows } from './hidden-rows'
import { conditionsOf } from './heavy-part'
import type { HiddenAnswer, HiddenRequest } from './hiding-api'
import { clockOf, prepareRule } from './prepare-rule'
import type { NumberedEvents } from './rule-answer'
import type { WorkQueue } from './work-queue'

const noLimits = {
  size: Infinity,
  resultPosition: 'tail',
  maxSamplesPerKey: 1,
} as const

/** What exceptions and filters of a rule hide, asked when no run is due any more. */
export class HiddenCounts {
  constructor(
    private readonly events: NumberedEvents,
    private readonly queue: WorkQueue,
    private readonly limits: IndexLimits,
  ) {}

  /** Undefined when the events have changed, or another rule has been asked of. */
  async count(request: HiddenRequest): Promise<HiddenAnswer | undefined> {
    const { version } = this.events
    const isStale = (): boolean => this.events.version !== version
    const work = this.counting(request)
    const ended = await this.queue.do('why', 'hidden', work, isStale)
    return ended.end === 'done' ? ended.value : undefined
  }

  private *counting(request: HiddenRequest): Generator<void, HiddenAnswer> {
    const events = yield* this.limits.within({ indices: request.indices })
    const found: HiddenRows[] = []
    for (const { hides } of request.filters)
      found.push(yield* findHiddenRows(hides, events))
    const matches = yield* findMatches(request, events)
    const counts = found.map(({ rows, isExact, problem }, at) => ({
      id: request.filters[at]!.id,
      events: rows.count(),
      ...(matches && { matches: countHolding(matches, rows) }),
      isApproximate: !isExact,
      ...(problem !== undefined && { problem }),
    }))
    return { ruleId: request.ruleId, version: events.version, counts }
  }
}

/** The matches there would be if nothing were hidden; undefined when it cannot run. */
function* findMatches(
  request: HiddenRequest,
  events: NumberedEvents,
): Generator<void, readonly Match[] | undefined> {
  yield* events.table.findOrder(clockOf(request), events.schema)
  const prepared = prepareRule(request.query, request, events)
  if (!prepared.ok) return undefined
  try {
    for (const condition of conditionsOf(prepared.rule)) yield* condition.prepare()
    return [...(yield* runRule(prepared.rule, noLimits)).matches]
  } catch (error) {
    if (!(error instanceof EvaluationFailure)) throw error
    return undefined
  }
}

const countHolding = (matches: readonly Match[], hidden: RowSet): number =>
  matches.filter(({ rows }) => rows.some((row) => row !== MISSING && hidden.has(row)))
    .length
