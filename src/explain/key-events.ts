import { NO_KEY } from '../engine/key-rows'
import { KeyTable, type KeyReader } from '../engine/key-table'
import type { KeyTuple } from '../engine/observer'
import type { CompiledRule, CompiledStep } from '../engine/plan'
import { RowSet } from '../events/row-set'
import { NO_RANK, type TimeOrder } from '../events/table'

type SequenceRule = Extract<CompiledRule, { kind: 'sequence' }>

/** What of a rule and its events concerns one join key. */
export interface KeyEvents {
  /** Events of the key that satisfy a step, a missing step or until. */
  readonly rows: RowSet
  /** The rule over these alone: a replay of the key need not go through all others. */
  readonly rule: SequenceRule
}

/** Rows looked at without a pause. */
const PAUSE = 16_384

/** Looks up the events of a key. Yields every few thousand rows. */
export function* readKeyEvents(
  rule: SequenceRule,
  key: KeyTuple,
): Generator<void, KeyEvents> {
  const keys = new KeyTable(rule.steps[0]?.keys ?? [], key)
  const known = new Map<CompiledStep, CompiledStep>()
  let rows = new RowSet(rule.order.rank.length)
  function* ofKey(
    step: CompiledStep,
    nulls: 'as written' | 'always' = 'as written',
  ): Generator<void, CompiledStep> {
    const found = yield* rowsOfKey(
      yield* step.condition.prepare(),
      keys.reader(step.keys, nulls),
      rule.order,
    )
    rows = rows.or(found)
    return asksOnly(step, found)
  }
  for (const step of new Set(rule.steps)) known.set(step, yield* ofKey(step))
  const until = rule.until && (yield* ofKey(rule.until, 'always'))
  const steps = rule.steps.map((step) => known.get(step)!)
  return { rows, rule: { ...rule, steps, until } }
}

/** The same step, asked of these rows alone. */
const asksOnly = (step: CompiledStep, rows: RowSet): CompiledStep => ({
  ...step,
  condition: {
    ...step.condition,
    rows: () => rows,
    *prepare() {
      yield
      return rows
    },
  },
})

/** Events of a key, by the fields of any step, that satisfy nothing of the rule. */
export function* readOtherEvents(
  rule: SequenceRule,
  key: KeyTuple,
  active: RowSet,
  used: RowSet,
): Generator<void, RowSet> {
  const keys = new KeyTable(rule.steps[0]?.keys ?? [], key)
  const readers = new Set(rule.steps.map((step) => keys.reader(step.keys, 'as written')))
  const others = active.without(used)
  let rows = new RowSet(active.size)
  for (const reader of readers)
    rows = rows.or(yield* rowsOfKey(others, reader, rule.order))
  return rows
}

/** Those that have the key and a time. */
function* rowsOfKey(
  set: RowSet,
  reader: KeyReader,
  { rank }: TimeOrder,
): Generator<void, RowSet> {
  const found: number[] = []
  let count = 0
  for (const piece of set.pieces()) {
    for (let at = 0; at < piece.length; at++) {
      const row = piece[at]!
      if (reader.one(row) !== NO_KEY && rank[row] !== NO_RANK) found.push(row)
    }
    count += piece.length
    if (count % PAUSE < piece.length) yield
  }
  return RowSet.ofList(set.size, Uint32Array.from(found))
}
