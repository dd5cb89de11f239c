import { CHARACTER, LANE_HEIGHT, type Lane, type LaneMark } from './timeline-lane'

/** The way from the event of one step to that of the next: points, each a turn. */
export interface Link {
  readonly step: number
  readonly points: readonly Point[]
}
export interface Point {
  readonly x: number
  readonly y: number
}

/**
 * From event to event. Of three ways the first that crosses no label:
 *
 *     ▲ 10:00    ▲ 10:00        ●   ▲ 10:00
 *     │          └────────┐     ┌───┘             between the lanes there is no label
 *     └──● 10:01   10:01  ●     ● 09:59
 */
export const layLinks = (lanes: readonly Lane[]): readonly Link[] => {
  const marks = lanes.flatMap((lane) => lane.marks)
  const labels = lanes.filter(({ label }) => label).map(boxOf)
  return marks.slice(1).map((to, place) => {
    const ways = waysTo(marks[place]!, to)
    const free = ways.find((way) => !labels.some((label) => crosses(way, label)))
    return { step: to.step, points: free ?? ways[1]! }
  })
}

export const printPath = ({ points }: Link): string =>
  points.map(({ x, y }, at) => `${at === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y}`).join('')

const HALF = LANE_HEIGHT / 2

const waysTo = (from: LaneMark, to: LaneMark): readonly (readonly Point[])[] => [
  [from, { x: from.x, y: to.y }, to],
  [from, { x: from.x, y: to.y - HALF }, { x: to.x, y: to.y - HALF }, to],
  [from, { x: from.x, y: from.y + HALF }, { x: to.x, y: from.y + HALF }, to],
]

interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

const boxOf = ({ label, labelX, anchor, y }: Lane): Box => {
  const length = label.length * CHARACTER
  const left = anchor === 'start' ? labelX : labelX - length
  return { left: left - 2, right: left + length + 2, top: y - 7, bottom: y + 7 }
}

const crosses = (way: readonly Point[], box: Box): boolean =>
  way.slice(1).some((to, at) => {
    const from = way[at]!
    return (
      Math.min(from.x, to.x) < box.right &&
      Math.max(from.x, to.x) > box.left &&
      Math.min(from.y, to.y) < box.bottom &&
      Math.max(from.y, to.y) > box.top
    )
  })
