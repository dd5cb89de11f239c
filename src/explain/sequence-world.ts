import { KeyTable } from '../engine/key-table'
import type { CompiledRule, CompiledStep, JoinKey } from '../engine/plan'
import { isOver } from '../engine/time-span'
import type { KeyTuple } from '../engine/observer'
import { RowSet, type Row } from '../events/row-set'
import type { TimeOrder } from '../events/table'
import type { Query, Sequence } from '../language/ast'
import { KeyedRows } from './keyed-rows'
import { findRowsOneShort, rowsOfAny, type OneShort } from './one-short'
import type { Fate, Fates } from './sequence-fates'

export type SequenceRule = Extract<CompiledRule, { kind: 'sequence' }>

/**
 * The events a pending sequence could have had for one positive step. Events of a match,
 * or that carried some sequence on, are not among them: they explain nothing.
 */
export interface StepEvents {
  readonly step: CompiledStep
  /** Those that satisfy the step, by key. */
  readonly fit: KeyedRows
  /** Those that fail exactly one term of it, and satisfy no other step, by key. */
  readonly short: KeyedRows
  /** The same, by what they fail. */
  readonly oneShort: OneShort | undefined
  /** Those that satisfy it, by all key fields but one: [left out]. */
  readonly fitBut: readonly KeyedRows[]
}

/** Everything a search for near misses of one sequence rule looks things up in. */
export interface SequenceWorld {
  readonly query: Query
  readonly body: Sequence
  readonly rule: SequenceRule
  readonly order: TimeOrder
  readonly keys: KeyTable
  /** Keys without the field at that position. */
  readonly keysBut: readonly KeyTable[]
  /** One per positive step, `runs` written out. */
  readonly steps: readonly StepEvents[]
  /** All events of the second step, by key; whatever comes first takes a new start. */
  readonly takers: KeyedRows
  readonly until: KeyedRows | undefined
  readonly fates: Fates
  /** The pending sequences that are looked into. */
  readonly examined: readonly Fate[]
}

/**
 * Looks up what pending sequences, and events of the second step that nothing waited
 * for, are held against; `cap`: how many are examined at most, the sequences first. Of a
 * step nobody asks for nothing is looked up. Yields every few thousand rows.
 */
export function* buildWorld(
  query: Query,
  body: Sequence,
  rule: SequenceRule,
  active: RowSet,
  fates: Fates,
  cap: number,
): Generator<void, SequenceWorld> {
  const { order, until } = rule
  const by = rule.steps[0]?.keys ?? []
  const keys = new KeyTable(by)
  const keysBut = by.map((_, at) => new KeyTable(without(by, at)))
  const taken = fates.matched.or(fates.used)
  const positive = rule.steps.filter(({ missing }) => !missing)
  const serving = rowsOfAny(
    positive.map(({ condition }) => condition),
    active,
  )
  const tables = { keys, keysBut, order, active, taken, serving }
  const examined = fates.list.slice(0, cap)
  const hasOrphans =
    examined.length < cap && !positive[1]?.condition.rows().without(taken).isEmpty()
  const steps: StepEvents[] = []
  for (const [at, step] of positive.entries()) {
    const same = positive.flatMap((other, place) => (other === step ? [place] : []))
    const first = same[0]!
    steps.push(
      first < at
        ? steps[first]!
        : yield* readStep(step, needsOf(same, examined, hasOrphans), tables),
    )
  }
  const isIdle = examined.length === 0 && !hasOrphans
  const second = hasOrphans ? positive[1] : undefined
  const takers = yield* keyRows(second, tables)
  const untilRows = until && !isIdle ? yield* keyRows(until, tables, 'always') : undefined
  return {
    query,
    body,
    rule,
    order,
    keys,
    keysBut,
    steps,
    takers,
    until: untilRows,
    fates,
    examined,
  }
}

/** What is looked up of a step. */
interface Needs {
  readonly fit: boolean
  readonly short: boolean
  readonly fitBut: boolean
}

/** `places`: where the step stands among the positive ones, several times for runs. */
function needsOf(
  places: readonly number[],
  fates: readonly Fate[],
  hasOrphans: boolean,
): Needs {
  const starts = hasOrphans && places.includes(0)
  const isNext = ({ kind, rows }: Fate): boolean =>
    kind !== 'violated' && places.includes(rows.length)
  return {
    // The second step's are counted even if no one looks into them.
    fit: places.some((place) => place > 0),
    short: starts || fates.some(isNext),
    fitBut: starts || fates.some((fate) => fate.kind !== 'replaced' && isNext(fate)),
  }
}

const keyRows = (
  step: CompiledStep | undefined,
  tables: Tables,
  nulls: 'as written' | 'always' = 'as written',
): Generator<void, KeyedRows> => {
  const rows = step ? step.condition.rows() : new RowSet(tables.active.size)
  const reader = tables.keys.reader(step?.keys ?? [], nulls)
  return KeyedRows.build(rows, reader, tables.order)
}

interface Tables {
  readonly keys: KeyTable
  readonly keysBut: readonly KeyTable[]
  readonly order: TimeOrder
  readonly active: RowSet
  readonly taken: RowSet
  /** Events that satisfy some positive step. */
  readonly serving: RowSet
}

function* readStep(
  step: CompiledStep,
  needs: Needs,
  tables: Tables,
): Generator<void, StepEvents> {
  const { keys, keysBut, order, active, taken, serving } = tables
  const none = new RowSet(active.size)
  const rows = step.condition.rows().without(taken)
  const reader = keys.reader(step.keys, 'as written')
  const fit = yield* KeyedRows.build(needs.fit ? rows : none, reader, order)
  const fitBut: KeyedRows[] = []
  for (const [at, table] of keysBut.entries()) {
    const reader = table.reader(without(step.keys, at), 'as written')
    fitBut.push(yield* KeyedRows.build(needs.fitBut ? rows : none, reader, order))
  }
  const oneShort = needs.short
    ? yield* findRowsOneShort(step.condition, active)
    : undefined
  const shortRows = oneShort?.rows.without(serving) ?? none
  const short = yield* KeyedRows.build(shortRows, reader, order)
  return { step, fit, short, oneShort, fitBut }
}

export const without = <T>(list: readonly T[], at: number): readonly T[] =>
  list.filter((_, index) => index !== at)

/** Whether `row` is further than maxspan from that event, to either side. */
export const isTooFar = ({ order, rule }: SequenceWorld, from: Row, row: Row): boolean =>
  isOver(order, from, row, rule.maxspan) || isOver(order, row, from, rule.maxspan)

/** Whether until strikes a sequence whose last event is `last` before `next` comes. */
export const isCutBetween = (
  { until, keys, order }: SequenceWorld,
  key: KeyTuple,
  last: Row,
  next: Row,
): boolean => {
  if (!until) return false
  for (const row of until.before(keys.idOf(key), next))
    return order.rank[row]! >= order.rank[last]!
  return false
}

export const printKey = (
  key: JoinKey,
  value: KeyTuple[number],
): ReturnType<JoinKey['print']> => (value === null ? null : key.print(value))
