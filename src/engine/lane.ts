import type { KeyedPlaces } from './keyed-places'
import { NO_KEY } from './key-rows'
import type { KeyReader } from './key-table'
import { END } from './time-places'

/**
 * The events that some steps ask for, or until, one after another. Steps that ask the same
 * and join by the same fields have one lane.
 *
 *     lane of steps 1, 2     A1 A2 A3          A6
 *     lane of step 3                  B4 B5
 */
export class Lane {
  /** Places of the steps that ask for it, the last first. */
  readonly steps: number[] = []
  /** The place of the event at hand, or END. */
  head = END
  /** Its key as the reader gives it. */
  key = NO_KEY
  private at = -1

  constructor(
    readonly events: KeyedPlaces,
    readonly reader: KeyReader,
  ) {
    this.advance()
  }

  advance(): void {
    const { places, keys, count } = this.events
    const at = ++this.at
    if (at < count) {
      this.head = places[at]!
      this.key = keys[at]!
    } else this.head = END
  }
}
