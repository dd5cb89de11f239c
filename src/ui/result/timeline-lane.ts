import type { StepEvent } from '../../worker/api'

/** px */
export const LANE_HEIGHT = 28
/** The width of a character of the labels, px. */
export const CHARACTER = 6.7

/** One event of what is chosen, px. */
export interface LaneMark {
  readonly step: number
  readonly x: number
  readonly y: number
  readonly event: StepEvent
}

/** Where one step stands in the timeline, px. */
export interface Lane {
  readonly step: number
  readonly y: number
  /** First to last; several where the step is written with `runs`. */
  readonly marks: readonly LaneMark[]
  /** The stretch a missing step watches, for its hollow window. */
  readonly window?: { readonly from: number; readonly to: number }
  /** The event a missing step had after all. */
  readonly witness?: LaneMark
  /** Empty where what it stands by is not drawn. */
  readonly label: string
  readonly labelX: number
  readonly anchor: 'start' | 'end'
}
