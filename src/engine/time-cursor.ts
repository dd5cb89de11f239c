import { RowSet, type Row } from '../events/row-set'
import { NO_RANK, type TimeOrder } from '../events/table'

/** Where a cursor stands when its rows are over; beyond every place. */
export const END = NO_RANK

/** Rows looked up without a pause. */
const PAUSE = 16_384
/** Of fewer ranks than that share of all, sorting beats a bit for each there is. */
const SPARSE = 1 / 256

/**
 * Walks the rows of a set that have a usable timestamp, in the order of time. Where rows
 * were loaded in that order, the place of a row is the row itself, else its rank:
 *
 *     rows   {2, 5, 7}   ─►   places {0, 1, 4}   ─►   rows 7, 2, 5
 *
 * Cursors of one order meet by their places.
 */
export class TimeCursor {
  /** The place at hand, or END. */
  head = END
  private readonly pieces: Iterator<Uint32Array, void>
  private piece: Uint32Array = NO_PLACES
  private at = 0

  private constructor(
    places: RowSet,
    private readonly order: TimeOrder,
  ) {
    this.pieces = places.pieces()
    this.advance()
  }

  /** Yields while the ranks of a large set are looked up. */
  static *over(set: RowSet, order: TimeOrder): Generator<void, TimeCursor> {
    return new TimeCursor(order.ascends ? set : yield* rankSet(set, order), order)
  }

  /** The row at hand. */
  get row(): Row {
    return this.order.ascends ? this.head : this.order.rows[this.head]!
  }

  advance(): void {
    if (++this.at < this.piece.length) this.head = this.piece[this.at]!
    else this.readOn()
  }

  private readOn(): void {
    this.at = 0
    do {
      const next = this.pieces.next()
      if (next.done) {
        this.piece = NO_PLACES
        this.head = END
        return
      }
      this.piece = this.usable(next.value)
    } while (this.piece.length === 0)
    this.head = this.piece[0]!
  }

  /** Only active rows are ever walked, so mostly all of them have a time. */
  private usable(piece: Uint32Array): Uint32Array {
    const { ascends, unusable, rank } = this.order
    if (!ascends || unusable === 0) return piece
    return piece.filter((row) => rank[row] !== NO_RANK)
  }
}

const NO_PLACES = new Uint32Array(0)

/** The ranks of the rows that have one. */
function* rankSet(set: RowSet, { rows, rank }: TimeOrder): Generator<void, RowSet> {
  if (set.count() <= rows.length * SPARSE) {
    const ranks = Uint32Array.from(set.rows(), (row) => rank[row]!).sort()
    const end = ranks.indexOf(NO_RANK)
    return RowSet.ofList(rows.length, end < 0 ? ranks : ranks.subarray(0, end))
  }
  const ranks = new RowSet(rows.length)
  let done = 0
  for (const piece of set.pieces()) {
    for (let at = 0; at < piece.length; at++) {
      const place = rank[piece[at]!]!
      if (place !== NO_RANK) ranks.add(place)
    }
    done += piece.length
    if (done % PAUSE < piece.length) yield
  }
  return ranks
}

/** All of them, in the order of time. */
export function* rowsInTime(set: RowSet, order: TimeOrder): Generator<void, Uint32Array> {
  const rows = new Uint32Array(set.count())
  let count = 0
  const cursor = yield* TimeCursor.over(set, order)
  while (cursor.head !== END) {
    rows[count++] = cursor.row
    cursor.advance()
    if (count % PAUSE === 0) yield
  }
  return rows.subarray(0, count)
}
