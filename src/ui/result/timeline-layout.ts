import { scaleUtc } from 'd3-scale'
import type { MissingStep, StepEvent } from '../../worker/api'
import { CHARACTER, LANE_HEIGHT, type Lane } from './timeline-lane'
import { layLinks, type Link } from './timeline-links'
import { printDate, printDateTime, printDuration, printGap, printTime } from './time-text'

/**
 * Where everything of the timeline stands, in px. Time runs from the first event to
 * the last, or to the end of maxspan where that is later.
 *
 *      ├──────┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┤      maxspan: used, and left (or over)
 *   1  ▲ 10:00:02.000                    a lane per step, one mark or window in each
 *   2  └──────● 10:00:08.000  +6 s
 *      └──┴──┴──┴──┴──┴──┴──┴──┴──┘      axis
 */
export interface TimelineLayout {
  readonly width: number
  readonly height: number
  readonly lanes: readonly Lane[]
  readonly links: readonly Link[]
  readonly ruler?: Ruler | undefined
  readonly ticks: readonly { readonly x: number; readonly label: string }[]
  readonly axisY: number
}

export interface Ruler {
  readonly from: number
  /** Where maxspan ends. */
  readonly limit: number
  /** The last event. */
  readonly used: number
  readonly over: boolean
}

const RULER_HEIGHT = 20
const AXIS_HEIGHT = 24
const EDGE = 12
/** Room for the mark beside its label. */
const MARK = 17
const TICK_ROOM = 104
/** What a time has after its minutes. */
const TO_MINUTES = ':00.000'.length

type Steps = readonly (StepEvent | MissingStep)[]

const isEvent = (step: StepEvent | MissingStep | undefined): step is StepEvent =>
  step !== undefined && 'time' in step && Number.isFinite(step.time)

/** Lays the steps out over a drawing of that width; undefined when no step has a time. */
export const layTimeline = (
  steps: Steps,
  maxspanMs: number | undefined,
  width: number,
): TimelineLayout | undefined => {
  const times = steps.filter(isEvent).map((event) => event.time)
  if (times.length === 0) return undefined
  const from = Math.min(...times)
  const last = Math.max(...times)
  const limit = maxspanMs === undefined ? last : from + maxspanMs
  const to = Math.max(last, limit, from + 1)
  const scale = scaleUtc([from, to], [EDGE, Math.max(width - EDGE, EDGE + 1)])
  const top = maxspanMs === undefined ? 8 : RULER_HEIGHT
  const lanes = steps.map((_, place) => layLane(steps, place, top, limit, scale, width))
  const axisY = top + steps.length * LANE_HEIGHT + 4
  return {
    width,
    height: axisY + AXIS_HEIGHT,
    lanes,
    links: layLinks(lanes),
    ruler:
      maxspanMs === undefined
        ? undefined
        : {
            from: scale(from),
            limit: scale(limit),
            used: scale(last),
            over: last > limit,
          },
    ticks: layTicks(scale, to - from, width),
    axisY,
  }
}

type Scale = ReturnType<typeof scaleUtc<number, number>>

const layLane = (
  steps: Steps,
  place: number,
  top: number,
  limit: number,
  scale: Scale,
  width: number,
): Lane => {
  const step = steps[place]!
  const y = top + place * LANE_HEIGHT + LANE_HEIGHT / 2
  if (!isEvent(step)) return layWindow(steps, place, y, limit, scale, width)
  const before = steps.slice(0, place).findLast(isEvent)
  const first = steps.find(isEvent)!
  const sameDay = printDate(first.time) === printDate(step.time)
  const time = sameDay ? printTime(step.time) : printDateTime(step.time)
  const shortest = sameDay ? time : time.slice(0, -TO_MINUTES)
  const gap = before && `${time}  ${printGap(step.time - before.time)}`
  const labels = gap ? [gap, time, shortest] : [time]
  const x = scale(step.time)
  return { step: step.step, y, event: step, x, ...besideMark(x, x, labels, width) }
}

const layWindow = (
  steps: Steps,
  place: number,
  y: number,
  limit: number,
  scale: Scale,
  width: number,
): Lane => {
  const step = steps[place]!
  const before = steps.slice(0, place).findLast(isEvent)
  const after = steps.slice(place + 1).find(isEvent)
  const first = steps.find(isEvent)!
  const from = scale(before?.time ?? first.time)
  const to = Math.max(
    scale(after?.time ?? Math.max(limit, before?.time ?? limit)),
    from + 6,
  )
  const label = 'missing' in step ? 'no event' : 'no usable time'
  const inside = to - from > label.length * CHARACTER + 12
  const at = inside
    ? ({ label, labelX: from + 8, anchor: 'start' } as const)
    : besideMark(from, to, [label], width)
  return { step: step.step, y, x: from, window: { from, to }, ...at }
}

/**
 * Right of the mark where there is room, else left of it; the first, longest label that
 * fits, else the shortest pressed to the edge.
 */
const besideMark = (
  left: number,
  right: number,
  labels: readonly string[],
  width: number,
): Pick<Lane, 'label' | 'labelX' | 'anchor'> => {
  for (const label of labels) {
    const room = label.length * CHARACTER
    if (right + MARK + room <= width)
      return { label, labelX: right + MARK, anchor: 'start' }
    if (left - MARK - room >= 0) return { label, labelX: left - MARK, anchor: 'end' }
  }
  const label = labels.at(-1)!
  return { label, labelX: Math.max(width - label.length * CHARACTER, 0), anchor: 'start' }
}

/** How much of maxspan was used, in words: `maxspan 30 s, 24 s left`. */
export const sayMaxspan = (steps: Steps, maxspanMs: number): string => {
  const times = steps.filter(isEvent).map((event) => event.time)
  const rest = maxspanMs - (Math.max(...times) - Math.min(...times))
  const tail = rest < 0 ? `${printDuration(-rest)} over` : `${printDuration(rest)} left`
  return times.length === 0
    ? `maxspan ${printDuration(maxspanMs)}`
    : `maxspan ${printDuration(maxspanMs)}, ${tail}`
}

const DAY = 86_400_000

/** Ticks at round times, as many as their labels leave room for. */
const layTicks = (scale: Scale, span: number, width: number): TimelineLayout['ticks'] => {
  const label = labelFor(span)
  const most = Math.max(1, Math.floor(width / TICK_ROOM))
  const ticks = scale.ticks(most).map((time) => ({ x: scale(time), label: label(+time) }))
  return ticks.filter(keepsApart(width))
}

/** Dates where days matter, seconds or milliseconds where they do. */
const labelFor = (span: number): ((time: number) => string) => {
  if (span > 4 * DAY) return printDate
  if (span > DAY)
    return (time) => `${printDate(time).slice(-5)} ${printTime(time).slice(0, 5)}`
  return (time) => printTime(time).slice(0, span < 2000 ? 12 : 8)
}

/** Drops what would run into its neighbour or out of the drawing. */
const keepsApart = (width: number) => {
  let end = 0
  return (tick: { readonly x: number; readonly label: string }): boolean => {
    const half = (tick.label.length * CHARACTER) / 2
    const fits = tick.x - half >= end && tick.x + half <= width
    if (fits) end = tick.x + half + 8
    return fits
  }
}
