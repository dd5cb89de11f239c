import { readTimeAs } from './date-format'
import type { Column } from './column'
import { inPieces } from './in-pieces'
import { sortRows } from './radix-sort'
import type { RowSet } from './row-set'
import type { Field } from './schema'
import { singleScalar } from './single-scalar'
import { standInStreams } from './stream-order'
import type { Streams } from './streams'
import { NO_RANK, type TimeOrder } from './table'
import { TimeColumn } from './time-column'

/** The times of all rows, read from one column. */
interface RowTimes {
  readonly ms: Float64Array
  readonly nanos: Uint32Array | undefined
}

/** Contents read between two pauses. */
const CONTENTS = 1 << 13

/**
 * Reads every row's timestamp as its field type holds it: `date` knows milliseconds,
 * `date_nanos` nanoseconds too. Arrays of several are unusable (language.md 5.2).
 * Pauses every few milliseconds, as all here does.
 */
export function* readTimes(
  column: Column | undefined,
  field: Field | undefined,
  rowCount: number,
): Generator<void, RowTimes> {
  const ms = new Float64Array(rowCount).fill(NaN)
  const nanos = field?.type === 'date_nanos' ? new Uint32Array(rowCount) : undefined
  if (column instanceof TimeColumn && field?.format === undefined)
    yield* inPieces(rowCount, (from, to) =>
      column.forEachInstant(
        (row, rowMs, rowNanos) => {
          ms[row] = rowMs
          if (nanos) nanos[row] = rowNanos
        },
        from,
        to,
      ),
    )
  else if (column) yield* readCodes(column, field?.format, ms, nanos)
  return { ms, nanos }
}

function* readCodes(
  column: Column,
  format: string | undefined,
  ms: Float64Array,
  nanos: Uint32Array | undefined,
): Generator<void, void> {
  if (column.prepare) yield* column.prepare()
  const { size } = column
  const instants: ReturnType<typeof readTimeAs>[] = []
  const read = (_: number, to: number): void => {
    while (instants.length < to) {
      const scalar = singleScalar(column.scalars(instants.length + 1)) ?? null
      instants.push(readTimeAs(scalar, format))
    }
  }
  yield* inPieces(size, read, CONTENTS)
  const put = (row: number, code: number): void => {
    const instant = instants[code - 1]
    if (!instant) return
    ms[row] = instant.ms
    if (nanos) nanos[row] = instant.nanos
  }
  yield* inPieces(ms.length, (from, to) => column.forEach(put, from, to))
}

/** Puts active rows in order: time, then tiebreaker, then stream, then row. */
export function* orderRows(
  { ms, nanos }: RowTimes,
  tiebreakers: Uint32Array | undefined,
  active: RowSet,
  allStreams: Streams,
): Generator<void, TimeOrder> {
  const usable = new Uint32Array(active.count())
  let count = 0
  let seen = 0
  for (const piece of active.pieces()) {
    for (let i = 0; i < piece.length; i++)
      if (!Number.isNaN(ms[piece[i]!])) usable[count++] = piece[i]!
    seen += piece.length
    if (seen % PAUSE < piece.length) yield
  }
  const loaded = usable.subarray(0, count)
  const isSorted = isInOrder(loaded, ms, [nanos, tiebreakers])
  yield
  const rows = isSorted ? loaded : yield* sortInTime(loaded, ms, [nanos, tiebreakers])
  const streams = allStreams.mayBe ? allStreams : undefined
  const tied = { ms, nanos, tiebreakers }
  const isMoved = streams !== undefined && (yield* standInStreams(rows, streams, tied))
  const ascends = isSorted && !isMoved
  const rank = new Uint32Array(ms.length).fill(NO_RANK)
  yield* inPieces(rows.length, (from, to) => {
    for (let i = from; i < to; i++) rank[rows[i]!] = i
  })
  const unusable = usable.length - count
  return { rows, rank, ms, nanos, unusable, tiebreakers, ascends, streams }
}

/** Rows between two pauses where they come in small pieces. */
const PAUSE = 1 << 17

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

function* sortInTime(
  rows: Uint32Array,
  ms: Float64Array,
  finer: Finer,
): Generator<void, Uint32Array> {
  const keys = [...(yield* splitMs(ms)), ...finer].filter((key) => key !== undefined)
  return yield* sortRows(rows, keys)
}

/** Milliseconds since the earliest, as two 32-bit keys; the upper one is often all 0. */
function* splitMs(ms: Float64Array): Generator<void, Uint32Array[]> {
  let earliest = Infinity
  for (let row = 0; row < ms.length; row++) if (ms[row]! < earliest) earliest = ms[row]!
  const high = new Uint32Array(ms.length)
  const low = new Uint32Array(ms.length)
  yield* inPieces(ms.length, (from, to) => {
    for (let row = from; row < to; row++) {
      const since = ms[row]! - earliest
      if (Number.isNaN(since)) continue
      high[row] = since / 0x1_0000_0000
      low[row] = since % 0x1_0000_0000
    }
  })
  return [high, low]
}
