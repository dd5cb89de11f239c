import type { Row, RowSet } from '../events/row-set'
import { NO_KEY } from './key-rows'
import type { KeyReader } from './key-table'
import { END } from './time-places'

/**
 * The events that some steps ask for, or until, in the order of time. Steps that ask the
 * same and join by the same fields have one lane.
 *
 *     lane of steps 1, 2     A1 A2 A3          A6
 *     lane of step 3                  B4 B5
 */
export class Lane {
  /** The place of the event at hand (`placesInTime`), or END. */
  head = END
  /** Its key as the reader gives it, once that was read. */
  key = NO_KEY
  private at = -1

  constructor(
    readonly set: RowSet,
    readonly reader: KeyReader,
    private readonly places: Uint32Array,
  ) {
    this.advance()
  }

  advance(): void {
    this.head = ++this.at < this.places.length ? this.places[this.at]! : END
  }

  /** `row`: the event at hand. */
  readKey(row: Row): void {
    this.key = this.reader.one(row)
  }
}
