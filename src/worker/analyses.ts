import { auditExclusions } from '../explain/exclusion-audit'
import { checkJoinKeys, type KeyCheck } from '../explain/key-doctor'
import { tuneMaxspan, type MaxspanTuning } from '../explain/maxspan-tuner'
import type { ExclusionView, RuleTimes } from './analysis-api'
import { readTimes } from './result-times'
import type { KeptRun } from './rule-answer'
import type { ChangingEvents, RuleRuns } from './rule-runs'
import type { WorkQueue } from './work-queue'

/** What the panels show of one run, as far as it has been asked for. */
interface Known {
  tuning?: MaxspanTuning
  keys?: KeyCheck
  exclusions?: readonly ExclusionView[]
}

/**
 * What a rule could be instead, over the events of its last run: longer work than a
 * question, done when someone looks and no run is due. Of each kind the newest is done;
 * what a run has been asked once it answers at once.
 */
export class Analyses {
  private readonly known = new WeakMap<KeptRun, Known>()

  constructor(
    private readonly events: ChangingEvents,
    private readonly queue: WorkQueue,
    private readonly runs: RuleRuns,
  ) {}

  /** Undefined for rules that are no sequences, too. */
  tuneMaxspan(ruleId: string, ticket: number): Promise<MaxspanTuning | undefined> {
    return this.answer(ruleId, ticket, 'tuning', ({ prepared: { rule } }) =>
      rule.kind === 'sequence' ? tuneMaxspan(rule) : undefined,
    )
  }

  /** Undefined for event queries, too. */
  checkJoinKeys(ruleId: string, ticket: number): Promise<KeyCheck | undefined> {
    return this.answer(ruleId, ticket, 'keys', ({ prepared }) => {
      const { query, rule, context, clock } = prepared
      return checkJoinKeys(query, rule, context, clock)
    })
  }

  auditExclusions(
    ruleId: string,
    ticket: number,
  ): Promise<readonly ExclusionView[] | undefined> {
    return this.answer(ruleId, ticket, 'exclusions', auditRun)
  }

  /** When all that the run found was. */
  times(ruleId: string, ticket: number): RuleTimes | undefined {
    const run = this.runs.last(ruleId, ticket)
    return run && readTimes(run)
  }

  private async answer<K extends keyof Known>(
    ruleId: string,
    ticket: number,
    kind: K,
    ask: (run: KeptRun) => Generator<void, Known[K]> | undefined,
  ): Promise<Known[K] | undefined> {
    const run = this.runs.last(ruleId, ticket)
    if (!run) return undefined
    const known = this.known.get(run) ?? {}
    this.known.set(run, known)
    if (known[kind] !== undefined) return known[kind]
    const work = ask(run)
    const found = work && (await this.work(kind, work, ruleId, run))
    if (found !== undefined) known[kind] = found
    return found
  }

  /** Some runs are made anew in it: with events that came meanwhile they would be of others. */
  private async work<T>(
    kind: string,
    work: Generator<void, T>,
    ruleId: string,
    run: KeptRun,
  ): Promise<T | undefined> {
    const isStale = (): boolean =>
      this.events.version !== run.version || this.runs.last(ruleId) !== run
    const ended = await this.queue.do('analysis', kind, work, isStale)
    return ended.end === 'done' ? ended.value : undefined
  }
}

function* auditRun(run: KeptRun): Generator<void, readonly ExclusionView[]> {
  const { query, rule, context, active } = run.prepared
  run.audit = yield* auditExclusions(query, rule, context, active)
  return run.audit.map(({ step, from, to, events, hiddenMatches, parts }) => ({
    ...{ step, from, to, events, hiddenMatches },
    parts: parts.map((part) => ({
      from: part.from,
      to: part.to,
      seen: part.seen,
      events: part.events,
      alone: part.alone,
    })),
  }))
}
