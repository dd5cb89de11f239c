import type { Column } from '../events/column'
import type { Row } from '../events/row-set'
import { printScalar } from '../events/scalar-json'
import type { EventTable } from '../events/table'

/** Events, and when each was: epoch ms by row, NaN without a usable time. */
export interface TimedEvents {
  readonly table: Pick<EventTable, 'rowCount' | 'id' | 'column' | 'columnNames'>
  readonly ms: Float64Array
}

/** A field that two versions of one event have, with other values. */
export interface OtherValue {
  readonly field: string
  readonly there: string
  readonly here: string
}

/** Rows looked at without a pause. */
const PAUSE = 16_384
/** So many of our events of one time are held against one of theirs. */
const MOST = 200
/** What says how a record travelled, not what happened. */
const OF_THE_WAY: ReadonlySet<string> = new Set(['_index', 'event.ingested'])

/**
 * Which of our rows the events of another table are: those of the same id, else those of
 * the same time that say nothing else. An id that is but a place in a file counts only if
 * the event says nothing else either. Yields every few thousand rows.
 */
export function* findSameEvents(
  theirs: TimedEvents,
  ours: TimedEvents,
): Generator<void, readonly (Row | undefined)[]> {
  const byId = yield* groupRows(theirs, ({ table }, row) => table.id(row))
  const found: (Row | undefined)[] = Array.from({ length: theirs.table.rowCount })
  const fits: number[] = found.map(() => -1)
  const take = (their: Row, row: Row, fit: number): void => {
    if (fit <= fits[their]!) return
    fits[their] = fit
    found[their] = row
  }
  for (let row: Row = 0; row < ours.table.rowCount; row++) {
    if (row % PAUSE === PAUSE - 1) yield
    const id = ours.table.id(row)
    for (const their of byId.get(id) ?? []) {
      const fit = fitOf(theirs, their, ours, row)
      // A place is no name: it may be that of any event.
      if (fit >= 0 || id !== String(row)) take(their, row, Math.max(0, fit))
    }
  }
  yield* findByTime(theirs, ours, found, take)
  return found
}

function* findByTime(
  theirs: TimedEvents,
  ours: TimedEvents,
  found: readonly (Row | undefined)[],
  take: (their: Row, row: Row, fit: number) => void,
): Generator<void, void> {
  const byTime = yield* groupRows(theirs, ({ ms }, row) =>
    found[row] === undefined ? ms[row]! : NaN,
  )
  byTime.delete(NaN)
  if (byTime.size === 0) return
  const seen = new Map<number, number>()
  for (let row: Row = 0; row < ours.table.rowCount; row++) {
    if (row % PAUSE === PAUSE - 1) yield
    const ms = ours.ms[row]!
    const waiting = byTime.get(ms)
    if (!waiting) continue
    const count = (seen.get(ms) ?? 0) + 1
    seen.set(ms, count)
    if (count > MOST) continue
    for (const their of waiting) {
      const fit = fitOf(theirs, their, ours, row)
      if (fit > 0) take(their, row, fit)
    }
  }
}

function* groupRows<K>(
  events: TimedEvents,
  keyOf: (events: TimedEvents, row: Row) => K,
): Generator<void, Map<K, Row[]>> {
  const groups = new Map<K, Row[]>()
  for (let row: Row = 0; row < events.table.rowCount; row++) {
    if (row % PAUSE === PAUSE - 1) yield
    const key = keyOf(events, row)
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return groups
}

/** How many fields both have with the same values; -1 when they differ in one, or in time. */
function fitOf(theirs: TimedEvents, their: Row, ours: TimedEvents, row: Row): number {
  const [a, b] = [theirs.ms[their]!, ours.ms[row]!]
  if (a !== b && !(Number.isNaN(a) && Number.isNaN(b))) return -1
  let fit = 0
  for (const name of theirs.table.columnNames()) {
    if (OF_THE_WAY.has(name) || isTimeOf(theirs, their, name)) continue
    const [there, here] = valuesOf(theirs, their, ours, row, name)
    if (there === undefined || here === undefined) continue
    if (there !== here) return -1
    fit++
  }
  return fit
}

/** The same time may be written in many ways, and is compared as such. */
const isTimeOf = ({ table, ms }: TimedEvents, row: Row, name: string): boolean => {
  const scalar = scalarsOf(table.column(name), row)?.[0]
  const at = typeof scalar === 'string' ? Date.parse(scalar) : scalar
  return at === ms[row]
}

/** In which of these fields an event is another there than here. */
export const findOtherValues = (
  theirs: TimedEvents,
  their: Row,
  ours: TimedEvents,
  row: Row,
  fields: readonly string[],
): readonly OtherValue[] =>
  fields.flatMap((field) => {
    const [there, here] = valuesOf(theirs, their, ours, row, field)
    const isSameTime = theirs.ms[their] === ours.ms[row] && isTimeOf(theirs, their, field)
    return there === here || isSameTime
      ? []
      : [{ field, there: there ?? ABSENT, here: here ?? ABSENT }]
  })

const ABSENT = 'absent'

const valuesOf = (
  theirs: TimedEvents,
  their: Row,
  ours: TimedEvents,
  row: Row,
  name: string,
): readonly [string | undefined, string | undefined] => [
  printValues(theirs.table.column(name), their),
  printValues(ours.table.column(name), row),
]

const printValues = (column: Column | undefined, row: Row): string | undefined =>
  scalarsOf(column, row)?.map(printScalar).join(', ')

const scalarsOf = (column: Column | undefined, row: Row) => {
  const code = column?.codeAt(row) ?? 0
  return code === 0 ? undefined : column?.scalars(code)
}
