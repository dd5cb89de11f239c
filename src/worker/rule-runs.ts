import type { RunResult } from '../engine/result'
import { runRule } from '../engine/run'
import type { NearMisses } from '../explain/explanation'
import { findNearMisses } from '../explain/near-miss'
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

/** Runs one rule after another; of each rule only the newest request is answered. */
export class RuleRuns {
  private readonly newest = new Map<string, number>()
  private readonly kept = new Map<string, KeptRun>()
  private turn: Promise<unknown> = Promise.resolve()

  /** Answers undefined when a newer request for the rule has come, or it was stopped. */
  run(
    request: RunRequest,
    events: () => Promise<Events>,
  ): Promise<RunOutcome | undefined> {
    this.newest.set(request.ruleId, request.ticket)
    const mine = this.turn.then(() =>
      this.isWanted(request) ? this.runNow(request, events) : undefined,
    )
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

  last(ruleId: string): KeptRun | undefined {
    return this.kept.get(ruleId)
  }

  private isWanted({ ruleId, ticket }: RunRequest): boolean {
    return this.newest.get(ruleId) === ticket
  }

  private async runNow(
    request: RunRequest,
    events: () => Promise<Events>,
  ): Promise<RunOutcome | undefined> {
    const { loaded, version } = await events()
    const { ruleId, ticket, query } = request
    const started = performance.now()
    const head = { ruleId, ticket, version }
    const prepared = prepareRule(query, request, loaded)
    if (!prepared.ok) {
      this.kept.delete(ruleId)
      return { ...head, diagnostics: prepared.diagnostics, failure: prepared.failure }
    }
    const { diagnostics } = prepared
    const found = await this.drive(request, answerRule(prepared))
    if (!found) return undefined
    if (!found.ok) return { ...head, diagnostics, failure: found.failure }
    const kept = { prepared, ...found.value, view: viewOf(prepared) }
    this.kept.set(ruleId, kept)
    const tookMs = performance.now() - started
    return { ...head, diagnostics, answer: viewAnswer(kept, tookMs) }
  }

  /** Runs to the end in slices; undefined when the request was overtaken between them. */
  private async drive<T>(
    request: RunRequest,
    work: Generator<void, T>,
  ): Promise<OrFailure<T> | undefined> {
    for (;;) {
      const until = performance.now() + SLICE_MS
      const slice = orFailure(() => {
        let step = work.next()
        while (!step.done && performance.now() < until) step = work.next()
        return step
      })
      if (!slice.ok) return slice
      if (slice.value.done) return { ok: true, value: slice.value.value }
      await letMessagesIn()
      if (!this.isWanted(request)) return undefined
    }
  }
}

interface Events {
  readonly loaded: LoadedEvents
  readonly version: number
}

const letMessagesIn = (): Promise<void> => new Promise((resume) => setTimeout(resume))

function* answerRule({
  query,
  rule,
  context,
}: BoundRule): Generator<void, Pick<KeptRun, 'result' | 'nearMisses'>> {
  const result = yield* runRule(rule, {
    size: Infinity,
    resultPosition: 'tail',
    maxSamplesPerKey: 1,
  })
  return { result, nearMisses: yield* findNearMisses(query, rule, context, result) }
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
