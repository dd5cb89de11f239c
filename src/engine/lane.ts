import { PIECE, type RowSet } from '../events/row-set'
import type { TimeOrder } from '../events/table'
import { NO_KEY } from './key-rows'
import type { KeyReader } from './key-table'
import { END, placesInTime } from './time-places'

/**
 * The events that some steps ask for, or until, in the order of time, each with its key;
 * those that take part in nothing are left out. Steps that ask the same and join by the
 * same fields have one lane.
 *
 *     lane of steps 1, 2     A1 A2 A3          A6
 *     lane of step 3                  B4 B5
 */
export class Lane {
  /** Places of the steps that ask for it, the last first. */
  readonly steps: number[] = []
  /** The place of the event at hand (`placesInTime`), or END. */
  head = END
  /** Its key as the reader gives it. */
  key = NO_KEY
  private at = -1

  private constructor(
    readonly set: RowSet,
    readonly reader: KeyReader,
    private readonly places: Uint32Array,
    private readonly keys: Int32Array,
  ) {
    this.advance()
  }

  /** Reads the keys of the events; yields every few thousand. */
  static *of(set: RowSet, reader: KeyReader, order: TimeOrder): Generator<void, Lane> {
    const places = yield* placesInTime(set, order)
    const keys = new Int32Array(places.length)
    let count = 0
    for (let from = 0; from < places.length; from += PIECE) {
      const piece = places.subarray(from, from + PIECE)
      reader.read(order.ascends ? piece : rowsAt(piece, order), read)
      for (let at = 0; at < piece.length; at++) {
        if (read[at] === NO_KEY) continue
        places[count] = piece[at]!
        keys[count++] = read[at]!
      }
      yield
    }
    return new Lane(set, reader, places.subarray(0, count), keys)
  }

  advance(): void {
    const at = ++this.at
    if (at < this.places.length) {
      this.head = this.places[at]!
      this.key = this.keys[at]!
    } else this.head = END
  }
}

function rowsAt(places: Uint32Array, order: TimeOrder): Uint32Array {
  for (let at = 0; at < places.length; at++) rows[at] = order.rows[places[at]!]!
  return rows.subarray(0, places.length)
}

// For one piece at a time.
const read = new Int32Array(PIECE)
const rows = new Uint32Array(PIECE)
