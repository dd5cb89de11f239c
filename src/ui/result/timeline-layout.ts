import { scaleUtc } from 'd3-scale'
import type { MissingStep, StepEvent } from '../../worker/api'
import { CHARACTER, LANE_HEIGHT, type Lane, type LaneMark } from './timeline-lane'
import { layLinks, type Link } from './timeline-links'
import { fitSteps, isEvent, type TimeRange } from './timeline-range'
import { layTicks, type Tick } from './timeline-ticks'
import { printDate, printDateTime, printDuration, printGap, printTime } from './time-text'

/**
 * Where everything of the timeline stands, in px. Time runs over the range that is
 * asked for; unless told, from the first event to the last, or to the end of maxspan.
 *
 *      ├──────┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┤      maxspan: used, and left (or over)
 *   1  ▲ 10:00:02.000                    a lane per step, marks or a window in each
 *   2  └──●──● 2/2 10:00:08.000  +6 s
 *   ✂           ┆ until 10:00:09.000     where until ended it
 *      └──┴──┴──┴──┴──┴──┴──┴──┴──┘      axis
 */
export interface TimelineLayout {
  readonly width: number
  readonly height: number
  readonly range: TimeRange
  readonly lanes: readonly Lane[]
  readonly links: readonly Link[]
  readonly ruler?: Ruler | undefined
  readonly cut?: Omit<Lane, 'step' | 'marks' | 'window'> & { readonly x: number }
  readonly ticks: readonly Tick[]
  readonly axisY: number
  readonly xOf: (time: number) => number
  readonly timeAt: (x: number) => number
}

export interface Ruler {
  readonly from: number
  /** Where maxspan ends. */
  readonly limit: number
  /** The last event. */
  readonly used: number
  readonly over: boolean
}

/** What is drawn of the steps besides their times. */
export interface TimelineOptions {
  readonly range?: TimeRange | undefined
  /** When `until` ended the sequence, epoch ms. */
  readonly cut?: number | undefined
  /** The missing step that had an event after all. */
  readonly violated?: number | undefined
}

const RULER_HEIGHT = 20
const AXIS_HEIGHT = 24
const EDGE = 12
/** Room for the mark beside its label. */
const MARK = 17
/** What lies farther out is drawn there; px. */
const FAR = 20_000

type Steps = readonly (StepEvent | MissingStep)[]

/** Lays the steps out over a drawing of that width; undefined when no step has a time. */
export const layTimeline = (
  steps: Steps,
  maxspanMs: number | undefined,
  width: number,
  { range, cut, violated }: TimelineOptions = {},
): TimelineLayout | undefined => {
  const whole = fitSteps(steps, maxspanMs, cut)
  if (!whole) return undefined
  const shown = range ?? whole
  const scale = scaleUtc([shown.from, shown.to], [EDGE, Math.max(width - EDGE, EDGE + 1)])
  const xOf = (time: number): number => Math.max(-FAR, Math.min(FAR, scale(time)))
  const times = timesOf(steps, violated)
  const first = Math.min(...times)
  const last = Math.max(...times)
  const limit = maxspanMs === undefined ? last : first + maxspanMs
  const top = maxspanMs === undefined ? 8 : RULER_HEIGHT
  const place: Place = { steps, xOf, limit, width, violated }
  const numbers = [...new Set(steps.map(({ step }) => step))]
  const yOf = (row: number): number => top + row * LANE_HEIGHT + LANE_HEIGHT / 2
  const lanes = numbers.map((step, row) => layLane(place, step, yOf(row)))
  const rows = numbers.length + (cut === undefined ? 0 : 1)
  const axisY = top + rows * LANE_HEIGHT + 4
  return {
    width,
    height: axisY + AXIS_HEIGHT,
    range: shown,
    lanes,
    links: layLinks(lanes),
    ruler:
      maxspanMs === undefined
        ? undefined
        : { from: xOf(first), limit: xOf(limit), used: xOf(last), over: last > limit },
    ...(cut !== undefined && { cut: layCut(cut, yOf(numbers.length), xOf, width) }),
    ticks: layTicks(scale, shown.to - shown.from, width),
    axisY,
    xOf,
    timeAt: (x) => +scale.invert(x),
  }
}

/** The witness of a missing step is none of the sequence's own events. */
const timesOf = (steps: Steps, violated?: number): readonly number[] => {
  const events = steps.filter(isEvent)
  const own = events.filter(({ step }) => step !== violated)
  return (own.length > 0 ? own : events).map(({ time }) => time)
}

interface Place {
  readonly steps: Steps
  readonly xOf: (time: number) => number
  readonly limit: number
  readonly width: number
  readonly violated: number | undefined
}

const layLane = (place: Place, step: number, y: number): Lane => {
  const { steps, xOf } = place
  const events = steps.filter(isEvent).filter((event) => event.step === step)
  const marks = events.map((event): LaneMark => ({ step, x: xOf(event.time), y, event }))
  if (marks.length > 0 && step !== place.violated)
    return { step, y, marks, ...labelMarks(place, marks) }
  return layWindow(place, step, y, marks)
}

const isIn = (x: number, width: number): boolean => x >= 0 && x <= width

/** The time of the last event that is drawn, and how far apart; of runs how many. */
const labelMarks = (
  { steps, width }: Place,
  marks: readonly LaneMark[],
): Pick<Lane, 'label' | 'labelX' | 'anchor'> => {
  const at = marks.findLastIndex(({ x }) => isIn(x, width))
  const mark = marks[at]
  if (!mark) return NO_LABEL
  const first = steps.find(isEvent)!
  const before = steps.slice(0, steps.indexOf(mark.event)).findLast(isEvent)
  const { time } = mark.event
  const sameDay = printDate(first.time) === printDate(time)
  const whole = sameDay ? printTime(time) : printDateTime(time)
  const shortest = sameDay ? whole : whole.slice(0, -TO_MINUTES)
  const gap = before && `${whole}  ${printGap(time - before.time)}`
  const runs = marks.length > 1 ? `${at + 1}/${marks.length}` : ''
  const labels = [...(gap ? [gap, whole, shortest] : [whole])].map((label) =>
    runs ? `${runs}  ${label}` : label,
  )
  return besideMark(mark.x, mark.x, runs ? [...labels, runs] : labels, width)
}

const NO_LABEL = { label: '', labelX: 0, anchor: 'start' } as const
/** What a time has after its minutes. */
const TO_MINUTES = ':00.000'.length

/** What a missing step watches; with its witness, where there was one. */
const layWindow = (
  { steps, xOf, limit, width, violated }: Place,
  step: number,
  y: number,
  witnesses: readonly LaneMark[],
): Lane => {
  const at = steps.findIndex((other) => other.step === step)
  const before = steps.slice(0, at).findLast(isEvent)
  const after = steps.slice(at + 1).find(isEvent)
  const others = steps.filter(isEvent).filter((event) => event.step !== violated)
  const first = others[0] ?? steps.find(isEvent)!
  const from = xOf(before?.time ?? first.time)
  const end = after?.time ?? Math.max(limit, before?.time ?? limit)
  const to = Math.max(xOf(end), from + 6)
  const window = { from, to }
  const witness = witnesses[0]
  if (witness) {
    const label = `an event ${printTime(witness.event.time)}`
    const beside = isIn(witness.x, width)
      ? besideMark(witness.x, witness.x, [label, 'an event'], width)
      : NO_LABEL
    return { step, y, marks: [], window, witness, ...beside }
  }
  if (to < 0 || from > width) return { step, y, marks: [], window, ...NO_LABEL }
  const label = 'missing' in steps[at]! ? 'no event' : 'no usable time'
  const left = Math.max(from, 0)
  const inside = Math.min(to, width) - left > label.length * CHARACTER + 12
  const beside = inside
    ? ({ label, labelX: left + 8, anchor: 'start' } as const)
    : besideMark(Math.max(from, 0), Math.min(to, width), [label], width)
  return { step, y, marks: [], window, ...beside }
}

const layCut = (
  cut: number,
  y: number,
  xOf: (time: number) => number,
  width: number,
): NonNullable<TimelineLayout['cut']> => {
  const x = xOf(cut)
  const time = printTime(cut)
  const label = isIn(x, width)
    ? besideMark(x, x, [`until ${time}`, time, 'until'], width)
    : NO_LABEL
  return { x, y, ...label }
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
export const sayMaxspan = (
  steps: Steps,
  maxspanMs: number,
  violated?: number,
): string => {
  const times = timesOf(steps, violated)
  const rest = maxspanMs - (Math.max(...times) - Math.min(...times))
  const tail = rest < 0 ? `${printDuration(-rest)} over` : `${printDuration(rest)} left`
  return times.length === 0
    ? `maxspan ${printDuration(maxspanMs)}`
    : `maxspan ${printDuration(maxspanMs)}, ${tail}`
}
