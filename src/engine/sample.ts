import type { Row } from '../events/row-set'
import { stepStages } from './funnel'
import { compareSampleKeys } from './key-order'
import { KeyTable, type KeyId } from './key-table'
import type { KeyTuple } from './observer'
import { MatchKeeper } from './pipe'
import type { CompiledRule, CompiledStep, JoinKey } from './plan'
import type { Match, RunLimits, RunResult } from './result'
import { noteCapped } from './wording'

type SampleRule = Extract<CompiledRule, { kind: 'sample' }>

const PAUSE = 4096

/**
 * Per join key, combinations of distinct events, one for each step, in any order of time
 * (language.md 6.2). Keys ascend; `size` keeps the first.
 */
export function* runSample(
  rule: SampleRule,
  limits: RunLimits,
): Generator<void, RunResult> {
  const keys = new KeyTable(rule.steps[0]?.keys.length ?? 0)
  const perKey = rule.steps.length + limits.maxSamplesPerKey - 1
  const buckets: Bucket[] = []
  for (const step of rule.steps) {
    const wanted = buckets.at(-1)
    buckets.push(yield* fillBucket(step, keys, perKey, wanted))
  }
  const keeper = new MatchKeeper([], { ...limits, resultPosition: 'head' })
  for (const { id, tuple } of sharedKeys(buckets, keys, rule.steps[0]?.keys ?? [])) {
    const choices = buckets.map((bucket) => bucket.get(id)!)
    const joinKeys = printKeys(tuple, rule.steps[0]!)
    let room = limits.maxSamplesPerKey
    for (const rows of combinations(choices)) {
      if (room-- <= 0) break
      keeper.add((): Match => ({ rows, joinKeys }))
    }
    yield
  }
  return {
    kind: 'sample',
    matches: keeper.matches(),
    found: keeper.found,
    funnel: [
      ...stepStages(
        rule.events,
        rule.steps.map(({ writtenStep, condition }) => ({
          writtenStep,
          count: condition.rows().count(),
        })),
      ),
      { stage: 'matched', count: keeper.found },
    ],
    notes: rule.steps.some(({ condition }) => condition.isCapped()) ? [noteCapped] : [],
  }
}

/** The first events of one step, by key, in load order. */
type Bucket = ReadonlyMap<KeyId, readonly Row[]>

/** `wanted`: what the step before has; a key it lacks can never make a sample. */
function* fillBucket(
  step: CompiledStep,
  keys: KeyTable,
  perKey: number,
  wanted: Bucket | undefined,
): Generator<void, Bucket> {
  const reader = keys.reader(step.keys, 'as written')
  const bucket = new Map<KeyId, Row[]>()
  for (const [at, row] of step.condition.rows().rows().entries()) {
    if (at % PAUSE === PAUSE - 1) yield
    for (const key of reader.read(row)) {
      if (wanted && !wanted.has(key)) continue
      const rows = bucket.get(key)
      if (!rows) bucket.set(key, [row])
      else if (rows.length < perKey) rows.push(row)
    }
  }
  return bucket
}

/** Keys with an event for every step, ascending. Each step only kept keys of the one before. */
const sharedKeys = (
  buckets: readonly Bucket[],
  keys: KeyTable,
  by: readonly JoinKey[],
): readonly { readonly id: KeyId; readonly tuple: KeyTuple }[] =>
  [...(buckets.at(-1)?.keys() ?? [])]
    .map((id) => ({ id, tuple: keys.tuple(id) }))
    .sort((a, b) => compareSampleKeys(a.tuple, b.tuple, by))

/** Depth first in step order; no event twice in one combination. */
function* combinations(
  choices: readonly (readonly Row[])[],
  chosen: readonly Row[] = [],
): Generator<readonly Row[], void> {
  const next = choices[chosen.length]
  if (!next) yield chosen
  for (const row of next ?? [])
    if (!chosen.includes(row)) yield* combinations(choices, [...chosen, row])
}

const printKeys = (tuple: KeyTuple, { keys }: CompiledStep): Match['joinKeys'] & object =>
  tuple.map((value, at) => (value === null ? null : keys[at]!.print(value)))
