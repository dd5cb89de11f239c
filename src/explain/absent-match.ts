import { KeyTable } from '../engine/key-table'
import { hasMissingSteps, MissingStepCheck } from '../engine/missing-step'
import type { CompiledRule, CompiledStep, Condition, JoinKey } from '../engine/plan'
import { isOver, spanMs } from '../engine/time-span'
import type { Row } from '../events/row-set'
import type { Query, Span } from '../language/ast'
import { stepsOf } from '../language/walk'
import { sayManyFail, sayOtherEvents, sayOtherSteps } from './compare-wording'
import type { Fault } from './finding'
import { KeyedRows } from './keyed-rows'
import { printKey, type SequenceRule } from './sequence-world'
import { explainShort } from './short-fault'
import { printSentence } from './wording'

/** Why a rule does not match some events: the first thing that keeps it from it. */
export interface Absence {
  readonly sentence: string
  /** 1-based step as written. */
  readonly step?: number
  /** What is responsible, in the text of the rule. */
  readonly span?: Span
}

/** A rule, ready to say of events that another rule matched why it does not. */
export interface AbsenceWorld {
  readonly query: Query
  readonly rule: CompiledRule
  readonly keys: KeyTable
  readonly missing: MissingStepCheck | undefined
  readonly until: KeyedRows | undefined
}

/** Yields every few thousand rows. */
export function* prepareAbsences(
  query: Query,
  rule: CompiledRule,
): Generator<void, AbsenceWorld> {
  const steps = rule.kind === 'events' ? [] : rule.steps
  const keys = new KeyTable(steps[0]?.keys ?? [])
  if (rule.kind !== 'sequence')
    return { query, rule, keys, missing: undefined, until: undefined }
  const { until, order, maxspan } = rule
  const untilRows =
    until &&
    (yield* KeyedRows.build(
      until.condition.rows(),
      keys.reader(until.keys, 'always'),
      order,
    ))
  const missing = hasMissingSteps(steps)
    ? yield* MissingStepCheck.prepare(steps, order, maxspan, keys)
    : undefined
  return { query, rule, keys, missing, until: untilRows }
}

/** `rows`: the events of the positive steps of a match of another rule. */
export const explainAbsence = (world: AbsenceWorld, rows: readonly Row[]): Absence => {
  const { query, rule } = world
  if (rule.kind === 'events') return absentEvent(query, rule.condition, rows)
  const positive = rule.steps.filter(({ missing }) => !missing)
  if (positive.length !== rows.length)
    return { sentence: sayOtherSteps(positive.length, rows.length) }
  return (
    findShortStep(query, positive, rows) ??
    findOtherKey(query, positive, rows) ??
    (rule.kind === 'sequence' ? findBreak(world, rule, positive, rows) : undefined) ?? {
      sentence: sayOtherEvents(rule.kind),
    }
  )
}

const absentEvent = (
  query: Query,
  condition: Condition,
  rows: readonly Row[],
): Absence => {
  const [row] = rows
  if (rows.length !== 1 || row === undefined)
    return { sentence: sayOtherSteps(1, rows.length) }
  if (condition.rows().has(row)) return { sentence: sayOtherEvents('events') }
  return tellShort(query, condition, row, 0)
}

const tellShort = (
  query: Query,
  condition: Condition,
  row: Row,
  writtenStep: number,
): Absence => {
  const { fault, span } = explainShort(condition, row, query)
  const told = tell(query, fault, writtenStep, span)
  const fails = condition.terms.filter((term) => !term.rows().has(row)).length
  const clause = query.text.slice(span.from, span.to)
  return fails > 1
    ? { ...told, sentence: sayManyFail(writtenStep + 1, clause, fails - 1) }
    : told
}

const tell = (query: Query, fault: Fault, writtenStep: number, span: Span): Absence => {
  const step = writtenStep + 1
  const place = { step, stepCount: stepsOf(query).length, keys: [] }
  const { from, to } = span
  return { step, span: { from, to }, sentence: printSentence(fault, place) }
}

const findShortStep = (
  query: Query,
  steps: readonly CompiledStep[],
  rows: readonly Row[],
): Absence | undefined => {
  const at = steps.findIndex(({ condition }, each) => !condition.rows().has(rows[each]!))
  const step = steps[at]
  if (!step) return undefined
  return tellShort(query, step.condition, rows[at]!, step.writtenStep)
}

const findOtherKey = (
  query: Query,
  steps: readonly CompiledStep[],
  rows: readonly Row[],
): Absence | undefined => {
  const keyCount = steps[0]?.keys.length ?? 0
  for (const [at, { keys, writtenStep, from, to }] of steps.entries())
    for (const [part, key] of keys.entries()) {
      const first = steps[0]!.keys[part]!
      const fault = keyFault(first, rows[0]!, key, rows[at]!, keyCount)
      if (fault) return tell(query, fault, writtenStep, { from, to })
    }
  return undefined
}

const keyFault = (
  first: JoinKey,
  firstRow: Row,
  key: JoinKey,
  row: Row,
  keyCount: number,
): Fault | undefined => {
  const wanted = first.valuesAt(firstRow)
  const values = key.valuesAt(row)
  const { name, optional } = key
  if (values.length === 0)
    return optional && wanted.length === 0 ? undefined : { cause: 'key-null', name }
  if (values.some((value) => wanted.includes(value))) return undefined
  return {
    cause: 'key',
    name,
    wanted: printKey(first, wanted[0] ?? null),
    found: printKey(key, values[0]!),
    keyCount,
  }
}

/** Out of order, over maxspan, cut by until, or with an event in a gap. */
const findBreak = (
  { query, keys, until, missing }: AbsenceWorld,
  { order, maxspan }: SequenceRule,
  steps: readonly CompiledStep[],
  rows: readonly Row[],
): Absence | undefined => {
  const first = rows[0]!
  for (const [at, row] of rows.entries()) {
    const { writtenStep } = steps[at]!
    const previous = rows[at - 1]
    const say = (fault: Fault, span: Span = steps[at]!): Absence =>
      tell(query, fault, writtenStep, span)
    if (previous !== undefined && order.rank[row]! <= order.rank[previous]!)
      return say({ cause: 'order', aheadMs: Math.max(0, spanMs(order, row, previous)) })
    if (maxspan !== undefined && isOver(order, first, row, maxspan)) {
      const overMs = spanMs(order, first, row) - maxspan
      return say({ cause: 'maxspan', overMs, limitMs: maxspan }, maxspanOf(query))
    }
  }
  for (const key of keys.reader(steps[0]!.keys, 'as written').all(first)) {
    const violation = missing?.violation(rows, key)
    if (violation) {
      const { step, witness } = violation
      const afterMs = spanMs(order, first, witness)
      return tell(query, { cause: 'missing', afterMs }, step, stepsOf(query)[step]!)
    }
    const cut = until && rows.findIndex((row, at) => at > 0 && isCut(row, rows[at - 1]!))
    if (cut === undefined || cut < 0) continue
    const [by] = until!.before(key, rows[cut]!)
    const beforeMs = spanMs(order, by!, rows[cut]!)
    return tell(query, { cause: 'until', beforeMs }, steps[cut]!.writtenStep, query.body)

    function isCut(next: Row, last: Row): boolean {
      for (const row of until!.before(key, next))
        return order.rank[row]! >= order.rank[last]!
      return false
    }
  }
  return undefined
}

const maxspanOf = ({ body }: Query): Span =>
  (body.kind === 'sequence' ? body.maxspan : undefined) ?? body
