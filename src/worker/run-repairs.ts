import type { NearMissGroupView } from './api'
import type { RunComparison } from '../explain/compare-runs'
import { compareRuns } from '../explain/compare-runs'
import { MISSING, type Match, type RunFailure } from '../engine/result'
import { findRepairs, wantedRows } from '../explain/repairs'
import { viewGroups } from './explained-view'
import { viewMatch, viewNearMiss } from './match-view'
import { noRoom } from './no-room'
import { prepareRule, type PreparedRule } from './prepare-rule'
import type {
  ChangedMatch,
  ChangeKind,
  CompareAnswer,
  CompareRequest,
  Comparison,
  GroupPlace,
  PlacedNearMiss,
  RepairAnswer,
} from './repair-api'
import { viewOf, type BoundRule, type NumberedEvents } from './rule-answer'
import { askForRepairs } from './repair-question'
import type { RuleRuns } from './rule-runs'
import { sayHiddenFromIt, sayNoRoomForAnswer } from './wording'
import type { WorkQueue } from './work-queue'

type Refusal = Extract<CompareAnswer, { ok: false }>

/** Changes that come with a comparison; more by pages. */
const FIRST_PAGE = 50

type Bound = BoundRule & Pick<Extract<PreparedRule, { ok: true }>, 'active'>

interface KeptComparison {
  readonly id: number
  readonly changes: number
  readonly before: Bound
  readonly after: Bound
  readonly found: RunComparison
}

/** Groups of near misses, the edits that mend one, and what an edit changes. */
export class RunRepairs {
  private compared: KeptComparison | undefined
  private comparisons = 0

  constructor(
    private readonly events: NumberedEvents,
    private readonly queue: WorkQueue,
    private readonly runs: RuleRuns,
  ) {}

  groups(
    ruleId: string,
    ticket: number,
    from: number,
    count: number,
  ): readonly NearMissGroupView[] | undefined {
    const run = this.runs.fresh(ruleId, ticket)
    return run && viewGroups(run, from, count)
  }

  members(
    ruleId: string,
    ticket: number,
    group: number,
    from: number,
    count: number,
  ): readonly PlacedNearMiss[] | undefined {
    const run = this.runs.fresh(ruleId, ticket)
    const { groups, nearMisses } = run?.explained ?? {}
    const places = groups?.[group]?.members.slice(from, from + count)
    return places?.map((place) => ({
      place,
      nearMiss: viewNearMiss(run!.view, nearMisses!.list[place]!),
    }))
  }

  groupOf(ruleId: string, ticket: number, nearMiss: number): GroupPlace | undefined {
    const groups = this.runs.last(ruleId, ticket)?.explained?.groups ?? []
    for (const [group, { members }] of groups.entries()) {
      const member = members.indexOf(nearMiss)
      if (member >= 0) return { group, member }
    }
    return undefined
  }

  /** Undefined when stale, or when those of another near miss have been asked for. */
  async find(
    ruleId: string,
    ticket: number,
    nearMiss: number,
  ): Promise<RepairAnswer | undefined> {
    const run = this.runs.last(ruleId, ticket)
    const miss = run?.explained?.nearMisses.list[nearMiss]
    if (!run || !miss || run.version !== this.events.version) return undefined
    // Every try is a run over the events there are then: these are to be the same.
    const question = askForRepairs(run.prepared, run.result, miss, this.events)
    const found = await this.answer('repairs', findRepairs(question), 'version')
    if (!found) return undefined
    const { version } = run
    const wanted = wantedRows(miss)
    const head = { ruleId, ticket, version, nearMiss, wanted }
    if ('reason' in found) return { ...head, tried: 0, of: 0, list: [], failure: found }
    const { list, tried, of, none } = found
    return {
      ...head,
      tried,
      of,
      ...(none !== undefined && { none }),
      list: list.map(({ sentence, edits, text, others, lost, note }) => ({
        ...{ sentence, edits, text, others, lost },
        ...(note !== undefined && { note }),
      })),
    }
  }

  /** Undefined when the events have changed, or another comparison has been asked for. */
  async compare(request: CompareRequest): Promise<CompareAnswer | undefined> {
    const { version } = this.events
    const found = await this.answer('comparison', this.comparing(request))
    if (!found) return undefined
    if ('reason' in found) return { ok: false, problems: [], failure: found }
    if ('ok' in found) return found
    this.compared = found
    return { ok: true, comparison: viewComparison(found, version) }
  }

  private *comparing(request: CompareRequest): Generator<void, KeptComparison | Refusal> {
    const { limits } = this.runs
    const events = yield* limits.within(request)
    const eventsBefore = yield* limits.within(request.beforeLimits ?? request)
    const { changes } = events
    const fields = request.beforeFields ?? request
    const before = prepareRule(request.before, fields, eventsBefore)
    const after = prepareRule(request.query, request, events)
    if (!before.ok) return refuse(before)
    if (!after.ok) return refuse(after)
    const found = yield* compareRuns(before, after, request.wanted)
    if ('failure' in found) return { ok: false, problems: [], failure: found.failure }
    return { id: ++this.comparisons, changes, before, after, found }
  }

  /** A page of the last comparison; undefined when that is another one now. */
  changes(
    id: number,
    kind: ChangeKind,
    from: number,
    count: number,
  ): readonly ChangedMatch[] | undefined {
    const kept = this.compared
    if (kept?.id !== id || kept.changes !== this.events.changes) return undefined
    return viewChanges(kept, kind, from, count)
  }

  /** Undefined when stale or overtaken; a failure where memory ran out. */
  private async answer<T>(
    name: string,
    work: Generator<void, T>,
    of: 'changes' | 'version' = 'changes',
  ): Promise<T | RunFailure | undefined> {
    const before = this.events[of]
    const isStale = (): boolean => this.events[of] !== before
    const ended = await this.queue.do('why', name, work, isStale)
    if (ended.end === 'no-room') return noRoom(sayNoRoomForAnswer)
    return ended.end === 'done' ? ended.value : undefined
  }
}

const refuse = ({
  diagnostics,
  failure,
}: Extract<PreparedRule, { ok: false }>): Refusal => ({
  ok: false,
  problems: diagnostics,
  ...(failure && { failure }),
})

const viewComparison = (kept: KeptComparison, version: number): Comparison => {
  const { gained, lost, unchanged } = kept.found
  const first = (kind: ChangeKind) => viewChanges(kept, kind, 0, FIRST_PAGE)
  return {
    id: kept.id,
    version,
    counts: {
      gained: gained.length,
      lost: lost.length,
      unchanged: unchanged.length,
    },
    lists: {
      gained: first('gained'),
      lost: first('lost'),
      unchanged: first('unchanged'),
    },
  }
}

const viewChanges = (
  { before, after, found }: KeptComparison,
  kind: ChangeKind,
  from: number,
  count: number,
): readonly ChangedMatch[] => {
  const isLost = kind === 'lost'
  const { matches } = isLost ? found.before : found.after
  const view = viewOf(isLost ? before : after)
  return found[kind].slice(from, from + count).flatMap((place) =>
    matches.slice(place, place + 1).map((match) => ({
      match: viewMatch(view, match),
      ...(kind !== 'unchanged' && {
        why: isLost
          ? (hiddenFrom(after, match) ?? found.whyLost(match))
          : (hiddenFrom(before, match) ?? found.whyGained(match)),
      }),
    })),
  )
}

/** Why a rule cannot match what it does not look at. */
const hiddenFrom = ({ active }: Bound, { rows }: Match): ChangedMatch['why'] =>
  rows.some((row) => row !== MISSING && !active.has(row))
    ? { sentence: sayHiddenFromIt }
    : undefined
