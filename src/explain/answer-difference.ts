import type { Match, MISSING, RunResult } from '../engine/result'
import type { Row } from '../events/row-set'
import { identityOf } from './compare-matches'

/** A result of another engine: our row of each of its events; undefined: we have it not. */
export type ToldMatch = readonly (Row | typeof MISSING | undefined)[]

/** What another engine answered beside what ours did, as places in their lists. */
export interface AnswerDifference {
  readonly equal: number
  /** Theirs that ours lacks. */
  readonly missing: readonly number[]
  /** Ours that theirs lacks, but for those that are `cut`; the first of them. */
  readonly extra: readonly number[]
  readonly extraCount: number
  /**
   * Ours that lie before all they share, or behind, where theirs told as many as it may
   * have been asked for.
   */
  readonly cut: number
}

/** Places of extra results that are kept. */
const KEPT = 1000
const PAUSE = 4096

/**
 * The same match twice on one side is equal to two on the other, not to one. Yields every
 * few thousand matches.
 */
export function* compareAnswers(
  ours: RunResult['matches'],
  told: readonly ToldMatch[],
): Generator<void, AnswerDifference> {
  const waiting = placeTold(told)
  const extra: number[] = []
  let [first, last, at] = [-1, -1, 0]
  for (const match of ours) {
    if (at % PAUSE === PAUSE - 1) yield
    if (waiting.get(identityOf(match))?.shift() === undefined) extra.push(at)
    else {
      if (first < 0) first = at
      last = at
    }
    at++
  }
  const equal = ours.length - extra.length
  const missing = findLeft(told, waiting)
  const isFull = equal > 0 && told.length % TENS === 0
  const rest = isFull ? withoutCut(extra, first, last) : extra
  return {
    equal,
    missing,
    extra: rest.slice(0, KEPT),
    extraCount: rest.length,
    cut: extra.length - rest.length,
  }
}

/** How many a search tells is asked for in tens, and 10 if it is not asked for. */
const TENS = 10

/** By default the last are told; of those asked for from the head, the first. */
function withoutCut(extra: readonly number[], first: number, last: number) {
  const behind = extra.filter((place) => place > first)
  return behind.length < extra.length ? behind : extra.filter((place) => place < last)
}

function placeTold(told: readonly ToldMatch[]): Map<string | number, number[]> {
  const places = new Map<string | number, number[]>()
  for (const [place, rows] of told.entries()) {
    if (!isWhole(rows)) continue
    const name = identityOf({ rows })
    const same = places.get(name)
    if (same) same.push(place)
    else places.set(name, [place])
  }
  return places
}

const isWhole = (rows: ToldMatch): rows is Match['rows'] =>
  rows.every((row) => row !== undefined)

function findLeft(
  told: readonly ToldMatch[],
  waiting: ReadonlyMap<string | number, readonly number[]>,
): readonly number[] {
  const left = new Set([...waiting.values()].flat())
  return told.flatMap((rows, place) => (left.has(place) || !isWhole(rows) ? [place] : []))
}
