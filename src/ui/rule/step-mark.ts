import { lookOfStep, printShapePath } from '../result/step-look'

const SVG = 'http://www.w3.org/2000/svg'

/** The mark of a step for the gutter of the editor: its shape in its colour, and its number. */
export function drawStepMark(step: number): HTMLElement {
  const look = lookOfStep(step)
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('viewBox', '-6 -6 12 12')
  svg.setAttribute('width', '9')
  svg.setAttribute('height', '9')
  svg.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS(SVG, 'path')
  path.setAttribute('d', printShapePath(look.shape, 4.5))
  path.style.fill = look.hatched ? 'none' : look.colour
  path.style.stroke = look.colour
  path.style.strokeWidth = '1.5'
  svg.append(path)
  const mark = document.createElement('span')
  mark.style.color = look.colour
  mark.style.fontWeight = '700'
  mark.style.whiteSpace = 'nowrap'
  mark.title = `Step ${step}`
  mark.append(svg, String(step))
  return mark
}
