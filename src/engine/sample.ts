import type { Row } from '../events/row-set'
import { stepStages } from './funnel'
import { sortSlowly } from '../events/slow-sort'
import { compareSampleKeys } from './key-order'
import { KeyTable, type KeyId } from './key-table'
import type { KeyTuple } from './observer'
import { MatchKeeper } from './pipe'
import type { CompiledRule, JoinKey } from './plan'
import { printKey } from './print-match'
import type { Match, RunLimits, RunResult } from './result'
import { RowsByKey } from './rows-by-key'
import { noteCapped } from './wording'

export type SampleRule = Extract<CompiledRule, { kind: 'sample' }>

const PAUSE = 4096

/**
 * Per join key, combinations of distinct events, one for each step, in any order of time
 * (language.md 6.2). Keys ascend; `size` keeps the first. `only`: the one key to look at.
 */
export function* runSample(
  { events, steps }: SampleRule,
  limits: RunLimits,
  only?: KeyTuple,
): Generator<void, RunResult> {
  const by = steps[0]?.keys ?? []
  const keys = new KeyTable(by, only)
  const perKey = steps.length + limits.maxSamplesPerKey - 1
  const firsts: RowsByKey[] = []
  for (const { condition, keys: fields } of steps) {
    const rows = yield* condition.prepare()
    const reader = keys.reader(fields, 'as written')
    firsts.push(yield* RowsByKey.firsts(rows, reader, perKey, firsts.at(-1)))
  }
  const keeper = new MatchKeeper([], { ...limits, resultPosition: 'head' }, steps.length)
  let done = 0
  for (const { id } of yield* sharedKeys(firsts, keys, by)) {
    const choices = firsts.map((rows) => rows.of(id))
    let room = limits.maxSamplesPerKey
    for (const rows of combinations(choices)) {
      if (room-- <= 0) break
      keeper.add(rows, id)
    }
    if (++done % PAUSE === 0) yield
  }
  const counts = steps.map(({ writtenStep, condition }) => ({
    writtenStep,
    count: condition.rows().count(),
  }))
  const isCapped = keys.isCapped || steps.some(({ condition }) => condition.isCapped())
  return {
    kind: 'sample',
    matches: keeper.matches((rows, id): Match => ({
      rows,
      joinKeys: printKey(keys.tuple(id), by),
    })),
    found: keeper.found,
    funnel: [...stepStages(events, counts), { stage: 'matched', count: keeper.found }],
    notes: isCapped ? [noteCapped] : [],
  }
}

/** Keys with an event for every step, ascending. Each step only has keys of the one before. */
function* sharedKeys(
  firsts: readonly RowsByKey[],
  keys: KeyTable,
  by: readonly JoinKey[],
): Generator<void, readonly { readonly id: KeyId; readonly tuple: KeyTuple }[]> {
  const shared: { id: KeyId; tuple: KeyTuple }[] = []
  for (let id = 0; id < keys.size; id++) {
    if (id % PAUSE === PAUSE - 1) yield
    if (firsts.at(-1)?.has(id)) shared.push({ id, tuple: keys.tuple(id) })
  }
  return yield* sortSlowly(shared, (a, b) => compareSampleKeys(a.tuple, b.tuple, by))
}

/** Depth first in step order; no event twice in one combination. */
function* combinations(
  choices: readonly Int32Array[],
  chosen: readonly Row[] = [],
): Generator<readonly Row[], void> {
  const next = choices[chosen.length]
  if (!next) yield chosen
  for (const row of next ?? [])
    if (!chosen.includes(row)) yield* combinations(choices, [...chosen, row])
}
