import { inPieces } from '../events/in-pieces'
import type { RowList } from '../events/row-list'
import { PIECE, type RowSet } from '../events/row-set'
import { NO_RANK, type TimeOrder } from '../events/table'
import { giveBack, roomFor } from './kept-room'
import { NO_KEY } from './key-rows'
import type { KeyReader } from './key-table'
import { isAsLoaded, isSparse, sortPlaces } from './time-places'

/**
 * Events in the order of time, by their places in it (`TimeOrder.rank`), each with its key
 * as a reader gives it; those that take part in nothing are left out.
 *
 *     places   0  1  4  9
 *     keys     2  0  2  1
 */
export interface KeyedPlaces {
  readonly places: Uint32Array<ArrayBuffer>
  readonly keys: Int32Array<ArrayBuffer>
  /** So many are in the lists; the rest is room. */
  count: number
}

/** Nothing, with room for so many. */
export const roomForPlaces = (count: number): KeyedPlaces => ({
  places: new Uint32Array(roomFor(count)),
  keys: new Int32Array(roomFor(count)),
  count: 0,
})

/** For who has looked at them for the last time. */
export function forgetPlaces({ places, keys }: KeyedPlaces): void {
  giveBack(places)
  giveBack(keys)
}

/** The events of a set; yields every few thousand. */
export function* readPlaces(
  set: RowSet,
  reader: KeyReader,
  order: TimeOrder,
): Generator<void, KeyedPlaces> {
  const events = roomForPlaces(set.count())
  for (const piece of set.pieces()) {
    reader.read(piece, read)
    addPiece(events, piece, order)
    yield
  }
  yield* sortInTime(events, order)
  return events
}

function addPiece(events: KeyedPlaces, rows: RowList, order: TimeOrder): void {
  const { rank } = order
  const asLoaded = isAsLoaded(order)
  const { places, keys } = events
  let { count } = events
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!
    const place = asLoaded ? row : rank[row]!
    if (read[at] === NO_KEY || place === NO_RANK) continue
    places[count] = place
    keys[count++] = read[at]!
  }
  events.count = count
}

/** Puts events in the order of time; files mostly have them so. */
export function* sortInTime(
  events: KeyedPlaces,
  { rows }: TimeOrder,
): Generator<void, void> {
  if (doAscend(events)) return
  if (isSparse(events.count, rows.length)) sortFew(events)
  else yield* sortMany(events, rows.length)
}

/** Where an event comes and where it stood, as one number; room for all places is dear. */
function sortFew({ places, keys, count }: KeyedPlaces): void {
  const keysBefore = keys.slice(0, count)
  const sorted = new Float64Array(count)
  for (let at = 0; at < count; at++) sorted[at] = places[at]! * count + at
  sorted.sort()
  for (let at = 0; at < count; at++) {
    const before = sorted[at]! % count
    places[at] = (sorted[at]! - before) / count
    keys[at] = keysBefore[before]!
  }
}

/** `all`: how many places there are. */
function* sortMany(
  { places, keys, count }: KeyedPlaces,
  all: number,
): Generator<void, void> {
  const keyAt = new Int32Array(roomFor(all))
  yield* inPieces(count, (from, to) => {
    for (let at = from; at < to; at++) keyAt[places[at]!] = keys[at]!
  })
  sortPlaces(places.subarray(0, count), all)
  yield
  yield* inPieces(count, (from, to) => {
    for (let at = from; at < to; at++) keys[at] = keyAt[places[at]!]!
  })
  giveBack(keyAt)
}

function doAscend({ places, count }: KeyedPlaces): boolean {
  for (let at = 1; at < count; at++) if (places[at]! < places[at - 1]!) return false
  return true
}

/** The keys of a piece of rows; for one piece at a time. */
const read = new Int32Array(PIECE)
