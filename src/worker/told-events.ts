import { MISSING } from '../engine/result'
import { columnOfField } from '../events/field-column'
import type { Row } from '../events/row-set'
import type { EventTable, TimeOrder } from '../events/table'
import type { ToldMatch } from '../explain/answer-difference'
import {
  findOtherValues,
  findSameEvents,
  type OtherValue,
  type TimedEvents,
} from '../explain/same-events'
import type { RuleText } from './api'
import type { ClusterQuestion, ToldEvent } from './cluster-api'
import { EventStore } from './event-store'
import { cellText } from './event-text'
import { clockOf } from './prepare-rule'
import { readNeeds } from './rule-needs'

/** The events of an answer, which part of ours they are, and what they are called. */
export interface ToldEvents {
  /** Distinct events. */
  readonly count: number
  /** Those of them that are ours. */
  readonly known: number
  readonly matches: readonly ToldMatch[]
  readonly rowOf: (event: ToldEvent) => Row | undefined
  readonly isTold: (row: Row) => boolean
  /** Fields the rule reads that the answer has with other values. */
  readonly otherValues: (row: Row) => readonly OtherValue[]
  readonly timeOf: (event: ToldEvent) => number
  readonly categoryOf: (event: ToldEvent) => string
}

/** What the answer's events are read into: a store of its own, like those of a file. */
export async function readToldEvents(answer: Blob): Promise<EventStore> {
  const store = new EventStore()
  await store.load({ id: 'answer', name: 'answer', blob: answer })
  return store
}

/** Looks for the events of an answer among ours. Yields every few thousand rows. */
export function* findToldEvents(
  { matches }: Pick<ClusterQuestion, 'matches'>,
  store: EventStore,
  rule: RuleText,
  ours: Events,
): Generator<void, ToldEvents> {
  const theirs = yield* timed(store, rule)
  const own = yield* timed(ours, rule)
  const found = yield* findSameEvents(theirs, own)
  const rows = readRows(store.table)
  const theirRow = (event: ToldEvent): Row | undefined => rows.get(nameOf(event))
  const rowOf = (event: ToldEvent): Row | undefined => {
    const their = theirRow(event)
    return their === undefined ? undefined : found[their]
  }
  const told = new Map<Row, Row>()
  for (const [their, row] of found.entries()) if (row !== undefined) told.set(row, their)
  const names = new Set(
    matches.flatMap((events) => events.flatMap((event) => (event ? nameOf(event) : []))),
  )
  const columns = yield* columnsOf(rule, ours)
  return {
    count: names.size,
    known: told.size,
    matches: matches.map((events) =>
      events.map((event) => (event ? rowOf(event) : MISSING)),
    ),
    rowOf,
    isTold: (row) => told.has(row),
    otherValues: (row) => {
      const their = told.get(row)
      return their === undefined ? [] : findOtherValues(theirs, their, own, row, columns)
    },
    timeOf: (event) => theirs.ms[theirRow(event) ?? -1] ?? NaN,
    categoryOf: (event) => {
      const name = rule.eventCategoryField ?? 'event.category'
      const column = columnOfField(store.table, store.schema, name)
      return cellText(column, theirRow(event) ?? -1)
    },
  }
}

type Events = Pick<EventStore, 'schema'> & { readonly table: EventTable }

function* timed({ table, schema }: Events, rule: RuleText): Generator<void, TimedEvents> {
  const order: TimeOrder = yield* table.findOrder(clockOf(rule), schema)
  return { table, ms: order.ms }
}

/** The columns that the rule reads. */
function* columnsOf(
  rule: RuleText,
  { schema }: Events,
): Generator<void, readonly string[]> {
  const { fields } = yield* readNeeds([rule])
  return [...new Set(fields.map((name) => schema.field(name)?.column ?? name))]
}

const nameOf = ({ id, index }: ToldEvent): string => `${index}\n${id}`

/** Rows of the answer's own table by what they are called in it. */
function readRows(table: EventTable): ReadonlyMap<string, Row> {
  const indices = table.column('_index')
  const rows = new Map<string, Row>()
  for (let row = 0; row < table.rowCount; row++) {
    const index = cellText(indices, row)
    rows.set(nameOf({ id: table.id(row), index }), row)
  }
  return rows
}
