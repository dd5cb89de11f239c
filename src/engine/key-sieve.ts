import { grownTo } from '../events/grown-to'
import { PIECE, RowSet } from '../events/row-set'
import { MANY_KEYS, NO_KEY, type KeyRows } from './key-rows'
import type { KeyNulls, KeyTable } from './key-table'
import type { CompiledRule, CompiledStep } from './plan'

/** The events of some steps that ask the same; a sequence takes `count` of them. */
interface Asked {
  readonly set: RowSet
  readonly keys: KeyRows
  count: number
}

/**
 * The events of each step, missing ones too, and of until, but for those that are in no
 * sequence and prevent none, as their key has too few events for some step. Empty when
 * all events are needed.
 */
export function* siftSteps(
  { steps, until }: Extract<CompiledRule, { kind: 'sequence' }>,
  table: KeyTable,
): Generator<void, ReadonlyMap<CompiledStep, RowSet>> {
  const none = new Map<CompiledStep, RowSet>()
  const asked = new Map<CompiledStep, Asked>()
  const ask = (step: CompiledStep, nulls: KeyNulls): boolean => {
    const set = step.condition.rows()
    const keys = table.rows(step.keys, nulls)
    if (!keys) return false
    const isSame = (other: Asked): boolean => other.set === set && other.keys === keys
    const known = [...asked.values()].find(isSame) ?? { set, keys, count: 0 }
    if (!step.missing && step !== until) known.count++
    asked.set(step, known)
    return true
  }
  if (!steps.every((step) => ask(step, 'as written'))) return none
  if (until) ask(until, 'always')
  const sieve = new KeySieve()
  const all = [...new Set(asked.values())]
  const near: Near[] = []
  for (const each of all.sort(byRows)) {
    const met = yield* sieve.meet(each)
    if (!met) return none
    near.push(met)
  }
  const left = new Map<Asked, RowSet>()
  for (const each of near) left.set(each.asked, yield* sieve.sift(each))
  return new Map([...asked].map(([step, each]) => [step, left.get(each)!]))
}

/** The rarest first; last those that no sequence takes, of which none need be met. */
const byRows = (a: Asked, b: Asked): number =>
  Number(a.count === 0) - Number(b.count === 0) || a.set.count() - b.set.count()

/** Of the events asked for, those whose key had met enough when they were looked at. */
interface Near {
  readonly asked: Asked
  /** So many are in the lists; the rest is room. */
  count: number
  rows: Int32Array
  keys: Int32Array
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
 */
class KeySieve {
  private met = new Uint16Array(0)
  /** What a key must have met. */
  private all = 0

  private makeRoom(key: number): void {
    const met = new Uint16Array(key + (key >>> 1) + 64)
    met.set(this.met)
    this.met = met
  }

  /** Undefined where an event has several keys: these would have to be told one by one. */
  *meet(asked: Asked): Generator<void, Near | undefined> {
    const { set, keys } = asked
    const before = this.all
    const all = (this.all += asked.count)
    const near: Near = { asked, count: 0, rows: NO_ROWS, keys: NO_ROWS }
    keys.cover(set.size)
    for (const piece of set.pieces()) {
      keys.read(piece, found)
      makeRoomFor(near, piece.length)
      let { count } = near
      for (let at = 0; at < piece.length; at++) {
        const key = found[at]!
        if (key === MANY_KEYS) return undefined
        if (key === NO_KEY) continue
        if (key >= this.met.length)
          if (before > 0) continue
          else this.makeRoom(key)
        const met = this.met[key]!
        if (met < before) continue
        if (met < all) this.met[key] = met + 1
        near.rows[count] = piece[at]!
        near.keys[count++] = key
      }
      near.count = count
      yield
    }
    return near
  }

  /** The rows whose key has met all. */
  *sift({ asked: { set }, rows, keys, count }: Near): Generator<void, RowSet> {
    const { met, all } = this
    let left = 0
    for (let at = 0; at < count; at++) {
      if (met[keys[at]!] === all) rows[left++] = rows[at]!
      if (at % PAUSE === PAUSE - 1) yield
    }
    if (left === set.count()) return set
    return RowSet.ofList(set.size, new Uint32Array(rows.subarray(0, left)))
  }
}

function makeRoomFor(near: Near, more: number): void {
  const { count, rows, keys } = near
  if (count + more <= rows.length) return
  near.rows = grownTo(rows, count + more)
  near.keys = grownTo(keys, count + more)
}

const NO_ROWS = new Int32Array(0)
/** Rows told apart without a pause. */
const PAUSE = 1 << 16

/** The keys of a piece of rows; for one piece at a time. */
const found = new Int32Array(PIECE)
