import { coverRule } from '../explain/coverage'
import type { Span } from '../language/ast'
import type { CoverageAnswer } from './coverage-api'
import type { Evaluation, EventRoleView } from './why-api'
import { evaluatePart } from './evaluation'
import { viewRoles } from './event-explanation'
import type { FitRequest } from './api'
import type { FitAnswer } from './fit-api'
import { noRoom } from './no-room'
import type { KeptRun, NumberedEvents } from './rule-answer'
import { answerFit } from './rule-fit'
import type { RuleRuns } from './rule-runs'
import { sayNoRoomForAnswer } from './wording'
import type { WorkQueue } from './work-queue'

/** What is asked of a run when it stands; it waits until no run is due any more. */
export class RunQuestions {
  constructor(
    private readonly events: NumberedEvents,
    private readonly queue: WorkQueue,
    private readonly runs: RuleRuns,
  ) {}

  /**
   * The run with that ticket, if it looked at the row: not at those that have come since,
   * are switched off, or kept from the rule.
   */
  runWith(ruleId: string, ticket: number, row: number): KeptRun | undefined {
    const run = this.runs.fresh(ruleId, ticket)
    return run?.prepared.active.has(row) ? run : undefined
  }

  /** Undefined when another event has been asked of meanwhile. */
  async findRoles(
    ruleId: string,
    ticket: number,
    row: number,
  ): Promise<EventRoleView | undefined> {
    const run = this.runWith(ruleId, ticket, row)
    return run && this.answer('roles', run, viewRoles(run, row))
  }

  /** Undefined when another span has been asked of meanwhile. */
  async evaluate(
    ruleId: string,
    ticket: number,
    span: Span,
  ): Promise<Evaluation | undefined> {
    const run = this.runs.fresh(ruleId, ticket)
    if (!run) return undefined
    const work = evaluatePart(run, span)
    const found = await this.answer('evaluation', run, work, uncounted(run, span))
    return found && { ruleId, ticket, version: run.version, ...found }
  }

  /** Undefined when another rule has been asked of meanwhile. */
  async cover(ruleId: string, ticket: number): Promise<CoverageAnswer | undefined> {
    const run = this.runs.fresh(ruleId, ticket)
    if (!run) return undefined
    const { rule, context, active } = run.prepared
    const work = coverRule(rule, { ...context, active })
    const found = await this.answer('coverage', run, work)
    return found && { ruleId, ticket, version: run.version, ...found }
  }

  /** Undefined when another rule has been asked of meanwhile. */
  async fit(request: FitRequest): Promise<FitAnswer | undefined> {
    const { changes } = this.events
    const isStale = (): boolean => this.events.changes !== changes
    const work = answerFit(request, this.events)
    const ended = await this.queue.do('why', 'fit', work, isStale)
    return ended.end === 'done' ? ended.value : undefined
  }

  /**
   * Undefined when work of that name has come meanwhile, or the events have changed.
   * `unanswered`: said where memory runs out.
   */
  async answer<T>(
    name: string,
    { changes }: KeptRun,
    work: Generator<void, T>,
    unanswered?: T,
  ): Promise<T | undefined> {
    const isStale = (): boolean => this.events.changes !== changes
    const ended = await this.queue.do('why', name, work, isStale)
    if (ended.end === 'no-room') return unanswered
    return ended.end === 'done' ? ended.value : undefined
  }
}

const uncounted = (run: KeptRun, { from, to }: Span) => ({
  from,
  to,
  text: run.prepared.query.text.slice(from, to),
  counts: { true: 0, false: 0, null: 0 },
  failure: noRoom(sayNoRoomForAnswer),
})
