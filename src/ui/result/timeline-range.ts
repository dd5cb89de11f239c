import type { MissingStep, StepEvent } from '../../worker/api'

/** The stretch of time that is drawn; epoch ms. */
export interface TimeRange {
  readonly from: number
  readonly to: number
}

/** The least and the most that is drawn, ms. */
const SHORTEST = 2
const LONGEST = 200 * 365 * 86_400_000

type Steps = readonly (StepEvent | MissingStep)[]

export const isEvent = (step: StepEvent | MissingStep | undefined): step is StepEvent =>
  step !== undefined && 'time' in step && Number.isFinite(step.time)

/** From the first event to the last, or to the end of maxspan where that is later. */
export function fitSteps(
  steps: Steps,
  maxspanMs: number | undefined,
  cut?: number,
): TimeRange | undefined {
  const times = steps.filter(isEvent).map((event) => event.time)
  if (times.length === 0) return undefined
  const from = Math.min(...times)
  const all = [
    ...times,
    from + 1,
    from + (maxspanMs ?? 0),
    ...(cut === undefined ? [] : [cut]),
  ]
  return { from: Math.min(...all), to: Math.max(...all) }
}

/** All usable times with a little room; undefined when there is none. */
export function fitTimes(times: readonly Float64Array[]): TimeRange | undefined {
  let [from, to] = [Infinity, -Infinity]
  for (const list of times)
    for (const time of list) {
      if (time < from) from = time
      if (time > to) to = time
    }
  if (from > to) return undefined
  const room = Math.max(1, (to - from) * 0.02)
  return { from: from - room, to: to + room }
}

/** `factor` below 1 shows less, above 1 more; `at` stays where it is drawn. */
export function zoomRange(
  { from, to }: TimeRange,
  factor: number,
  at = (from + to) / 2,
): TimeRange {
  const span = Math.min(LONGEST, Math.max(SHORTEST, (to - from) * factor))
  const share = (at - from) / (to - from)
  return { from: at - share * span, to: at + (1 - share) * span }
}

/** Moves by a share of what is drawn: positive is later. */
export function panRange({ from, to }: TimeRange, share: number): TimeRange {
  const by = (to - from) * share
  return { from: from + by, to: to + by }
}

/** The same stretch, moved no more than it takes to show a time. */
export function showTime(range: TimeRange, time: number): TimeRange {
  const { from, to } = range
  if (!Number.isFinite(time) || (time >= from && time <= to)) return range
  const edge = (to - from) * 0.15
  const by = time < from ? time - edge - from : time + edge - to
  return { from: from + by, to: to + by }
}

/** Begins or ends at a time; as it was, where nothing would be left. */
export function setEnd(range: TimeRange, end: 'from' | 'to', time: number): TimeRange {
  const set = { ...range, [end]: time }
  return set.to - set.from >= SHORTEST ? set : range
}
