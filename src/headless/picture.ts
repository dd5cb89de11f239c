import { printPng } from './png'
import type { ShownResult } from './shared-verdict'

/** What chats and mails show of a link: px. */
export const PICTURE = { width: 1200, height: 630 } as const

type Colour = readonly [red: number, green: number, blue: number]
type Point = readonly [x: number, y: number]

/** The icon's ground, and the dark colours of the page's sheet. */
const GROUND: Colour = [15, 20, 25]
const LINE: Colour = [102, 114, 127]
const MATCH: Colour = [95, 208, 143]
const NEAR: Colour = [240, 179, 90]
const STEPS: readonly Colour[] = [
  [71, 133, 255],
  [242, 190, 99],
  [184, 234, 218],
  [239, 57, 133],
  [208, 190, 244],
  [146, 138, 42],
]
/** Corners of the shapes of steps, of a radius of 1; a circle has many. */
const SHAPES: readonly (readonly Point[])[] = [
  [
    [0, -1.15],
    [1.15, 0.9],
    [-1.15, 0.9],
  ],
  roundOf(48),
  [
    [-0.9, -0.9],
    [0.9, -0.9],
    [0.9, 0.9],
    [-0.9, 0.9],
  ],
  [
    [0, -1.25],
    [1.25, 0],
    [0, 1.25],
    [-1.25, 0],
  ],
]

function roundOf(corners: number): readonly Point[] {
  return Array.from({ length: corners }, (_, at): Point => {
    const angle = (at / corners) * 2 * Math.PI
    return [Math.cos(angle), Math.sin(angle)]
  })
}

/**
 * The steps of a result in the order of time, without a word: those come beside it. A step
 * that failed is hollow; where there is nothing to show, it is the sign of Maxspan.
 *
 *        ▲───────●──────■
 *     ───┴───────┴──────┴───
 */
export function drawPicture(shown: ShownResult | undefined): Buffer {
  const canvas = new Canvas()
  const marks = shown ? placeMarks(shown) : []
  const isMatch = shown?.kind === 'match'
  canvas.bar([100, 470], [1100, 470], 6, LINE)
  if (marks.length === 0) drawSign(canvas)
  const [from, to] = [marks[0]?.x ?? 0, marks.at(-1)?.x ?? 0]
  if (to > from) canvas.bar([from, 250], [to, 250], 8, isMatch ? MATCH : NEAR)
  for (const { x, step, isHollow } of marks) {
    const shape = SHAPES[((step - 1) % STEPS.length) % SHAPES.length]!
    const colour = STEPS[(step - 1) % STEPS.length]!
    canvas.bar([x, 250], [x, 470], 4, LINE)
    canvas.fill(grow(shape, [x, 250], 72), GROUND)
    canvas.fill(grow(shape, [x, 250], 58), colour)
    if (isHollow) canvas.fill(grow(shape, [x, 250], 44), GROUND)
  }
  return printPng(PICTURE.width, PICTURE.height, canvas.pixels)
}

const drawSign = (canvas: Canvas): void => {
  canvas.bar([320, 330], [880, 330], 14, MATCH)
  canvas.bar([320, 330], [320, 410], 14, MATCH)
  canvas.bar([880, 330], [880, 410], 14, MATCH)
  canvas.fill(grow(SHAPES[0]!, [320, 220], 70), STEPS[0]!)
  canvas.fill(grow(SHAPES[1]!, [880, 220], 70), STEPS[1]!)
}

interface Mark {
  readonly x: number
  readonly step: number
  readonly isHollow: boolean
}

/** Left and right of the first and last mark, and between two at least, px. */
const MARGIN = 180
const APART = 150

/** By their times as far as these leave them apart; else side by side. */
function placeMarks({ steps }: ShownResult): readonly Mark[] {
  const events = steps
    .flatMap(({ step, verdict, events }) =>
      events.slice(0, 1).map(({ time }) => ({ step, verdict, time })),
    )
    .sort((a, b) => a.time - b.time)
    .slice(0, 6)
  const times = events.map(({ time }) => time)
  const [first = NaN, last = NaN] = [times[0], times.at(-1)]
  const room = PICTURE.width - 2 * MARGIN
  const even = (at: number): number =>
    events.length === 1 ? room / 2 : (at / (events.length - 1)) * room
  const byTime = times.map((time) => ((time - first) / (last - first)) * room)
  const isApart = byTime.every((x, at) => at === 0 || x - byTime[at - 1]! >= APART)
  return events.map(({ step, verdict }, at) => ({
    x: MARGIN + (isApart && last > first ? byTime[at]! : even(at)),
    step,
    isHollow: verdict === 'failed',
  }))
}

const grow = (shape: readonly Point[], [x, y]: Point, radius: number): readonly Point[] =>
  shape.map(([dx, dy]) => [x + dx * radius, y + dy * radius])

/** Lines a row of pixels is cut into, so that slanting edges are smooth. */
const LINES = 4

/** Pixels that convex shapes are filled into. */
class Canvas {
  readonly pixels = new Uint8Array(PICTURE.width * PICTURE.height * 3)

  constructor() {
    for (let at = 0; at < this.pixels.length; at += 3) this.pixels.set(GROUND, at)
  }

  /** A straight line. */
  bar([x1, y1]: Point, [x2, y2]: Point, thick: number, colour: Colour): void {
    const long = Math.hypot(x2 - x1, y2 - y1) || 1
    const [dx, dy] = [((y1 - y2) / long) * (thick / 2), ((x2 - x1) / long) * (thick / 2)]
    const corners: Point[] = [
      [x1 + dx, y1 + dy],
      [x2 + dx, y2 + dy],
      [x2 - dx, y2 - dy],
      [x1 - dx, y1 - dy],
    ]
    this.fill(corners, colour)
  }

  fill(corners: readonly Point[], colour: Colour): void {
    const ys = corners.map(([, y]) => y)
    const bottom = Math.min(PICTURE.height - 1, Math.ceil(Math.max(...ys)))
    for (let y = Math.max(0, Math.floor(Math.min(...ys))); y <= bottom; y++) {
      const cover = new Float64Array(PICTURE.width)
      for (let line = 0; line < LINES; line++)
        addCover(cover, crossingOf(corners, y + (line + 0.5) / LINES))
      for (let x = 0; x < PICTURE.width; x++)
        if (cover[x]! > 0) this.mix(x, y, colour, cover[x]!)
    }
  }

  private mix(x: number, y: number, colour: Colour, part: number): void {
    const at = (y * PICTURE.width + x) * 3
    for (const [band, value] of colour.entries()) {
      const old = this.pixels[at + band]!
      this.pixels[at + band] = Math.round(old + (value - old) * part)
    }
  }
}

/** From where to where a level line runs within a convex shape. */
function crossingOf(corners: readonly Point[], y: number): Point | undefined {
  const found: number[] = []
  for (const [at, [x1, y1]] of corners.entries()) {
    const [x2, y2] = corners[(at + 1) % corners.length]!
    if (y1 > y !== y2 > y) found.push(x1 + ((y - y1) / (y2 - y1)) * (x2 - x1))
  }
  return found.length < 2 ? undefined : [Math.min(...found), Math.max(...found)]
}

/** Adds what one line covers of each pixel of its row. */
function addCover(cover: Float64Array, crossing: Point | undefined): void {
  if (!crossing) return
  const [from, to] = crossing
  const last = Math.min(PICTURE.width - 1, Math.floor(to))
  for (let x = Math.max(0, Math.floor(from)); x <= last; x++) {
    const part = Math.min(x + 1, to) - Math.max(x, from)
    cover[x]! += Math.max(0, part) / LINES
  }
}
