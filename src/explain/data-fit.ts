import { compileCondition } from '../engine/compile-condition'
import { EvaluationFailure } from '../engine/failure'
import type { CompiledRule, Condition, Term } from '../engine/plan'
import type { RowSet } from '../events/row-set'
import type { Schema } from '../events/schema'
import { NO_RANK, type TimeOrder } from '../events/table'
import type { EventQuery, FieldRef, Query, Span, Step } from '../language/ast'
import { fieldsIn, stepsOf } from '../language/walk'
import { conditionsOf, present } from './data-advice'
import { absentFields, type Loaded, rowsHolding } from './field-rows'
import { type FitFinding, sayFinding, sayFit } from './fit-wording'

/** What a step needs a field for. */
export type FieldUse = 'condition' | 'key' | 'optional key' | 'time'

/** How many events have a field that a step needs. */
export interface FieldFit {
  readonly name: string
  readonly use: FieldUse
  /** Of the events of the step's category. */
  readonly events: number
  /** Of all active events. */
  readonly anywhere: number
  /** Whether a query may name it: it exists, or is asked for with a `?`. */
  readonly isKnown: boolean
}

/** What a step as written needs of the events. */
export interface StepFit extends Span {
  /** 1-based; one more than there are steps for until. */
  readonly step: number
  readonly role: 'step' | 'missing' | 'until'
  /** Undefined for `any`. */
  readonly category: string | undefined
  /** Active events of the category. */
  readonly events: number
  /** Join keys first, then in the order of the text; each once. */
  readonly fields: readonly FieldFit[]
  /** Why it can never match or join on these events; whole sentences. */
  readonly findings: readonly string[]
}

/** Whether the loaded events have what a rule asks of them (experience.md 2, number 15). */
export interface RuleFit {
  /** Active events. */
  readonly events: number
  readonly steps: readonly StepFit[]
  /** What is there and what is not, in one sentence. */
  readonly sentence: string
}

/** What a fit is looked up in. */
export interface FitEvents extends Loaded {
  /** Of a sequence: which events have a time. */
  readonly order?: TimeOrder | undefined
  readonly timestampField: string
}

/**
 * Counts for each step how many events of its category have each field it needs, and says
 * which steps can never match or join. It needs no more than a query that parses; with the
 * rule that was compiled of it also clauses are judged. Yields after each field.
 */
export function* fitRule(
  query: Query,
  rule: CompiledRule | undefined,
  loaded: FitEvents,
): Generator<void, RuleFit> {
  const conditions = rule ? conditionsOf(rule) : []
  const steps: StepFit[] = []
  for (const [at, needs] of needsOf(query).entries())
    steps.push(yield* fitStep(needs, at + 1, conditions[at], loaded))
  const needed = new Set(steps.flatMap(({ fields }) => fields.map(({ name }) => name)))
  const due = steps.filter(({ role }) => role === 'step')
  const categories = due
    .filter((step) => step.events === 0)
    .map(({ category }) => category)
  const absent = due
    .filter((step) => step.events > 0)
    .flatMap(({ fields }) => fields)
    .filter((field) => field.events === 0 && field.use !== 'optional key')
  const events = loaded.active.count()
  const shortage = {
    events,
    needed: needed.size,
    fields: [...new Set(absent.map(({ name }) => name))],
    categories: [...new Set(categories.filter((name) => name !== undefined))],
  }
  return { events, steps, sentence: sayFit(shortage) }
}

/** What a step as written asks for. */
interface Needs {
  readonly step: Step
  readonly role: StepFit['role']
  readonly keys: readonly FieldRef[]
  readonly kind: Query['body']['kind']
}

function needsOf(query: Query): readonly Needs[] {
  const { body } = query
  if (body.kind === 'event')
    return stepsOf(query).map((step) => ({ step, role: 'step', keys: [], kind: 'event' }))
  const until = body.kind === 'sequence' ? body.until : undefined
  const make = (step: Step, role: StepFit['role']): Needs => ({
    step,
    role,
    keys: [...body.by, ...step.by],
    kind: body.kind,
  })
  return [
    ...body.steps.map((step) => make(step, step.missing ? 'missing' : 'step')),
    ...(until ? [make(until, 'until')] : []),
  ]
}

function* fitStep(
  needs: Needs,
  number: number,
  compiled: Condition | undefined,
  loaded: FitEvents,
): Generator<void, StepFit> {
  const { step, role } = needs
  const { category } = step.query
  const rows = yield* rowsOfCategory(step.query, loaded)
  const fields: FieldFit[] = []
  for (const field of fieldsOf(needs, loaded)) {
    fields.push(fitField(field, rows, loaded))
    yield
  }
  const found = yield* findFaults(needs, fields, rows, compiled, loaded)
  const place = { step: number, role, isOnly: needs.kind === 'event' }
  return {
    from: step.from,
    to: step.to,
    step: number,
    role,
    category: category.any ? undefined : category.name,
    events: rows.count(),
    fields,
    findings: found.map((finding) => sayFinding(finding, place)),
  }
}

/** The active events that a step may look at, whatever else it asks of them. */
function* rowsOfCategory(
  { category, from, to }: EventQuery,
  loaded: FitEvents,
): Generator<void, RowSet> {
  if (category.any) return loaded.active
  const condition = { kind: 'literal', type: 'boolean', value: true, from, to } as const
  const bare: EventQuery = { kind: 'event', category, condition, from, to }
  return loaded.active.and(yield* compileCondition(bare, loaded).prepare())
}

type NeededField = Pick<FieldFit, 'name' | 'use'> & { readonly isOptional: boolean }

/** Each field once: what would keep an event from joining says more than a condition. */
function fieldsOf(
  { step, keys, kind }: Needs,
  { timestampField }: FitEvents,
): readonly NeededField[] {
  const inCondition = fieldsIn(step.query.condition)
  const isOptional = (name: string): boolean =>
    inCondition.every((field) => field.name !== name || field.optional)
  const needed: NeededField[] = [
    ...keys.map(({ name, optional }): NeededField => ({
      name,
      use: optional ? 'optional key' : 'key',
      isOptional: optional && isOptional(name),
    })),
    ...inCondition.map(({ name }): NeededField => ({
      name,
      use: 'condition',
      isOptional: isOptional(name),
    })),
  ]
  if (kind === 'sequence')
    needed.push({ name: timestampField, use: 'time', isOptional: false })
  return needed.filter(
    ({ name }, at) => needed.findIndex((field) => field.name === name) === at,
  )
}

function fitField(
  { name, use, isOptional }: NeededField,
  rows: RowSet,
  loaded: FitEvents,
): FieldFit {
  const { active, order, schema } = loaded
  const isKnown = isOptional || schema.field(name) !== undefined
  if (use === 'time' && order) {
    const events = countTimed(rows, order)
    return { name, use, events, anywhere: active.count() - order.unusable, isKnown }
  }
  const holding = rowsHolding(name, loaded)?.and(active)
  return {
    name,
    use,
    events: holding?.and(rows).count() ?? 0,
    anywhere: holding?.count() ?? 0,
    isKnown,
  }
}

function countTimed(rows: RowSet, { rank, unusable }: TimeOrder): number {
  if (unusable === 0) return rows.count()
  let count = 0
  rows.forEach((row) => {
    if (rank[row] !== NO_RANK) count++
  })
  return count
}

function* findFaults(
  { step }: Needs,
  fields: readonly FieldFit[],
  rows: RowSet,
  compiled: Condition | undefined,
  loaded: FitEvents,
): Generator<void, readonly FitFinding[]> {
  if (loaded.active.isEmpty()) return []
  const { category } = step.query
  const name = category.any ? undefined : category.name
  if (rows.isEmpty())
    return [{ code: 'no-category', category: category.name, ...present(loaded) }]
  const events = rows.count()
  const absent = fields.filter((field) => field.events === 0)
  return [
    ...absent.flatMap((field) => faultOf(field, name, events, loaded.schema)),
    ...(compiled ? yield* clauseFaults(step.query, compiled, rows, loaded) : []),
  ]
}

function faultOf(
  { name, use, isKnown, anywhere }: FieldFit,
  category: string | undefined,
  events: number,
  { model }: Schema,
): readonly FitFinding[] {
  if (!isKnown) return [{ code: 'unknown-field', name, model }]
  if (use === 'key') return [{ code: 'no-key', name, category, events, anywhere }]
  return use === 'time' ? [{ code: 'no-time', name, category, events }] : []
}

/** Clauses that hold for none of the events, as none has a field of theirs. */
function* clauseFaults(
  { condition, category }: EventQuery,
  compiled: Condition,
  rows: RowSet,
  loaded: FitEvents,
): Generator<void, readonly FitFinding[]> {
  const found: FitFinding[] = []
  for (const term of compiled.terms) {
    const fields = absentFields(term, condition, rows, loaded)
    if (!fields || !(yield* holdsForNone(term, rows))) continue
    const name = category.any ? undefined : category.name
    found.push({ code: 'no-field', fields, category: name, events: rows.count() })
    yield
  }
  return found
}

function* holdsForNone(term: Term, rows: RowSet): Generator<void, boolean> {
  try {
    return (yield* term.among(rows)).isEmpty()
  } catch (error) {
    // A term alone may meet a value that the whole condition never asks of.
    if (!(error instanceof EvaluationFailure)) throw error
    return false
  }
}
