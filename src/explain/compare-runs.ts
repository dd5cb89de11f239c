import { EvaluationFailure } from '../engine/failure'
import { MISSING, type Match, type RunFailure, type RunResult } from '../engine/result'
import { runRule } from '../engine/run'
import type { Row } from '../events/row-set'
import { explainAbsence, prepareAbsences, type AbsenceWorld } from './absent-match'
import { compareMatches, readIdentities, type MatchDifference } from './compare-matches'
import type { Absence } from './absent-match'
import type { BoundText } from './repair'
import { prepareAll } from './repairs'

/** Two runs side by side, and why each match of the one is none of the other. */
export interface RunComparison extends MatchDifference {
  readonly before: RunResult
  readonly after: RunResult
  /** Why a match of the second run was none in the first. */
  readonly whyGained: (match: Match) => Absence
  /** Why a match of the first run is none in the second. */
  readonly whyLost: (match: Match) => Absence
}

const ALL = { size: Infinity, resultPosition: 'tail', maxSamplesPerKey: 1 } as const

/**
 * Runs two texts over the same events and compares what they match. `wanted`: events of
 * a match that is told first among those gained. Yields as runs do.
 */
export function* compareRuns(
  before: BoundText,
  after: BoundText,
  wanted: readonly Row[] = [],
): Generator<void, RunComparison | { readonly failure: RunFailure }> {
  try {
    const first = yield* runWhole(before)
    const second = yield* runWhole(after)
    const known = yield* readIdentities(first.matches)
    const found = yield* compareMatches(known, second.matches)
    const [old, now] = [
      yield* prepareAbsences(before.query, before.rule),
      yield* prepareAbsences(after.query, after.rule),
    ]
    return {
      ...found,
      gained: wantedFirst(found.gained, second, wanted),
      before: first,
      after: second,
      whyGained: (match) => whyNot(old, match),
      whyLost: (match) => whyNot(now, match),
    }
  } catch (error) {
    if (error instanceof EvaluationFailure) return { failure: error.failure }
    throw error
  }
}

function* runWhole({ rule }: BoundText): Generator<void, RunResult> {
  yield* prepareAll(rule)
  return yield* runRule(rule, ALL)
}

const whyNot = (world: AbsenceWorld, { rows }: Match): Absence =>
  explainAbsence(
    world,
    rows.filter((row) => row !== MISSING),
  )

const wantedFirst = (
  gained: readonly number[],
  { matches }: RunResult,
  wanted: readonly Row[],
): readonly number[] => {
  if (wanted.length === 0) return gained
  const at = gained.findIndex((place) => {
    const [match] = matches.slice(place, place + 1)
    return wanted.every((row) => match?.rows.includes(row))
  })
  return at > 0 ? [gained[at]!, ...gained.toSpliced(at, 1)] : gained
}
