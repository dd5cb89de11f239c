import type { Snippet } from 'svelte'
import type { Selection } from './selection'

/** What one can do from any card. */
export interface CardActions {
  readonly onSelect: (selection: Selection) => void
  readonly onShowEvent: (row: number) => void
  /** Leads to the place in the rule that a card speaks of. */
  readonly onShowInRule: (selection: Selection) => void
  /** Follows the join key of a card event by event, where there are sequences. */
  readonly onStepThrough?: ((selection: Selection) => void) | undefined
  /** Asks why an event is or is not of a step. */
  readonly onWhy: (row: number, step: number) => void
}

/** What the list tells every card, whatever the card shows. */
export interface CardProps extends CardActions {
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
  /** That it hangs on the order of events of equal time, and how. */
  readonly tie?: string | undefined
  /** What stands between its sentence and its steps. */
  readonly extra?: Snippet | undefined
}
