import { readPlaces, type KeyedPlaces } from './keyed-places'
import { KeySieve, type Asked } from './key-sieve'
import type { KeyNulls, KeyTable } from './key-table'
import type { CompiledRule, CompiledStep } from './plan'

type SequenceRule = Extract<CompiledRule, { kind: 'sequence' }>

/** The events of each step, missing ones too, and of until. */
export type StepEvents = ReadonlyMap<CompiledStep, KeyedPlaces>

/** All events of the steps; yields every few thousand. */
export function* readSteps(
  rule: SequenceRule,
  table: KeyTable,
): Generator<void, StepEvents> {
  const asked = askSteps(rule, table)
  const events = new Map<Asked, KeyedPlaces>()
  for (const each of new Set(asked.values()))
    events.set(each, yield* readPlaces(each.set, each.reader, rule.order))
  return eventsOf(asked, events)
}

/**
 * The same but for those that are in no sequence and prevent none: their key has too few
 * events for some step, or has them on the wrong side. `table` must not have met a key yet.
 */
export function* siftSteps(
  rule: SequenceRule,
  table: KeyTable,
): Generator<void, StepEvents> {
  const asked = askSteps(rule, table)
  const sieve = new KeySieve(rule.order, table)
  const all = [...new Set(asked.values())].sort(byRows)
  for (const each of all)
    if (!(yield* sieve.meet(each))) return yield* readSteps(rule, table)
  return eventsOf(asked, yield* sieve.sift())
}

function askSteps(
  { steps, until }: SequenceRule,
  table: KeyTable,
): Map<CompiledStep, Asked> {
  const asked = new Map<CompiledStep, Asked>()
  const ask = (step: CompiledStep, nulls: KeyNulls, at: number): void => {
    const set = step.condition.rows()
    const keys = table.rows(step.keys, nulls)
    const count = step.missing || step === until ? 0 : 1
    const known = [...asked.values()].find(
      (other) =>
        other.set === set && other.keys === keys && other.count > 0 === count > 0,
    )
    if (known) {
      known.count += count
      known.last = at
    }
    const reader = table.reader(step.keys, nulls)
    asked.set(step, known ?? { set, reader, keys, first: at, last: at, count })
  }
  for (const [at, step] of steps.entries()) ask(step, 'as written', at)
  if (until) ask(until, 'always', steps.length)
  return asked
}

const eventsOf = (
  asked: ReadonlyMap<CompiledStep, Asked>,
  events: ReadonlyMap<Asked, KeyedPlaces>,
): StepEvents =>
  new Map([...asked].map(([step, each]) => [step, events.get(each) ?? NO_EVENTS]))

/** The rarest first; last those that no sequence takes, of which none need be met. */
const byRows = (a: Asked, b: Asked): number =>
  Number(a.count === 0) - Number(b.count === 0) || a.set.count() - b.set.count()

/** Of steps that were not looked at, as no key was left. */
const NO_EVENTS: KeyedPlaces = {
  places: new Uint32Array(0),
  keys: new Int32Array(0),
  count: 0,
}
