import type { ResultTimes, RuleTimes } from '../../worker/analysis-api'
import type { ResultKind, Selection } from './selection'
import type { TimeRange } from './timeline-range'

/** An event of some match or near miss. */
export interface ContextEvent extends Selection {
  readonly step: number
  readonly time: number
}

/** The events of all that was found, first to last in each step's lane. */
export type ContextLanes = ReadonlyMap<number, readonly ContextEvent[]>

export function readContext({ matches, nearMisses }: RuleTimes): ContextLanes {
  const lanes = new Map<number, ContextEvent[]>()
  const read = (kind: ResultKind, { width, steps, times }: ResultTimes): void => {
    for (const [at, time] of times.entries()) {
      if (Number.isNaN(time)) continue
      const step = steps[at % width]!
      const lane = lanes.get(step) ?? []
      lanes.set(step, lane)
      lane.push({ kind, index: Math.floor(at / width), step, time })
    }
  }
  read('match', matches)
  read('near-miss', nearMisses)
  for (const lane of lanes.values()) lane.sort((a, b) => a.time - b.time)
  return lanes
}

/** The first event at or after a time. */
function firstFrom(lane: readonly ContextEvent[], time: number): number {
  let low = 0
  let high = lane.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (lane[middle]!.time < time) low = middle + 1
    else high = middle
  }
  return low
}

/** Marks of one kind in one lane: every pixel once. */
export interface ContextMarks {
  readonly kind: ResultKind
  readonly path: string
}

/**
 * Marks for the events of a lane that are drawn: matches point up, near misses hang down.
 *
 *      ╷ ╷   ╷
 *     ─┴─┴─┬─┴──┬─
 *          ╵    ╵
 */
export function layMarks(
  lane: readonly ContextEvent[],
  { from, to }: TimeRange,
  xOf: (time: number) => number,
  y: number,
): readonly ContextMarks[] {
  const columns = { match: new Set<number>(), 'near-miss': new Set<number>() }
  for (let at = firstFrom(lane, from); at < lane.length; at++) {
    const { kind, time } = lane[at]!
    if (time > to) break
    columns[kind].add(Math.round(xOf(time)))
  }
  const print = (kind: ResultKind, end: number): ContextMarks => ({
    kind,
    path: [...columns[kind]].map((x) => `M${x} ${y}V${end}`).join(''),
  })
  return [print('match', y - 9), print('near-miss', y + 9)].filter(({ path }) => path)
}

/** The event of a lane nearest to a time, if it is within so many ms. */
export function nearestEvent(
  lane: readonly ContextEvent[],
  time: number,
  within: number,
): ContextEvent | undefined {
  const at = firstFrom(lane, time)
  const [before, after] = [lane[at - 1], lane[at]]
  const distance = (event: ContextEvent | undefined): number =>
    event ? Math.abs(event.time - time) : Infinity
  const nearest = distance(before) < distance(after) ? before : after
  return distance(nearest) <= within ? nearest : undefined
}

/** The event of a lane before (-1) or after (1) the one that is chosen, or a time. */
export function neighbour(
  lane: readonly ContextEvent[],
  { kind, index }: Selection,
  time: number,
  way: 1 | -1,
): ContextEvent | undefined {
  const own = lane.findIndex(
    (event) => event.kind === kind && event.index === index && event.time === time,
  )
  if (own >= 0) return lane[own + way]
  const at = firstFrom(lane, time)
  return lane[way === 1 ? at : at - 1]
}

/** A match or near miss some event of which is drawn. */
export interface ContextRow {
  readonly kind: ResultKind
  readonly index: number
  readonly from: number
  readonly to: number
}

/** What is drawn beside the chosen one, first to last, no more than so many. */
export function listContext(
  { matches, nearMisses }: RuleTimes,
  range: TimeRange,
  most: number,
): { readonly rows: readonly ContextRow[]; readonly count: number } {
  const rows = [...spansOf('match', matches), ...spansOf('near-miss', nearMisses)]
    .filter(({ from, to }) => to >= range.from && from <= range.to)
    .sort((a, b) => a.from - b.from)
  return { rows: rows.slice(0, most), count: rows.length }
}

function spansOf(kind: ResultKind, { width, times }: ResultTimes): readonly ContextRow[] {
  return Array.from({ length: times.length / Math.max(width, 1) }, (_, index) => {
    const own = times.subarray(index * width, (index + 1) * width)
    const known = [...own].filter((time) => !Number.isNaN(time))
    return { kind, index, from: Math.min(...known), to: Math.max(...known) }
  })
}
