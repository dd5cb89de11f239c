import { KeyTable, type KeyId } from '../engine/key-table'
import type { CompiledRule } from '../engine/plan'
import { RowsByKey } from '../engine/rows-by-key'
import { RowSet } from '../events/row-set'
import type { Query } from '../language/ast'
import type { Finding } from './finding'
import { findRowsOneShort, rowsOfAny } from './one-short'
import { explainShort } from './short-fault'

type SampleRule = Extract<CompiledRule, { kind: 'sample' }>

type Candidate = () => readonly Finding[]

/**
 * Join keys with an event for every step of a sample but one, and for that one an event
 * that fails a single term (language.md 6.2). One finding a key, in load order. Yields
 * every few thousand events.
 */
export function* findSamplesOneShort(
  rule: SampleRule,
  query: Query,
  active: RowSet,
): Generator<void, Iterable<Candidate>> {
  const { steps } = rule
  const keys = new KeyTable(steps[0]?.keys ?? [])
  const serving = rowsOfAny(
    steps.map(({ condition }) => condition),
    active,
  )
  const fits: RowsByKey[] = []
  const shorts: RowsByKey[] = []
  for (const { condition, keys: by } of steps)
    fits.push(yield* RowsByKey.firsts(condition.rows(), keys.reader(by, 'as written'), 1))
  const lacking = stepsLacking(fits, keys.size)
  for (const [at, { condition, keys: by }] of steps.entries()) {
    const rows = lacking.has(at)
      ? (yield* findRowsOneShort(condition, active)).rows.without(serving)
      : new RowSet(active.size)
    shorts.push(yield* RowsByKey.firsts(rows, keys.reader(by, 'as written'), 1))
  }
  return candidatesOf({ rule, query, keys, fits, shorts })
}

/** The steps that some key lacks, and that one alone: only these are looked into. */
function stepsLacking(fits: readonly RowsByKey[], keyCount: number): ReadonlySet<number> {
  const lacking = new Set<number>()
  for (let key = 0; key < keyCount && lacking.size < fits.length; key++) {
    const at = lackedStep(fits, key)
    if (at !== undefined) lacking.add(at)
  }
  return lacking
}

/** The only step that has no event with the key. */
const lackedStep = (fits: readonly RowsByKey[], key: KeyId): number | undefined => {
  const at = fits.findIndex((fit) => !fit.has(key))
  const isOnly = fits.every((fit, other) => other === at || fit.has(key))
  return at >= 0 && isOnly ? at : undefined
}

/** The first event of each key, by step: that fits, and that is one term short. */
interface Firsts {
  readonly rule: SampleRule
  readonly query: Query
  readonly keys: KeyTable
  readonly fits: readonly RowsByKey[]
  readonly shorts: readonly RowsByKey[]
}

function* candidatesOf(firsts: Firsts): Generator<Candidate, void> {
  const { keys, fits, shorts } = firsts
  for (let key = 0; key < keys.size; key++) {
    const at = lackedStep(fits, key)
    if (at !== undefined && shorts[at]!.has(key))
      yield () => [explainKey(firsts, key, at)]
  }
}

/** `at`: the step that has no event with the key. */
const explainKey = (
  { rule, query, keys, fits, shorts }: Firsts,
  key: KeyId,
  at: number,
): Finding => {
  const rows = fits.map((fit, other) => (other === at ? shorts[at]! : fit).of(key)[0]!)
  const culprit = rows[at]!
  return {
    ...explainShort(rule.steps[at]!.condition, culprit, query),
    step: at,
    events: rows,
    rows,
    culprit,
    key: keys.tuple(key),
    satisfied: rows.length - 1,
    wrong: 1,
    slackShare: 0,
  }
}
