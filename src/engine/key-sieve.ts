import type { RowList } from '../events/row-list'
import { inPieces } from '../events/in-pieces'
import { PIECE, type RowSet } from '../events/row-set'
import { NO_RANK, type TimeOrder } from '../events/table'
import { giveBack, roomFor } from './kept-room'
import { forgetPlaces, roomForPlaces, sortInTime, type KeyedPlaces } from './keyed-places'
import { MANY_KEYS, NO_KEY, type KeyRows } from './key-rows'
import type { KeyReader, KeyTable } from './key-table'
import { isAsLoaded } from './time-places'

/**
 * The events of some steps that ask the same; a sequence takes `count` of them. These steps
 * stand between the `first` and the `last` of all, 0-based.
 */
export interface Asked {
  readonly set: RowSet
  readonly reader: KeyReader
  /** Undefined without `by`. */
  readonly keys: KeyRows | undefined
  readonly first: number
  last: number
  count: number
}

/** Of the events asked for, the rows of those whose key had met enough when looked at. */
interface Near extends KeyedPlaces {
  readonly asked: Asked
}

/**
 * Tells which join keys have events enough for every step: a sequence is of one key, and
 * takes no event twice.
 *
 *     asked, the rarest first     met of k3 k7 k8 k9
 *     2 of  k3 k7 k7 k8 k8               1  2  2  0
 *     1 of  k9 k8 k3 k8                  1  2  3  0     k8 alone has 3
 *
 * Of each step's events only those are counted whose key had enough for all steps before.
 * Of what is left, events of a step go that have none of the step before before them, and
 * those that have none of the step behind behind them:
 *
 *     1 of  k8        A3    A6      A9         A9 goes
 *     2 of  k8    B1     B4    B8              B1 goes
 */
export class KeySieve {
  /** By key: 1 + its number among those that the rarest events have. */
  private numbers: Int32Array<ArrayBuffer>
  private size = 0
  // By number.
  private keys = NO_ROOM
  private met = NO_ROOM
  /** What a key must have met, and how many have. */
  private all = 0
  private enough = 0
  private readonly near: Near[] = []

  constructor(
    private readonly order: TimeOrder,
    private readonly table: KeyTable,
  ) {
    this.numbers = table.space?.takeZeros() ?? NO_ROOM
  }

  /**
   * To be called for the rarest events first. False where an event has several keys: these
   * would have to be told one by one.
   */
  *meet(asked: Asked): Generator<void, boolean> {
    const { set, keys } = asked
    if (!keys) return false
    const before = this.all
    if (before === 0) this.makeRoom(set.count())
    else if (this.enough === 0) return true
    this.all += asked.count
    if (asked.count > 0) this.enough = 0
    const near = { asked, ...roomForPlaces(set.count()) }
    this.near.push(near)
    keys.cover(set.size)
    for (const piece of set.pieces()) {
      keys.read(piece, found)
      if (!this.meetPiece(piece, near, before)) return false
      yield
    }
    return true
  }

  /** Apart from its generator, as are all loops over rows: they are quicker so. */
  private meetPiece(piece: RowList, near: Near, before: number): boolean {
    const { met, all } = this
    let { numbers } = this
    let { count } = near
    for (let at = 0; at < piece.length; at++) {
      const key = found[at]!
      if (key === MANY_KEYS) return false
      if (key === NO_KEY) continue
      let number = key < numbers.length ? numbers[key]! : 0
      if (number === 0) {
        if (before > 0) continue
        number = this.numberFor(key)
        numbers = this.numbers
      }
      const known = met[number]!
      if (known < before) continue
      if (known < all) {
        met[number] = known + 1
        if (known + 1 === all) this.enough++
      }
      near.places[count] = piece[at]!
      near.keys[count++] = number
    }
    near.count = count
    return true
  }

  private makeRoom(keyCount: number): void {
    this.keys = new Int32Array(roomFor(keyCount + 1))
    this.met = new Int32Array(roomFor(keyCount + 1)).fill(0, 0, keyCount + 1)
  }

  private numberFor(key: number): number {
    if (key >= this.numbers.length) {
      const larger = new Int32Array(key + (key >>> 1) + 1)
      larger.set(this.numbers)
      this.numbers = larger
    }
    this.keys[++this.size] = key
    return (this.numbers[key] = this.size)
  }

  /** What is left of each step, where anything is. */
  *sift(): Generator<void, ReadonlyMap<Asked, KeyedPlaces>> {
    const { near, order } = this
    if (this.enough === 0) return yield* this.close()
    const ids = yield* this.idsOfEnough()
    const taken = near.filter(({ asked }) => asked.count > 0)
    let from = new Int32Array(this.enough)
    for (const each of taken.sort((a, b) => a.asked.first - b.asked.first))
      from = yield* keepBehind(each, ids, from, order)
    let to = new Int32Array(this.enough).fill(NO_END)
    for (const each of taken.sort((a, b) => b.asked.last - a.asked.last))
      to = yield* keepBefore(each, to)
    for (const each of near) {
      if (each.asked.count === 0)
        yield* keepBehind(each, ids, new Int32Array(this.enough), order)
      yield* sortInTime(each, order)
    }
    giveBack(ids)
    return yield* this.close()
  }

  private *close(): Generator<void, ReadonlyMap<Asked, KeyedPlaces>> {
    const { numbers, keys } = this
    yield* inPieces(this.size, (from, to) => {
      for (let number = from + 1; number <= to; number++) numbers[keys[number]!] = 0
    })
    this.table.space?.giveBackZeros(numbers)
    for (const room of [keys, this.met]) giveBack(room)
    if (this.enough > 0) return new Map(this.near.map((each) => [each.asked, each]))
    for (const each of this.near) forgetPlaces(each)
    return new Map()
  }

  /** By number of a key: its id in the run if it has met enough, else -1. */
  private *idsOfEnough(): Generator<void, Int32Array<ArrayBuffer>> {
    const { met, all, keys, table } = this
    const ids = new Int32Array(roomFor(this.size + 1))
    yield* inPieces(this.size, (from, to) => {
      for (let number = from + 1; number <= to; number++)
        ids[number] = met[number] === all ? table.addKey(keys[number]!) : -1
    })
    return ids
  }
}

/**
 * Makes places of rows and ids of numbers, and leaves out what is before `from`, by id of
 * its key. Answers where the step behind may begin.
 */
function* keepBehind(
  near: Near,
  ids: Int32Array,
  from: Int32Array,
  order: TimeOrder,
): Generator<void, Int32Array<ArrayBuffer>> {
  const { rank } = order
  const asLoaded = isAsLoaded(order)
  const next = new Int32Array(from.length).fill(NO_END)
  const { places, keys, count } = near
  near.count = 0
  yield* inPieces(count, (begin, end) => {
    let left = near.count
    for (let at = begin; at < end; at++) {
      const id = ids[keys[at]!]!
      if (id < 0) continue
      const row = places[at]!
      const place = asLoaded ? row : rank[row]!
      if (place < from[id]! || place === NO_RANK) continue
      if (place < next[id]!) next[id] = place + 1
      places[left] = place
      keys[left++] = id
    }
    near.count = left
  })
  return next
}

/** Leaves out what is not before `to`; answers where the step before must end. */
function* keepBefore(
  near: Near,
  to: Int32Array,
): Generator<void, Int32Array<ArrayBuffer>> {
  const next = new Int32Array(to.length)
  const { places, keys, count } = near
  near.count = 0
  yield* inPieces(count, (begin, end) => {
    let left = near.count
    for (let at = begin; at < end; at++) {
      const id = keys[at]!
      const place = places[at]!
      if (place >= to[id]!) continue
      if (place > next[id]!) next[id] = place
      places[left] = place
      keys[left++] = id
    }
    near.count = left
  })
  return next
}

/** Behind all places. */
const NO_END = 0x7fffffff
const NO_ROOM = new Int32Array(0)
/** The keys of a piece of rows; for one piece at a time. */
const found = new Int32Array(PIECE)
