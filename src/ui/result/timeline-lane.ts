import type { StepEvent } from '../../worker/api'

/** px */
export const LANE_HEIGHT = 28
/** The width of a character of the labels, px. */
export const CHARACTER = 6.7

/** Where one step stands in the timeline, px. */
export interface Lane {
  readonly step: number
  readonly y: number
  /** Set for an event. */
  readonly event?: StepEvent
  readonly x: number
  /** The stretch a missing step watches, for its hollow window. */
  readonly window?: { readonly from: number; readonly to: number }
  readonly label: string
  readonly labelX: number
  readonly anchor: 'start' | 'end'
}
