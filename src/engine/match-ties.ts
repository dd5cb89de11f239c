import type { LateList } from './late-list'
import { keyOf } from './match-key'
import { MISSING, type Match } from './result'
import { replayKey, type SequenceRule } from './sequence'
import { hasTiesBetween, reverseTies } from './tie-order'

/** What a match owes to the order in which tied events were loaded. */
export interface MatchTies {
  /** All matches of its join key, were tied events the other way round. */
  readonly others: LateList<Match>
}

/**
 * Whether a match hangs on events of equal time that no tiebreaker puts in order: undefined
 * when it is found in either order. `match` is one of that rule's. Where no events are tied
 * from its first to its last, that is told at once; else the events of its key are run
 * through in the other order. Yields every few thousand events.
 */
export function* findTies(
  rule: SequenceRule,
  match: Match,
): Generator<void, MatchTies | undefined> {
  const { order } = rule
  const ranks = match.rows.flatMap((row) => (row === MISSING ? [] : [order.rank[row]!]))
  if (!hasTiesBetween(order, ranks[0]!, ranks.at(-1)!)) return undefined
  const reversed = yield* reverseTies(order)
  const others = yield* replayKey({ ...rule, order: reversed }, keyOf(rule, match), {})
  for (const { rows } of others)
    if (rows.every((row, at) => row === match.rows[at])) return undefined
  return { others }
}
