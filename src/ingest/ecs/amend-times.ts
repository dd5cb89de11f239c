import type { Scalar } from '../../events/column'
import type { GrowingTable } from '../../events/growing-table'
import type { Row } from '../../events/row-set'
import { printTime } from '../../events/time'
import type { EcsOptions } from './ecs-sink'
import { isFarFrom, shiftTime } from './event-time'
import type { ClockChange } from './source-clocks'

/**
 * Changes the times of rows that are already in the table. Pauses every few thousand rows;
 * columns are then others than before, and `onAmended` is told of each before anyone can
 * look at it.
 */
export function* amendTimes(
  table: GrowingTable,
  source: number,
  changes: readonly ClockChange[],
  options: EcsOptions,
  onAmended: () => void,
): Generator<void, void> {
  if (changes.length === 0) return
  const byPosition = new Map(changes.map((change) => [change.position, change]))
  const amends = (field: string, print: typeof printStamp) =>
    table.amendColumn(field, (row) => {
      if (table.sourceOf(row) !== source) return undefined
      const change = byPosition.get(table.positionInSource(row))
      return change && print(table, row, change, options)
    })
  yield* amends('@timestamp', printStamp)
  onAmended()
  if (!table.column('event.created')) return
  yield* amends('event.created', printCreated)
  onAmended()
}

/**
 * Moves all times of a source by so many ms, whatever it was read from: a person says that
 * the clock behind it was off. Pauses as `amendTimes` does.
 */
export function* shiftSource(
  table: GrowingTable,
  source: number,
  ms: number,
  onAmended: () => void,
): Generator<void, void> {
  if (ms === 0 || table.rowsOfSource(source) === 0) return
  for (const field of ['@timestamp', 'event.created']) {
    if (!table.column(field)) continue
    yield* table.amendColumn(field, (row) =>
      table.sourceOf(row) === source ? shifted(table, field, row, ms) : undefined,
    )
    onAmended()
  }
}

/** The time of an event: Sysmon's own, unless that is too far from when it was logged. */
function printStamp(
  table: GrowingTable,
  row: Row,
  change: ClockChange,
  { time }: EcsOptions,
): Scalar | undefined {
  const { utc, logged } = change
  if (Number.isNaN(utc)) return shifted(table, '@timestamp', row, change.by)
  const isLogged = time === 'as-logged' || isFarFrom(utc, logged)
  return printTime(isLogged ? logged : utc)
}

const printCreated = (table: GrowingTable, row: Row, { by }: ClockChange) =>
  shifted(table, 'event.created', row, by)

function shifted(
  table: GrowingTable,
  field: string,
  row: Row,
  ms: number,
): Scalar | undefined {
  const column = table.column(field)
  const [value, ...others] = column?.scalars(column.codeAt(row)) ?? []
  if (others.length > 0) return undefined
  if (typeof value === 'number') return value + ms
  return typeof value === 'string' ? shiftTime(value, ms) : undefined
}
