import { KeyTable, type KeyId } from '../engine/key-table'
import type { CompiledRule, CompiledStep } from '../engine/plan'
import type { Row, RowSet } from '../events/row-set'
import type { Query } from '../language/ast'
import type { Finding } from './finding'
import { rowsOfAny, rowsOneShort } from './one-short'
import { explainShort } from './short-fault'

type SampleRule = Extract<CompiledRule, { kind: 'sample' }>

/**
 * Join keys with an event for every step of a sample but one, and for that one an event
 * that fails a single term (language.md 6.2). One finding a key, in load order.
 */
export function* findSamplesOneShort(
  rule: SampleRule,
  query: Query,
  active: RowSet,
): Generator<() => readonly Finding[], void> {
  const { steps } = rule
  const keys = new KeyTable(steps[0]?.keys ?? [])
  const fits = steps.map((step) => firstByKey(step, step.condition.rows(), keys))
  const serving = rowsOfAny(
    steps.map(({ condition }) => condition),
    active,
  )
  const shorts = steps.map((step) =>
    firstByKey(step, rowsOneShort(step.condition, active).rows.without(serving), keys),
  )
  for (const key of new Set(fits.flatMap((fit) => [...fit.keys()]))) {
    const lacking = steps.flatMap((_, at) => (fits[at]!.has(key) ? [] : [at]))
    const at = lacking[0]
    const culprit = at === undefined ? undefined : shorts[at]!.get(key)
    if (at === undefined || culprit === undefined || lacking.length > 1) continue
    const rows = steps.map((_, other) =>
      other === at ? culprit : fits[other]!.get(key)!,
    )
    const found = (): Finding => ({
      ...explainShort(steps[at]!.condition, culprit, query),
      step: at,
      events: rows,
      rows,
      culprit,
      key: keys.tuple(key),
      satisfied: rows.length - 1,
      wrong: 1,
      slackShare: 0,
    })
    yield () => [found()]
  }
}

/** The first event of each key. */
const firstByKey = (
  step: CompiledStep,
  rows: RowSet,
  keys: KeyTable,
): ReadonlyMap<KeyId, Row> => {
  const reader = keys.reader(step.keys, 'as written')
  const first = new Map<KeyId, Row>()
  rows.forEach((row) => {
    for (const key of reader.all(row)) if (!first.has(key)) first.set(key, row)
  })
  return first
}
