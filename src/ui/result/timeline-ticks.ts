import type { ScaleTime } from 'd3-scale'
import { CHARACTER } from './timeline-lane'
import { printDate, printTime } from './time-text'

export type TimeScale = ScaleTime<number, number>

export interface Tick {
  readonly x: number
  readonly label: string
}

const DAY = 86_400_000
const TICK_ROOM = 104

/** Ticks at round times, as many as their labels leave room for. */
export const layTicks = (
  scale: TimeScale,
  span: number,
  width: number,
): readonly Tick[] => {
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
  return (tick: Tick): boolean => {
    const half = (tick.label.length * CHARACTER) / 2
    const fits = tick.x - half >= end && tick.x + half <= width
    if (fits) end = tick.x + half + 8
    return fits
  }
}
