import { runEventQuery } from './event-query'
import type { SequenceObserver } from './observer'
import type { CompiledRule } from './plan'
import type { RunLimits, RunResult } from './result'
import { runSample } from './sample'
import { runSequence } from './sequence'

/**
 * Runs a rule over the events it is bound to. Yields every few thousand events, so that
 * the caller can let messages in or drop the run. Throws EvaluationFailure when the
 * query cannot be answered on these events; the caller hands on its `failure` as data.
 */
export const runRule = (
  rule: CompiledRule,
  limits: RunLimits,
  observer?: SequenceObserver,
): Generator<void, RunResult> => {
  if (rule.kind === 'events') return runEventQuery(rule, limits)
  if (rule.kind === 'sample') return runSample(rule, limits)
  return runSequence(rule, limits, observer)
}

/** Runs to the end without a pause, for callers with nothing else to do. */
export const runToEnd = <T>(run: Generator<void, T>): T => {
  for (;;) {
    const step = run.next()
    if (step.done) return step.value
  }
}
