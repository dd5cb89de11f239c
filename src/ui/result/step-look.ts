/**
 * How a step looks everywhere: number, then shape, then colour (experience.md 5.2).
 * Six looks; from step 7 on they come again with a double outline.
 *
 *     1 ▲   2 ●   3 ■   4 ◆   5 ▲ hatched   6 ● hatched   7 ▲ doubled …
 */
export type StepShape = 'triangle' | 'circle' | 'square' | 'diamond'

export interface StepLook {
  readonly shape: StepShape
  readonly hatched: boolean
  readonly doubled: boolean
  /** A CSS colour: the token of app.css. */
  readonly colour: string
  /** The shape in words, for those who hear it. */
  readonly name: string
}

type BaseLook = Pick<StepLook, 'shape' | 'hatched'>

const LOOKS: readonly BaseLook[] = [
  { shape: 'triangle', hatched: false },
  { shape: 'circle', hatched: false },
  { shape: 'square', hatched: false },
  { shape: 'diamond', hatched: false },
  { shape: 'triangle', hatched: true },
  { shape: 'circle', hatched: true },
]

/** The look of a step by its number as written, 1-based. */
export const lookOfStep = (step: number): StepLook => {
  const place = (step - 1) % LOOKS.length
  const base = LOOKS[place] ?? LOOKS[0]!
  const doubled = step > LOOKS.length
  return {
    ...base,
    doubled,
    colour: `var(--step-${place + 1})`,
    name: [doubled && 'double', base.hatched && 'hatched', base.shape]
      .filter(Boolean)
      .join(' '),
  }
}

/** SVG path of a shape about (0, 0), of the visual weight of a circle of that radius. */
export const printShapePath = (shape: StepShape, radius: number): string => {
  const at = (x: number, y: number) =>
    `${+(x * radius).toFixed(2)} ${+(y * radius).toFixed(2)}`
  switch (shape) {
    case 'triangle':
      return `M${at(0, -1.15)}L${at(1.15, 0.9)}L${at(-1.15, 0.9)}Z`
    case 'square':
      return `M${at(-0.9, -0.9)}L${at(0.9, -0.9)}L${at(0.9, 0.9)}L${at(-0.9, 0.9)}Z`
    case 'diamond':
      return `M${at(0, -1.25)}L${at(1.25, 0)}L${at(0, 1.25)}L${at(-1.25, 0)}Z`
    case 'circle':
      return `M${at(-1, 0)}A${at(1, 1)} 0 1 1 ${at(1, 0)}A${at(1, 1)} 0 1 1 ${at(-1, 0)}Z`
  }
}
