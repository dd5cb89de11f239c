import { MISSING } from '../engine/result'
import { hasTiesBetween } from '../engine/tie-order'
import type { Row } from '../events/row-set'
import { STREAM_FIELDS } from '../events/streams'
import { NO_RANK, type TimeOrder } from '../events/table'
import { printScalar } from '../events/scalar-json'
import { fieldsIn, keyNamesOf, stepsOf } from '../language/walk'
import type { BoundRule, KeptRun } from './rule-answer'
import type { SharedResult, WitnessContext } from './share-api'

/** Events beside the result's own are looked for among so many before and after it. */
const REACH = 20_000
/** No group holds more. */
const MOST = 400

/** What a result is made of, and what else may bear on it; undefined without one. */
export function readWitnessContext(
  run: KeptRun,
  of: SharedResult,
): WitnessContext | undefined {
  const own = rowsOf(run, of)
  if (!own) return undefined
  const chosen = inOrder(own)
  const { table } = run.prepared.context
  const named = columnsOf(run.prepared, chosen)
  const otherFields = table
    .columnNames()
    .filter((name) => !named.includes(name) && chosen.some((row) => has(run, name, row)))
  return {
    chosen,
    context: groupsAround(run.prepared, chosen),
    fields: named.filter((name) => table.column(name)),
    otherFields,
  }
}

function rowsOf(run: KeptRun, { kind, place }: SharedResult): readonly Row[] | undefined {
  if (kind === 'match')
    return run.result.matches
      .slice(place, place + 1)[0]
      ?.rows.filter((row) => row !== MISSING)
  const miss = run.explained?.nearMisses.list[place]
  return (
    miss && [
      ...miss.rows.flatMap((row) => (row === undefined ? [] : [row])),
      ...miss.events,
      miss.culprit,
    ]
  )
}

const has = (run: KeptRun, name: string, row: Row): boolean =>
  run.prepared.context.table.column(name)?.codeAt(row) !== 0

/** Columns of the fields that the rule reads, those that put events in order first. */
function columnsOf(rule: BoundRule, chosen: readonly Row[]): readonly string[] {
  const { query, context, clock } = rule
  const steps = stepsOf(query)
  const names = [
    clock.timestampField,
    clock.tiebreakerField ?? clock.timestampField,
    ...(mayHangOnStreams(rule.order, chosen) ? STREAM_FIELDS : []),
    context.categoryField,
    ...keyColumns(query),
    ...steps.flatMap((step) => fieldsIn(step.query.condition).map(({ name }) => name)),
  ]
  const columnOf = (name: string): string => context.schema.field(name)?.column ?? name
  return [...new Set(names.map(columnOf))]
}

/** Whether events stand in the order of their streams from the first to the last of these. */
function mayHangOnStreams(order: TimeOrder, rows: readonly Row[]): boolean {
  const { streams, rank } = order
  const ranks = rows.map((row) => rank[row]!).filter((place) => place !== NO_RANK)
  if (!streams || ranks.length === 0) return false
  return hasTiesBetween(order, Math.min(...ranks), Math.max(...ranks))
}

const keyColumns = (query: BoundRule['query']): readonly string[] =>
  stepsOf(query).flatMap((_, step) => keyNamesOf(query, step))

/**
 * Others of the same key between its first and last event, others of the key around them,
 * then whatever else lies between and around.
 */
function groupsAround(bound: BoundRule, chosen: readonly Row[]): readonly Row[][] {
  const { query, order } = bound
  const around = rowsAround(order, chosen).filter((row) => bound.active.has(row))
  const times = chosen.map((row) => order.ms[row]!).filter((ms) => !Number.isNaN(ms))
  const [first, last] = [Math.min(...times), Math.max(...times)]
  const span = query.body.kind === 'sequence' ? (query.body.maxspan?.ms ?? 0) : 0
  const isBetween = (row: Row): boolean =>
    order.ms[row]! >= first && order.ms[row]! <= last
  const isNear = (row: Row): boolean =>
    order.ms[row]! >= first - span && order.ms[row]! <= last + span
  const isOfKey = keyTest(bound, chosen)
  return [
    around.filter((row) => isOfKey(row) && isBetween(row)),
    around.filter((row) => isOfKey(row) && isNear(row)),
    around.filter(isBetween),
    around.filter(isNear),
  ].map((rows) => nearest(rows, chosen, order))
}

/** Whether an event shares a value of any join key with one of those chosen. */
function keyTest(
  { query, context }: BoundRule,
  chosen: readonly Row[],
): (row: Row) => boolean {
  const { table, schema } = context
  const names = keyColumns(query).map((name) => schema.field(name)?.column ?? name)
  const columns = [...new Set(names)].flatMap((name) => table.column(name) ?? [])
  const valuesOf = (row: Row): readonly string[] =>
    columns.flatMap((column) => {
      const code = column.codeAt(row)
      return code === 0 ? [] : column.scalars(code).map(printScalar)
    })
  const values = new Set(chosen.flatMap(valuesOf))
  return (row) => valuesOf(row).some((value) => values.has(value))
}

/** Rows close to those chosen in the order of time, without them. */
function rowsAround({ rows, rank }: TimeOrder, chosen: readonly Row[]): readonly Row[] {
  const places = chosen.map((row) => rank[row]!).filter((place) => place < rows.length)
  if (places.length === 0) return []
  const from = Math.max(0, Math.min(...places) - REACH)
  const to = Math.max(...places) + REACH
  const own = new Set(chosen)
  return [...rows.subarray(from, to)].filter((row) => !own.has(row))
}

/** Of too many, those least far from the middle of the result. */
function nearest(
  rows: readonly Row[],
  chosen: readonly Row[],
  { rank }: TimeOrder,
): Row[] {
  const places = chosen.map((row) => rank[row]!)
  const middle = (Math.min(...places) + Math.max(...places)) / 2
  const distance = (row: Row): number => Math.abs(rank[row]! - middle)
  return inOrder([...rows].sort((a, b) => distance(a) - distance(b)).slice(0, MOST))
}

const inOrder = (rows: readonly Row[]): Row[] => [...new Set(rows)].sort((a, b) => a - b)
