import type { ExpectedMiss, RuleTest, TestOutcome } from './test-case'
import { wording } from './wording'

/**
 * What of an outcome is not as the case expects, a plain sentence each; none when the
 * case passes (rules.md 5.2).
 */
export function judgeTest(wanted: RuleTest, found: TestOutcome): readonly string[] {
  const { expect, error = '' } = wanted
  if (expect === 'error') return judgeError(error, found.error)
  if (found.error) return [wording.anError(found.error)]
  return [
    ...judgeVerdict(wanted, found.matches),
    ...judgeCount(wanted.count, found.matches),
    ...judgeMatches(wanted, found.matches),
    ...judgeMisses(wanted.nearMisses, found.nearMisses),
  ]
}

type Ids = readonly string[]

function judgeError(part: string, error: string): Ids {
  if (error === '') return [wording.noError(part)]
  return error.includes(part) ? [] : [wording.otherError(part, error)]
}

/** Where matches are listed, each that is lost is told for itself. */
function judgeVerdict({ expect, matches = [] }: RuleTest, found: readonly Ids[]): Ids {
  if (expect === 'none') return found.length > 0 ? [wording.aMatch(found)] : []
  return found.length > 0 || matches.length > 0 ? [] : [wording.noMatch()]
}

const judgeCount = (count: number | undefined, { length }: readonly Ids[]): Ids =>
  count === undefined || count === length ? [] : [wording.otherCount(count, length)]

/** A match is known by its ids in their order; of two alike, each counts. */
function judgeMatches({ matches, atLeast, not }: RuleTest, found: readonly Ids[]): Ids {
  const rest = new Map<string, number>()
  for (const ids of found) count(rest, ids, 1)
  const lost = (matches ?? []).filter((ids) => count(rest, ids, -1) < 0)
  const over = found.filter((ids) => (rest.get(keyOf(ids)) ?? 0) > 0)
  const matched = new Set(found.flat())
  return [
    ...lost.map(wording.matchLost),
    ...(matches && matches.length > 0 && !atLeast ? over.map(wording.matchTooMany) : []),
    ...(not ?? []).filter((id) => matched.has(id)).map(wording.isInMatch),
  ]
}

const keyOf = (ids: Ids): string => JSON.stringify(ids)

/** Adds to what is counted of such a match, and says how many there are then. */
function count(counts: Map<string, number>, ids: Ids, by: number): number {
  const sum = (counts.get(keyOf(ids)) ?? 0) + by
  counts.set(keyOf(ids), sum)
  return sum
}

const judgeMisses = (
  wanted: readonly ExpectedMiss[],
  found: readonly ExpectedMiss[],
): Ids => {
  const told = new Set(found.map(({ cause, culprit }) => `${cause} ${culprit}`))
  return wanted
    .filter(({ cause, culprit }) => !told.has(`${cause} ${culprit}`))
    .map(({ cause, culprit }) => wording.missLost(cause, culprit))
}
