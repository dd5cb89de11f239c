import { IntList } from '../engine/int-list'
import { KeyTable, type KeyId } from '../engine/key-table'
import type { KeyTuple, SequenceObserver } from '../engine/observer'
import type { CompiledRule } from '../engine/plan'
import { runRule } from '../engine/run'
import type { Row } from '../events/row-set'

type SequenceRule = Extract<CompiledRule, { kind: 'sequence' }>

/** What became of the sequences of one join key. */
export interface BegunKey {
  readonly key: KeyTuple
  /** Positive steps, `runs` written out, that the one which came furthest reached. */
  readonly furthest: number
  readonly matches: number
  /** Sequences that still wait at the end of the events. */
  readonly pending: number
}

/** The keys for which some sequence was begun. */
export interface BegunKeys {
  readonly length: number
  at(place: number): BegunKey
}

const NOTHING_KEPT = { size: 0, resultPosition: 'head', maxSamplesPerKey: 1 } as const

/**
 * Lists the join keys of a rule: those with the most advanced sequence first, among these
 * the ones with most matches, then as they were met. Hears a run. Yields as runs do.
 */
export function* listBegunKeys(rule: SequenceRule): Generator<void, BegunKeys> {
  const keys = new KeyTable(rule.steps[0]?.keys ?? [])
  const counts = {
    furthest: new IntList(),
    matches: new IntList(),
    pending: new IntList(),
  }
  yield* runRule(rule, NOTHING_KEPT, observerOf(keys, counts))
  const order = yield* sortKeys(counts)
  return {
    length: order.length,
    at: (place) => {
      const id = order[place]!
      return {
        key: keys.tuple(id),
        furthest: counts.furthest.at(id),
        matches: counts.matches.at(id),
        pending: counts.pending.at(id),
      }
    },
  }
}

interface Counts {
  readonly furthest: IntList
  readonly matches: IntList
  readonly pending: IntList
}

/**
 * Whatever is begun ends in one of these ways, or makes room for one that came as far:
 * there is no need to hear of every advance.
 */
const observerOf = (
  keys: KeyTable,
  { furthest, matches, pending }: Counts,
): SequenceObserver => {
  const reach = (key: KeyTuple, rows: readonly Row[]): KeyId => {
    const id = keys.idOf(key)
    for (const list of [furthest, matches, pending]) list.growTo(id + 1)
    if (furthest.at(id) < rows.length) furthest.set(id, rows.length)
    return id
  }
  const add = (list: IntList, id: KeyId): void => list.set(id, list.at(id) + 1)
  return {
    expired: reach,
    cut: reach,
    violated: reach,
    matched: (key, rows) => add(matches, reach(key, rows)),
    waiting: (key, rows) => add(pending, reach(key, rows)),
  }
}

/** Of many keys most have only begun, without a match: these are not compared. */
function* sortKeys({ furthest, matches }: Counts): Generator<void, readonly KeyId[]> {
  const groups = new Map<number, KeyId[]>()
  for (let id = 0; id < furthest.length; id++) {
    const group = groups.get(furthest.at(id))
    if (group) group.push(id)
    else groups.set(furthest.at(id), [id])
  }
  yield
  const sorted: KeyId[] = []
  for (const [, group] of [...groups].sort(([a], [b]) => b - a)) {
    if (group.some((id) => matches.at(id) > 0))
      group.sort((a, b) => matches.at(b) - matches.at(a))
    for (const id of group) sorted.push(id)
    yield
  }
  return sorted
}
