import { MISSING, type Match } from '../engine/result'
import { columnOfField } from '../events/field-column'
import type { Schema } from '../events/schema'
import type { EventTable, TimeOrder } from '../events/table'
import type { NearMiss } from '../explain/explanation'
import type { Query, Step } from '../language/ast'
import { fieldsIn, keyNamesOf, stepsOf } from '../language/walk'
import type { MatchView, MissingStep, NamedKey, NearMissView, StepEvent } from './api'
import { cellText } from './event-text'

/** What is needed to turn rows into what a card shows. */
export interface ViewContext {
  readonly query: Query
  readonly table: EventTable
  readonly schema: Schema
  readonly order: TimeOrder
  readonly categoryField: string
  /** The step as written, 1-based, for every position of a match; `runs` repeats it. */
  readonly writtenSteps: readonly number[]
  /** Of a step as written, 1-based: what its condition names, most telling first. */
  readonly tellingFields: (step: number) => readonly string[]
}

/** At most this many fields of a step's condition stand on a card. */
const MOST_FIELDS = 6

export function viewMatch(context: ViewContext, match: Match): MatchView {
  const { writtenSteps: written } = context
  const steps = match.rows.map((row, i) =>
    viewStep(context, row, written[i] ?? written.length),
  )
  const names = keyNamesOf(context.query, 0)
  return {
    steps,
    joinKeys: nameKeys(names, match),
    spanMs: spanOf(steps),
  }
}

export function viewNearMiss(context: ViewContext, miss: NearMiss): NearMissView {
  const { cause, step, sentence, slack, span, joinKeys, culprit } = miss
  const culpritTime = context.order.ms[culprit] ?? NaN
  const steps = miss.rows.flatMap((row, i) =>
    row === undefined ? [] : [viewEvent(context, row, i + 1)],
  )
  const told = { cause, step, sentence, slack, span, joinKeys, culprit, culpritTime }
  return { ...told, steps, ...viewRuns(context, miss) }
}

/** Where a step is written with `runs`, each of its events, beside those of other steps. */
function viewRuns(
  context: ViewContext,
  { events, rows }: NearMiss,
): Pick<NearMissView, 'allSteps'> {
  const written = stepsOf(context.query)
  if (written.every(({ runs }) => runs === 1)) return {}
  const places = written.flatMap(({ runs, missing }, at) =>
    missing ? [] : Array<number>(runs).fill(at + 1),
  )
  const held = events.map((row, at) => viewEvent(context, row, places[at]!))
  const witnesses = written.flatMap(({ missing }, at) => {
    const row = rows[at]
    return missing && row !== undefined ? [viewEvent(context, row, at + 1)] : []
  })
  return { allSteps: [...held, ...witnesses].sort((a, b) => a.step - b.step) }
}

const nameKeys = (names: readonly string[], match: Match): NamedKey[] =>
  (match.joinKeys ?? []).map((value, i) => ({ name: names[i] ?? '', value }))

/** As `ViewContext` has it; the same for all matches of a query. */
export const readWrittenSteps = (query: Query): readonly number[] =>
  stepsOf(query).flatMap((step, i) => Array<number>(step.runs).fill(i + 1))

const viewStep = (
  context: ViewContext,
  row: number,
  step: number,
): StepEvent | MissingStep =>
  row === MISSING ? { step, missing: true } : viewEvent(context, row, step)

function viewEvent(context: ViewContext, row: number, step: number): StepEvent {
  const { table, schema, order, categoryField } = context
  const fields: StepEvent['fields'][number][] = []
  for (const name of context.tellingFields(step)) {
    const value = cellText(columnOfField(table, schema, name), row)
    if (value !== '') fields.push({ name, value })
  }
  return {
    step,
    row,
    eventId: table.id(row),
    time: order.ms[row] ?? NaN,
    category: cellText(columnOfField(table, schema, categoryField), row),
    fields,
  }
}

/** The telling fields of each step of a query, worked out once for all its matches. */
export function readTellingFields(
  query: Query,
  categoryField: string,
): ViewContext['tellingFields'] {
  const known = new Map<number, readonly string[]>()
  return (step) => {
    const fields = known.get(step) ?? tellingFields(query, categoryField, step)
    known.set(step, fields)
    return fields
  }
}

/** Fields a step's condition names, but not those that say the same of every match. */
function tellingFields(query: Query, categoryField: string, step: number): string[] {
  const written: Step | undefined = stepsOf(query)[step - 1]
  if (!written) return []
  const dull = new Set([categoryField, 'host.os.type', ...keyNamesOf(query, step - 1)])
  const names = fieldsIn(written.query.condition).map((field) => field.name)
  return [...new Set(names)].filter((name) => !dull.has(name)).slice(0, MOST_FIELDS)
}

function spanOf(steps: readonly (StepEvent | MissingStep)[]): number {
  const times = steps.flatMap((step) => ('missing' in step ? [] : [step.time]))
  return times.length ? Math.max(...times) - Math.min(...times) : 0
}
