import { RowSet } from '../events/row-set'
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
  for (const each of all.filter(({ count }) => count > 0).sort(byRows))
    if (!(yield* sieve.meet(each))) return none
  const left = new Map<Asked, RowSet>()
  for (const each of all) {
    const rows = yield* sieve.sift(each)
    if (!rows) return none
    left.set(each, rows)
  }
  return new Map([...asked].map(([step, each]) => [step, left.get(each)!]))
}

const byRows = (a: Asked, b: Asked): number => a.set.count() - b.set.count()

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

  /** False where an event has several keys: these would have to be told one by one. */
  *meet({ set, keys, count }: Asked): Generator<void, boolean> {
    const before = this.all
    const all = (this.all += count)
    keys.cover(set.size)
    for (const piece of set.pieces()) {
      for (let at = 0; at < piece.length; at++) {
        const key = keys.at(piece[at]!)
        if (key === MANY_KEYS) return false
        if (key === NO_KEY) continue
        if (key >= this.met.length)
          if (before > 0) continue
          else this.makeRoom(key)
        const met = this.met[key]!
        if (met >= before && met < all) this.met[key] = met + 1
      }
      yield
    }
    return true
  }

  /** The rows whose key has met all; undefined as above. */
  *sift({ set, keys }: Asked): Generator<void, RowSet | undefined> {
    const { met, all } = this
    keys.cover(set.size)
    const rows = new Uint32Array(set.count())
    let count = 0
    for (const piece of set.pieces()) {
      for (let at = 0; at < piece.length; at++) {
        const row = piece[at]!
        const key = keys.at(row)
        if (key === MANY_KEYS) return undefined
        if (key >= 0 && key < met.length && met[key] === all) rows[count++] = row
      }
      yield
    }
    return count < rows.length ? RowSet.ofList(set.size, rows.slice(0, count)) : set
  }
}
