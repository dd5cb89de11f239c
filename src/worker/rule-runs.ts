import { adviseOnData } from '../explain/data-advice'
import { findNearMisses } from '../explain/near-miss'
import { groupNearMisses } from '../explain/near-miss-groups'
import { viewExplained } from './explained-view'
import type { NearMissAnswer, RunOutcome, RunRequest } from './api'
import {
  answerRule,
  type Answered,
  type Explained,
  type KeptRun,
  type NumberedEvents,
} from './rule-answer'
import { IndexLimits } from './index-limits'
import { noRoom } from './no-room'
import { sayNoRoomForRun } from './wording'
import type { WorkQueue } from './work-queue'

/** Loaded events that may change while a run lets messages in. */
export interface ChangingEvents extends NumberedEvents {
  /** Whether rows are still to come. */
  readonly isReading: boolean
  /** While rows come: the events of a moment ago, the same until there are twice as many. */
  readonly soFar: NumberedEvents
  /** Resolves when rows have come, or no more are to come. */
  grown(): Promise<void>
}

/** A first verdict while loading is due after so many rows, or so long, ms. */
const FIRST_ROWS = 100_000
const FIRST_MS = 1000

/** Runs rules over events that may still be coming; answers the newest of each rule. */
export class RuleRuns {
  /** The last request of every rule, whatever became of it. */
  private readonly asked = new Map<string, RunRequest>()
  private readonly newest = new Map<string, number>()
  private readonly running = new Map<string, Promise<unknown>>()
  private readonly kept = new Map<string, KeptRun>()
  /** What rules look at; one for all, as it keeps what rules have learnt of it. */
  readonly limits: IndexLimits

  constructor(
    private readonly events: ChangingEvents,
    private readonly queue: WorkQueue,
  ) {
    this.limits = new IndexLimits(events)
  }

  /** Undefined when a newer request for the rule has come, or it was stopped. */
  run(
    request: RunRequest,
    onPartial?: (outcome: RunOutcome) => void,
  ): Promise<RunOutcome | undefined> {
    const { ruleId, ticket } = request
    this.asked.set(ruleId, request)
    this.newest.set(ruleId, ticket)
    this.queue.drop('run', ruleId)
    this.queue.drop('near-misses', ruleId)
    const run = this.runToEnd(request, onPartial)
    this.running.set(
      ruleId,
      run.catch(() => undefined),
    )
    return run
  }

  /** The newest request of every rule that has been asked for and not forgotten. */
  get requests(): readonly RunRequest[] {
    return [...this.asked.values()]
  }

  /** What almost matched in the run with that ticket; undefined when that is not kept. */
  async findNearMisses(
    ruleId: string,
    ticket: number,
  ): Promise<NearMissAnswer | undefined> {
    await this.running.get(ruleId)
    const kept = this.last(ruleId, ticket)
    if (!kept || !this.isWanted({ ruleId, ticket })) return undefined
    kept.search ??= this.explain(ruleId, kept)
    kept.explained = await kept.search
    if (!kept.explained) delete kept.search
    return kept.explained && kept === this.kept.get(ruleId)
      ? viewExplained(ruleId, kept, kept.explained)
      : undefined
  }

  private async explain(ruleId: string, kept: KeptRun): Promise<Explained | undefined> {
    const isStale = (): boolean => this.events.changes !== kept.changes
    const work = explainAnswer(kept)
    const ended = await this.queue.do('near-misses', ruleId, work, isStale)
    return ended.end === 'done' ? ended.value : undefined
  }

  stop(ruleId?: string): void {
    if (ruleId === undefined) this.newest.clear()
    else this.newest.delete(ruleId)
    this.queue.drop('run', ruleId)
    this.queue.drop('near-misses', ruleId)
  }

  forget(ruleId: string): void {
    this.stop(ruleId)
    this.asked.delete(ruleId)
    this.running.delete(ruleId)
    this.kept.delete(ruleId)
  }

  /** Forgets all answers: their rows are no longer those of the table. */
  forgetAnswers(): void {
    this.kept.clear()
    this.limits.clear()
  }

  /** The last answer of a rule; with a ticket, only if it is that one's. */
  last(ruleId: string, ticket?: number): KeptRun | undefined {
    const kept = this.kept.get(ruleId)
    return ticket === undefined || kept?.ticket === ticket ? kept : undefined
  }

  /**
   * The answer with that ticket, if its events are still those there are: its rows and the
   * values of its join keys are looked up in their columns.
   */
  fresh(ruleId: string, ticket: number): KeptRun | undefined {
    const run = this.last(ruleId, ticket)
    return run?.changes === this.events.changes ? run : undefined
  }

  private isWanted({ ruleId, ticket }: Pick<RunRequest, 'ruleId' | 'ticket'>): boolean {
    return this.newest.get(ruleId) === ticket
  }

  /**
   * Starts over when events are taken out, switched or read as other fields. Rows that
   * come meanwhile leave a run as it is; its answer is of those before, and not the last.
   */
  private async runToEnd(
    request: RunRequest,
    onPartial: ((outcome: RunOutcome) => void) | undefined,
  ): Promise<RunOutcome | undefined> {
    for (let answered: Answered | undefined; ;) {
      await this.untilDue(request, onPartial && (answered?.rowCount ?? 0))
      if (!this.isWanted(request)) return undefined
      answered = await this.runOnce(request)
      if (!answered || !this.isWanted(request)) continue
      this.keep(request.ruleId, answered.kept)
      const { events } = this
      if (answered.rowCount === events.table.rowCount && !events.isReading)
        return answered.outcome
      onPartial?.(markPartial(answered))
    }
  }

  private async runOnce(request: RunRequest): Promise<Answered | undefined> {
    const { changes } = this.events
    const isStale = (): boolean => this.events.changes !== changes
    const work = this.runWithin(request)
    const ended = await this.queue.do('run', request.ruleId, work, isStale)
    if (ended.end === 'no-room') return this.giveUp(request)
    return ended.end === 'done' && !isStale() ? ended.value : undefined
  }

  private *runWithin(request: RunRequest): Generator<void, Answered> {
    const { events } = this
    const wanted = events.isReading ? events.soFar : events
    return yield* answerRule(request, yield* this.limits.within(request, wanted))
  }

  private giveUp({ ruleId, ticket }: RunRequest): Answered {
    const { version, table } = this.events
    const failure = noRoom(sayNoRoomForRun)
    const outcome = { ruleId, ticket, version, diagnostics: [], failure }
    return { rowCount: table.rowCount, outcome }
  }

  private keep(ruleId: string, kept: KeptRun | undefined): void {
    if (kept) this.kept.set(ruleId, kept)
    else this.kept.delete(ruleId)
  }

  /**
   * Resolves when nothing is being read any more or, for a run that has told of `told`
   * rows, when so many more have come that they are worth another verdict.
   */
  private async untilDue(request: RunRequest, told: number | undefined): Promise<void> {
    const { events } = this
    const since = performance.now()
    const isDue = (): boolean => {
      const { rowCount } = events.table
      if (told === undefined || rowCount === 0) return false
      if (told > 0) return rowCount >= 2 * told
      return rowCount >= FIRST_ROWS || performance.now() - since >= FIRST_MS
    }
    while (events.isReading && !isDue() && this.isWanted(request)) await events.grown()
  }
}

const markPartial = ({ outcome, kept }: Answered): RunOutcome =>
  kept && outcome.answer
    ? {
        ...outcome,
        answer: { ...outcome.answer, partial: { events: kept.prepared.rule.events } },
      }
    : outcome

function* explainAnswer({ prepared, result }: KeptRun): Generator<void, Explained> {
  const { query, rule, context, active } = prepared
  const nearMisses = yield* findNearMisses(query, rule, active, result)
  yield
  const groups = yield* groupNearMisses(query, nearMisses.list, context)
  const advice = yield* adviseOnData(query, rule, { ...context, active })
  return { nearMisses, groups, advice }
}
