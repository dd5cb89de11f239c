import { html, type Markup } from '../../share/markup'
import { lookOfStep, printShapePath } from '../result/step-look'
import type { Lane, LaneMark } from '../result/timeline-lane'
import { layTimeline, sayMaxspan, type TimelineLayout } from '../result/timeline-layout'
import { printPath } from '../result/timeline-links'
import type { Told, ToldResult } from './told-results'
import { sayTimeline } from './wording'

/** px; narrower pages scroll it, paper scales it. */
const WIDTH = 720
/** Left of the lanes stand the numbers of the steps, px. */
const NUMBERS = 28

/** The steps of a result in time, as a drawing; undefined where no step has a time. */
export function drawTimeline(
  result: ToldResult,
  { maxspanMs }: Pick<Told, 'maxspanMs'>,
  id: string,
): Markup | undefined {
  const { line, miss } = result
  const { cause, step: failed, culpritTime } = miss ?? {}
  const violated = cause === 'missing' ? failed : undefined
  const cut = cause === 'until' && Number.isFinite(culpritTime) ? culpritTime : undefined
  const layout = layTimeline(line, maxspanMs, WIDTH, { cut, violated })
  if (!layout) return undefined
  const used = maxspanMs === undefined ? '' : sayMaxspan(line, maxspanMs, violated)
  return html`<figure class="timeline" tabindex="0" aria-label="${sayTimeline(used)}">
    <svg
      viewBox="${-NUMBERS} 0 ${WIDTH + NUMBERS} ${layout.height}"
      width="${WIDTH + NUMBERS}"
      height="${layout.height}"
      role="img"
      aria-label="${sayTimeline(used)}"
    >
      ${layout.lanes.map(({ step }) => drawHatch(step, id))} ${drawRuler(layout)}
      ${layout.ticks.map(
        ({ x, label }) =>
          html`<line
              class="tick"
              x1="${px(x)}"
              x2="${px(x)}"
              y1="${layout.ruler ? 16 : 4}"
              y2="${layout.axisY + 4}"
            /><text
              class="quiet"
              x="${px(x)}"
              y="${layout.axisY + 17}"
              text-anchor="middle"
              >${label}</text
            >`,
      )}
      <line class="axis" x1="0" x2="${WIDTH}" y1="${layout.axisY}" y2="${layout.axisY}" />
      ${layout.links.map((link) => html`<path class="link${link.step === failed ? ' failed' : ''}" d="${printPath(link)}" />`)}
      ${layout.lanes.map((lane) => drawLane(lane, lane.step === failed, id))}
      ${drawCut(layout)}
    </svg>
    <figcaption>${used}</figcaption>
  </figure>`
}

const px = (x: number): string => x.toFixed(1)

const drawHatch = (step: number, id: string): Markup | undefined =>
  lookOfStep(step).hatched
    ? html`<pattern
        id="${hatchOf(step, id)}"
        width="3"
        height="3"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
        ><rect width="1.5" height="3" fill="${lookOfStep(step).colour}"
      /></pattern>`
    : undefined

const hatchOf = (step: number, id: string): string => `${id}-hatch-${step}`

function drawRuler({ ruler, axisY }: TimelineLayout): Markup | undefined {
  if (!ruler) return undefined
  const { from, limit, used, over } = ruler
  return html`${over && limit < WIDTH ? html`<rect class="beyond" x="${px(limit)}" y="10" width="${px(WIDTH - limit)}" height="${axisY - 10}" />` : undefined}
    <line class="limit" x1="${px(limit)}" x2="${px(limit)}" y1="4" y2="${axisY}" />
    <line
      class="rest${over ? ' over' : ''}"
      x1="${px(from)}"
      x2="${px(Math.max(limit, used))}"
      y1="10"
      y2="10"
    />
    <line
      class="used"
      x1="${px(from)}"
      x2="${px(Math.min(used, limit))}"
      y1="10"
      y2="10"
    />
    <path class="ends" d="M${px(from)} 5V15M${px(limit)} 5V15" />`
}

function drawLane(lane: Lane, isFailed: boolean, id: string): Markup {
  const { step, y, window: watched, label, labelX, anchor } = lane
  const { colour } = lookOfStep(step)
  const marks = lane.witness ? [lane.witness] : lane.marks
  return html`<text x="${-NUMBERS + 6}" y="${y + 4}" class="number">${step}</text>
    ${watched ? html`<rect class="window" x="${px(watched.from)}" y="${y - 8}" width="${px(watched.to - watched.from)}" height="16" rx="2" stroke="${colour}" />` : undefined}
    ${marks.map((mark) => drawMark(mark, y, isFailed, id))}
    ${label ? html`<text class="label" x="${px(labelX)}" y="${y + 4}" text-anchor="${anchor}">${label}</text>` : undefined}`
}

function drawMark({ step, x }: LaneMark, y: number, isFailed: boolean, id: string) {
  const { shape, doubled, hatched, colour } = lookOfStep(step)
  const fill = hatched ? `url(#${hatchOf(step, id)})` : colour
  return html`${isFailed ? html`<circle class="fail" cx="${px(x)}" cy="${y}" r="11" />` : undefined}<g
      transform="translate(${px(x)} ${y})"
      >${doubled ? html`<path d="${printShapePath(shape, 9)}" fill="none" stroke="${colour}" />` : undefined}<path
        d="${printShapePath(shape, 6.5)}"
        fill="${fill}"
        stroke="${colour}"
        stroke-width="1.5"
    /></g>`
}

function drawCut({ cut, ruler, axisY }: TimelineLayout): Markup | undefined {
  if (!cut) return undefined
  const { x, y, label, labelX, anchor } = cut
  return html`<line
      class="cut"
      x1="${px(x)}"
      x2="${px(x)}"
      y1="${ruler ? 16 : 4}"
      y2="${axisY}"
    />
    <path
      class="cut"
      d="M${px(x - 5)} ${y - 5}L${px(x + 5)} ${y + 5}M${px(x + 5)} ${y - 5}L${px(x - 5)} ${y + 5}"
    />
    ${label ? html`<text class="label" x="${px(labelX)}" y="${y + 4}" text-anchor="${anchor}">${label}</text>` : undefined}`
}
