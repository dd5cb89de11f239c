import { EvaluationFailure } from './failure'
import { runEventQuery } from './event-query'
import type { SequenceObserver } from './observer'
import type { CompiledRule } from './plan'
import type { RunFailure, RunLimits, RunResult } from './result'
import { runSample } from './sample'
import { runSequence } from './sequence'

/** What came of something that can fail on the data (language.md 8.3). */
export type Attempt<T> =
  | { readonly ok: true; readonly result: T }
  | { readonly ok: false; readonly failure: RunFailure }
export type RunAttempt = Attempt<RunResult>

/**
 * Runs a rule over the events it is bound to. Yields every few thousand events, so that
 * the caller can let messages in or drop the run. A failure on the data, such as a
 * division by zero, is the answer; nothing expected is thrown.
 */
export function* runRule(
  rule: CompiledRule,
  limits: RunLimits,
  observer?: SequenceObserver,
): Generator<void, RunAttempt> {
  try {
    return { ok: true, result: yield* startRun(rule, limits, observer) }
  } catch (error) {
    return { ok: false, failure: failureOf(error) }
  }
}

const startRun = (
  rule: CompiledRule,
  limits: RunLimits,
  observer?: SequenceObserver,
): Generator<void, RunResult> => {
  if (rule.kind === 'events') return runEventQuery(rule, limits)
  if (rule.kind === 'sample') return runSample(rule, limits)
  return runSequence(rule, limits, observer)
}

/** Compiles, or evaluates in any other way, with a failure on the data as data. */
export const attempt = <T>(work: () => T): Attempt<T> => {
  try {
    return { ok: true, result: work() }
  } catch (error) {
    return { ok: false, failure: failureOf(error) }
  }
}

/** Runs to the end without a pause; for callers with nothing else to do. */
export const runToEnd = <T>(run: Generator<void, T>): T => {
  for (;;) {
    const step = run.next()
    if (step.done) return step.value
  }
}

const failureOf = (error: unknown): RunFailure => {
  if (error instanceof EvaluationFailure) return error.failure
  throw error
}
