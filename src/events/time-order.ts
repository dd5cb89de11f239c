import { readTimeAs } from './date-format'
import type { Column } from './column'
import { sortRows } from './radix-sort'
import type { RowSet } from './row-set'
import type { Field } from './schema'
import { singleScalar } from './single-scalar'
import { NO_RANK, type TimeOrder } from './table'
import { TimeColumn } from './time-column'

/** The times of all rows, read from one column. */
interface RowTimes {
  readonly ms: Float64Array
  readonly nanos: Uint32Array | undefined
}

/**
 * Reads every row's timestamp as its field type holds it: `date` knows milliseconds,
 * `date_nanos` nanoseconds too. Arrays of several are unusable (language.md 5.2).
 */
export function readTimes(
  column: Column | undefined,
  field: Field | undefined,
  rowCount: number,
): RowTimes {
  const ms = new Float64Array(rowCount).fill(NaN)
  const nanos = field?.type === 'date_nanos' ? new Uint32Array(rowCount) : undefined
  if (column instanceof TimeColumn && field?.format === undefined)
    column.forEachInstant((row, rowMs, rowNanos) => {
      ms[row] = rowMs
      if (nanos) nanos[row] = rowNanos
    })
  else if (column) readCodes(column, field?.format, ms, nanos)
  return { ms, nanos }
}

function readCodes(
  column: Column,
  format: string | undefined,
  ms: Float64Array,
  nanos: Uint32Array | undefined,
): void {
  const instants = Array.from({ length: column.size }, (_, i) => {
    return readTimeAs(singleScalar(column.scalars(i + 1)) ?? null, format)
  })
  column.forEach((row, code) => {
    const instant = instants[code - 1]
    if (!instant) return
    ms[row] = instant.ms
    if (nanos) nanos[row] = instant.nanos
  })
}

/** Puts active rows in order: time, then tiebreaker, then row. */
export function orderRows(
  { ms, nanos }: RowTimes,
  tiebreakers: Uint32Array | undefined,
  active: RowSet,
): TimeOrder {
  const usable: number[] | Uint32Array = new Uint32Array(active.count())
  let count = 0
  active.forEach((row) => {
    if (!Number.isNaN(ms[row])) usable[count++] = row
  })
  const loaded = usable.slice(0, count)
  const ascends = isInOrder(loaded, ms, [nanos, tiebreakers])
  const rows = ascends ? loaded : sortInTime(loaded, ms, [nanos, tiebreakers])
  const rank = new Uint32Array(ms.length).fill(NO_RANK)
  for (let i = 0; i < rows.length; i++) rank[rows[i]!] = i
  const unusable = usable.length - count
  return { rows, rank, ms, nanos, unusable, tiebreakers, ascends }
}

/** What decides between rows of one millisecond, the most significant first. */
type Finer = readonly (Uint32Array | undefined)[]

/** Most files are in the order of time; then nothing need be sorted. */
function isInOrder(rows: Uint32Array, ms: Float64Array, finer: Finer): boolean {
  for (let i = 1; i < rows.length; i++) {
    const before = rows[i - 1]!
    const row = rows[i]!
    if (ms[before]! > ms[row]!) return false
    if (ms[before] === ms[row] && isBehind(before, row, finer)) return false
  }
  return true
}

function isBehind(row: number, other: number, finer: Finer): boolean {
  for (const key of finer)
    if (key && key[row] !== key[other]) return key[row]! > key[other]!
  return false
}

const sortInTime = (rows: Uint32Array, ms: Float64Array, finer: Finer): Uint32Array =>
  sortRows(
    rows,
    [...splitMs(ms), ...finer].filter((key) => key !== undefined),
  )

/** Milliseconds since the earliest, as two 32-bit keys; the upper one is often all 0. */
function splitMs(ms: Float64Array): Uint32Array[] {
  let earliest = Infinity
  for (const time of ms) if (time < earliest) earliest = time
  const high = new Uint32Array(ms.length)
  const low = new Uint32Array(ms.length)
  for (let row = 0; row < ms.length; row++) {
    const since = ms[row]! - earliest
    if (Number.isNaN(since)) continue
    high[row] = since / 0x1_0000_0000
    low[row] = since % 0x1_0000_0000
  }
  return [high, low]
}
