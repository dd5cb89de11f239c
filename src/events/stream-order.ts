import { sortSlowly } from './slow-sort'
import type { StreamPlace, Streams } from './streams'
import { isTied, type Ordinals } from './tied'

/** Rows looked at between two pauses. */
const PAUSE = 1 << 15

/**
 * Puts rows of equal time, which nothing else parts, into the order of their streams. The
 * places that rows of one stream take are taken by the same rows, ascending; all others
 * stay where they are. Exports often begin with the newest:
 *
 *     as loaded    a3  x  b7  a2  b9  a1
 *     in streams   a1  x  b7  a2  b9  a3
 *
 * Whether any row changed its place. Pauses every few milliseconds.
 */
export function* standInStreams(
  rows: Uint32Array,
  streams: Streams,
  ordinals: Ordinals,
): Generator<void, boolean> {
  let changed = false
  let pause = PAUSE
  for (let from = 0, to = 1; from < rows.length; from = to++) {
    while (to < rows.length && isTied(ordinals, rows[from]!, rows[to]!)) to++
    if (to - from === 2) changed = swapPair(rows, from, streams) || changed
    else if (to - from > 2)
      changed = (yield* sortTied(rows.subarray(from, to), streams)) || changed
    if (to < pause) continue
    pause = to + PAUSE
    yield
  }
  return changed
}

/** Mostly two events tie, and no more. */
function swapPair(rows: Uint32Array, at: number, streams: Streams): boolean {
  const [first, second] = [rows[at]!, rows[at + 1]!]
  const a = streams.placeOf(first)
  if (!a) return false
  const b = streams.placeOf(second)
  if (b?.stream !== a.stream || a.at <= b.at) return false
  rows[at] = second
  rows[at + 1] = first
  return true
}

/** A row of those that tie, where it stands now. */
interface Standing {
  readonly row: number
  readonly now: number
  readonly place: StreamPlace
}

function* sortTied(tied: Uint32Array, streams: Streams): Generator<void, boolean> {
  const standing: Standing[] = []
  for (let now = 0; now < tied.length; now++) {
    const row = tied[now]!
    const place = streams.placeOf(row)
    if (place) standing.push({ row, now, place })
    if (now % PAUSE === PAUSE - 1) yield
  }
  if (yield* isInStreams(standing)) return false
  const wanted = yield* sortSlowly(standing, inStream)
  const places = yield* sortSlowly(standing, byStream)
  for (let i = 0; i < wanted.length; i++) tied[places[i]!.now] = wanted[i]!.row
  return true
}

function* isInStreams(standing: readonly Standing[]): Generator<void, boolean> {
  const latest = new Map<number, StreamPlace>()
  for (let i = 0; i < standing.length; i++) {
    const { place } = standing[i]!
    const before = latest.get(place.stream)
    if (before && before.at > place.at) return false
    latest.set(place.stream, place)
    if (i % PAUSE === PAUSE - 1) yield
  }
  return true
}

const byStream = (a: Standing, b: Standing): number => a.place.stream - b.place.stream

/** Rows of one place, as of a log that was opened twice, keep their order. */
const inStream = (a: Standing, b: Standing): number =>
  byStream(a, b) || (a.place.at < b.place.at ? -1 : Number(a.place.at > b.place.at))
