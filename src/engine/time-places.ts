import { bitsFor, giveBack, listWords } from '../events/row-bits'
import type { RowSet } from '../events/row-set'
import { NO_RANK, type TimeOrder } from '../events/table'

/** Comes after all places. */
export const END = NO_RANK

/**
 * Whether the place of every row is the row itself, as in most files: then none need be
 * looked up, which for rows far from one another takes longer than all else.
 */
export const isAsLoaded = ({ ascends, rows, rank }: TimeOrder): boolean =>
  ascends === true && rows.length === rank.length

/** Rows looked up without a pause. */
const PAUSE = 16_384
const SPARSE = 1 / 256

/** Whether so few of all places are sorted sooner than by a bit for each there is. */
export const isSparse = (count: number, all: number): boolean => count <= all * SPARSE

/**
 * The places of those rows of a set that have a usable timestamp, ascending. Where rows
 * were loaded in the order of time, the place of a row is the row itself, else its rank:
 *
 *     rows   {2, 5, 7}   ─►   places {0, 1, 4}   ─►   rows 7, 2, 5
 */
function* placesInTime(set: RowSet, order: TimeOrder): Generator<void, Uint32Array> {
  const { ascends, unusable, rank } = order
  const places = new Uint32Array(set.count())
  let count = 0
  let pause = PAUSE
  for (const piece of set.pieces()) {
    if (ascends && unusable === 0) {
      places.set(piece, count)
      count += piece.length
    } else
      for (let at = 0; at < piece.length; at++) {
        const row = piece[at]!
        const place = rank[row]!
        if (place !== NO_RANK) places[count++] = ascends ? row : place
      }
    if (count < pause) continue
    yield
    pause = count + PAUSE
  }
  const usable = places.subarray(0, count)
  return ascends ? usable : sortPlaces(usable, order.rows.length)
}

/** `all`: how many places there are. */
export function sortPlaces(places: Uint32Array, all: number): Uint32Array {
  if (isSparse(places.length, all)) return places.sort()
  const bits = bitsFor(all)
  for (let at = 0; at < places.length; at++) {
    const place = places[at]!
    bits[place >>> 5]! |= 1 << (place & 31)
  }
  listWords(bits, 0, bits.length, places)
  giveBack(bits)
  return places
}

/** The rows themselves, in the order of time. */
export function* rowsInTime(set: RowSet, order: TimeOrder): Generator<void, Uint32Array> {
  const places = yield* placesInTime(set, order)
  if (!order.ascends)
    for (let at = 0; at < places.length; at++) places[at] = order.rows[places[at]!]!
  return places
}
