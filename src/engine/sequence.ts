import { stepStages, writtenSteps } from './funnel'
import type { LateList } from './late-list'
import type { KeyTuple, SequenceObserver } from './observer'
import type { CompiledRule } from './plan'
import type { Match, RunLimits, RunResult } from './result'
import { SequenceMachine } from './sequence-machine'
import { noteCapped, noteUnusable } from './wording'

export type SequenceRule = Extract<CompiledRule, { kind: 'sequence' }>

/**
 * Finds the sequences of a rule in one pass over the events that satisfy any of its
 * steps (language.md 5.4–5.8). Yields every few thousand events.
 */
export function* runSequence(
  rule: SequenceRule,
  limits: RunLimits,
  observer?: SequenceObserver,
): Generator<void, RunResult> {
  const counts: { writtenStep: number; count: number }[] = []
  for (const { writtenStep, condition } of writtenSteps(rule.steps)) {
    const rows = yield* condition.prepare()
    counts.push({ writtenStep, count: rows.count() })
    yield
  }
  if (rule.until) yield* rule.until.condition.prepare()
  const machine = new SequenceMachine(rule, limits, observer)
  if (observer) yield* machine.run()
  else yield* machine.findMatches()
  return {
    kind: 'sequence',
    matches: machine.matches(),
    found: machine.found,
    ...(machine.missingMs > 0 && { missingMs: machine.missingMs }),
    funnel: [
      ...stepStages(rule.events, counts),
      { stage: 'joined', count: machine.joined },
      { stage: 'in-time', count: machine.inTime },
      { stage: 'matched', count: machine.found },
    ],
    notes: notesOn(rule, machine.isCapped),
  }
}

const ALL: RunLimits = { size: Infinity, resultPosition: 'tail', maxSamplesPerKey: 1 }

/**
 * Runs a rule over the events of one join key alone: what becomes of them is what becomes
 * of them in a run over all. `key`: its values as an observer or `keyOf` gives them. Answers
 * with the matches of that key, before pipes. Yields every few thousand events.
 */
export function* replayKey(
  rule: SequenceRule,
  key: KeyTuple,
  observer: SequenceObserver,
): Generator<void, LateList<Match>> {
  yield* prepareConditions(rule)
  const machine = new SequenceMachine({ ...rule, pipes: [] }, ALL, observer, key)
  yield* machine.run()
  return machine.matches()
}

/** Computes the rows of every step and of until, in slices. */
export function* prepareConditions({
  steps,
  until,
}: SequenceRule): Generator<void, void> {
  for (const { condition } of [...steps, ...(until ? [until] : [])])
    yield* condition.prepare()
}

const notesOn = (
  { order, steps, until }: SequenceRule,
  hasCappedKeys: boolean,
): readonly string[] => {
  const conditions = [...steps, ...(until ? [until] : [])].map((step) => step.condition)
  const isCapped = hasCappedKeys || conditions.some((condition) => condition.isCapped())
  return [
    ...(order.unusable > 0 ? [noteUnusable(order.unusable)] : []),
    ...(isCapped ? [noteCapped] : []),
  ]
}
