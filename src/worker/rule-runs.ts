import type { RunResult } from '../engine/result'
import { runRule } from '../engine/run'
import type { NearMisses } from '../explain/explanation'
import { adviseOnData } from '../explain/data-advice'
import { findNearMisses } from '../explain/near-miss'
import type { Diagnostic } from '../language/diagnostics'
import { stepsOf } from '../language/walk'
import type { RunAnswer, RunOutcome, RunRequest } from './api'
import { viewMatch, viewNearMiss, type ViewContext } from './match-view'
import {
  orFailure,
  prepareRule,
  type LoadedEvents,
  type OrFailure,
  type PreparedRule,
} from './prepare-rule'

type BoundRule = Extract<PreparedRule, { ok: true }>

/** The last answer of a rule, kept for its further pages. */
export interface KeptRun {
  readonly prepared: BoundRule
  readonly result: RunResult
  readonly nearMisses: NearMisses
  readonly view: ViewContext
}

/** Matches and near misses that come with an outcome; more by pages. */
const FIRST_PAGE = 50
/** A run lets messages in this often, ms. */
const SLICE_MS = 40

/** Loaded events that may change while a run lets messages in; `version` tells. */
export interface ChangingEvents extends LoadedEvents {
  readonly version: number
}

/** Asked for whenever a run starts; answers when there is nothing to wait for. */
type AskEvents = () => Promise<ChangingEvents>

/** What becomes of a run that does not come to its end. */
type Dropped = 'overtaken' | 'events changed'

/** Runs one rule after another; of each rule only the newest request is answered. */
export class RuleRuns {
  private readonly newest = new Map<string, number>()
  private readonly kept = new Map<string, KeptRun>()
  private turn: Promise<unknown> = Promise.resolve()

  /** Answers undefined when a newer request for the rule has come, or it was stopped. */
  run(request: RunRequest, events: AskEvents): Promise<RunOutcome | undefined> {
    this.newest.set(request.ruleId, request.ticket)
    const mine = this.turn.then(() => this.runInTurn(request, events))
    this.turn = mine.catch(() => undefined)
    return mine
  }

  stop(ruleId: string | undefined): void {
    if (ruleId === undefined) this.newest.clear()
    else this.newest.delete(ruleId)
  }

  forget(ruleId: string): void {
    this.newest.delete(ruleId)
    this.kept.delete(ruleId)
  }

  /** Forgets all answers: their rows are no longer those of the table. */
  forgetAnswers(): void {
    this.kept.clear()
  }

  last(ruleId: string): KeptRun | undefined {
    return this.kept.get(ruleId)
  }

  private isWanted({ ruleId, ticket }: RunRequest): boolean {
    return this.newest.get(ruleId) === ticket
  }

  /** Starts over whenever the events have changed under the run. */
  private async runInTurn(
    request: RunRequest,
    events: AskEvents,
  ): Promise<RunOutcome | undefined> {
    while (this.isWanted(request)) {
      const outcome = await this.runNow(request, await events())
      if (outcome !== 'events changed')
        return outcome === 'overtaken' ? undefined : outcome
    }
    return undefined
  }

  private async runNow(
    request: RunRequest,
    events: ChangingEvents,
  ): Promise<RunOutcome | Dropped> {
    const { ruleId, ticket, query } = request
    const { version } = events
    const started = performance.now()
    const head = { ruleId, ticket, version }
    const prepared = prepareRule(query, request, events)
    if (!prepared.ok) {
      this.kept.delete(ruleId)
      return { ...head, diagnostics: prepared.diagnostics, failure: prepared.failure }
    }
    const { diagnostics } = prepared
    const dropReason = (): Dropped | undefined => {
      if (events.version !== version) return 'events changed'
      return this.isWanted(request) ? undefined : 'overtaken'
    }
    const found = await drive(answerRule(prepared), dropReason)
    if (typeof found === 'string') return found
    if (!found.ok) return { ...head, diagnostics, failure: found.failure }
    const { advice, ...answer } = found.value
    const kept = { prepared, ...answer }
    this.kept.set(ruleId, kept)
    const tookMs = performance.now() - started
    return {
      ...head,
      diagnostics: [...diagnostics, ...advice],
      answer: viewAnswer(kept, tookMs),
    }
  }
}

/** Runs to the end in slices, unless between them there is a reason to drop the run. */
async function drive<T>(
  work: Generator<void, T>,
  dropReason: () => Dropped | undefined,
): Promise<OrFailure<T> | Dropped> {
  for (;;) {
    const until = performance.now() + SLICE_MS
    const slice = orFailure(() => {
      let step = work.next()
      while (!step.done && performance.now() < until) step = work.next()
      return step
    })
    const isOver = !slice.ok || slice.value.done
    if (!isOver) await letMessagesIn()
    const reason = dropReason()
    if (reason) return reason
    if (!slice.ok) return slice
    if (slice.value.done) return { ok: true, value: slice.value.value }
  }
}

const letMessagesIn = (): Promise<void> => new Promise((resume) => setTimeout(resume))

interface Found extends Omit<KeptRun, 'prepared'> {
  readonly advice: readonly Diagnostic[]
}

function* answerRule(prepared: BoundRule): Generator<void, Found> {
  const { query, rule, context } = prepared
  const result = yield* runRule(rule, {
    size: Infinity,
    resultPosition: 'tail',
    maxSamplesPerKey: 1,
  })
  const nearMisses = yield* findNearMisses(query, rule, context, result)
  yield
  const advice = adviseOnData(query, rule, context)
  return { result, nearMisses, advice, view: viewOf(prepared) }
}

const viewOf = ({ query, context, clock }: BoundRule): ViewContext => ({
  query,
  table: context.table,
  schema: context.schema,
  order: context.table.order(clock, context.schema),
  categoryField: context.categoryField,
})

function viewAnswer(
  { prepared, result, nearMisses, view }: KeptRun,
  tookMs: number,
): RunAnswer {
  const { body } = prepared.query
  return {
    kind: result.kind,
    stepCount: stepsOf(prepared.query).length,
    ...(body.kind === 'sequence' && { maxspanMs: body.maxspan?.ms }),
    matchCount: result.matches.length,
    nearMissCount: nearMisses.list.length,
    nearMissesCapped: nearMisses.capped !== undefined,
    funnel: result.funnel,
    matches: result.matches.slice(0, FIRST_PAGE).map((match) => viewMatch(view, match)),
    nearMisses: nearMisses.list
      .slice(0, FIRST_PAGE)
      .map((miss) => viewNearMiss(view, miss)),
    notes: result.notes,
    tookMs,
  }
}
