import type { Match, RunResult } from '../engine/result'
import { MISSING } from '../engine/result'

/** The matches of two runs side by side, as places in their lists. */
export interface MatchDifference {
  /** In the second run only. */
  readonly gained: readonly number[]
  /** In the first run only. */
  readonly lost: readonly number[]
  /** In both, as places in the second. */
  readonly unchanged: readonly number[]
}

const PAUSE = 4096

/** Two matches are one when they have the same events in the same order. */
export const identityOf = ({ rows }: Pick<Match, 'rows'>): string | number => {
  const [first] = rows
  if (rows.length === 1 && first !== undefined) return first
  return rows.filter((row) => row !== MISSING).join(' ')
}

/** What a run found, to be compared with others; yields every few thousand matches. */
export function* readIdentities(
  matches: Iterable<Match>,
): Generator<void, readonly (string | number)[]> {
  const identities: (string | number)[] = []
  for (const match of matches) {
    identities.push(identityOf(match))
    if (identities.length % PAUSE === 0) yield
  }
  return identities
}

/** Yields every few thousand matches. */
export function* compareMatches(
  before: readonly (string | number)[],
  after: RunResult['matches'],
): Generator<void, MatchDifference> {
  const found = yield* readIdentities(after)
  const known = new Set(before)
  yield
  const now = new Set(found)
  yield
  const gained: number[] = []
  const unchanged: number[] = []
  const lost: number[] = []
  for (const [place, identity] of found.entries())
    (known.has(identity) ? unchanged : gained).push(place)
  yield
  for (const [place, identity] of before.entries())
    if (!now.has(identity)) lost.push(place)
  return { gained, lost, unchanged }
}
