import type { Selection } from './selection'

/** What the list tells every card, whatever the card shows. */
export interface CardProps {
  /** 0-based place in the list of its kind. */
  readonly index: number
  /** How many there are of its kind, also those not fetched yet. */
  readonly total: number
  readonly selected: boolean
  /** Shows the fields in full. */
  readonly expanded: boolean
  readonly selectedStep?: number | undefined
  /** The list's one tab stop. */
  readonly tabindex: 0 | -1
  readonly onSelect: (selection: Selection) => void
  readonly onShowEvent: (row: number) => void
  /** That it hangs on the order of events of equal time, and how. */
  readonly tie?: string | undefined
  /** Follows its join key event by event, where there are sequences. */
  readonly onStepThrough?: ((selection: Selection) => void) | undefined
  readonly onShowInRule: (selection: Selection) => void
  /** Asks why an event is or is not of a step. */
  readonly onWhy: (row: number, step: number) => void
}
