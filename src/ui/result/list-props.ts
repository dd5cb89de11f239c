import type { Snippet } from 'svelte'
import type { CardActions } from './card-props'
import type { ResultKind, Selection } from './selection'

/** What the list of cards is told beside the answer, and what it reports. */
export interface ListProps extends CardActions {
  readonly selected?: Selection | undefined
  /** The chosen card shows its fields in full; without, it stays as low as the others. */
  readonly expands?: boolean
  /** Fetches more matches, or more groups of near misses. */
  readonly onMore: (kind: ResultKind) => void
  /** Opens or closes a group of near misses, by its place. */
  readonly onGroup: (group: number, isOpen: boolean) => void
  readonly onMoreMembers: (group: number) => void
  /** What a card owes to the order of events of equal time. */
  readonly tieOf?: ((kind: ResultKind, index: number) => string | undefined) | undefined
  /** The edits that would mend the chosen near miss. */
  readonly repairs?: Snippet | undefined
  /** Tries the best of them. */
  readonly onRepair?: (() => void) | undefined
}
