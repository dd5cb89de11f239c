import type { MatchView } from './api'
import type { PlacedNearMiss } from './repair-api'

/** A run whose answer is asked about. */
export interface AskedRun {
  readonly ruleId: string
  readonly ticket: number
}

/** Over which sources the matches, or the near misses, of one rule are spread. */
export interface Spread {
  /**
   * By place of the source in the answer: how many hold at least one of its events. What
   * holds events of several sources counts with each, so the sum may be more than all.
   */
  readonly counts: readonly number[]
  /** How many hold events of several sources. */
  readonly across: number
}

export interface RunSpread extends AskedRun {
  readonly matches: Spread
  /** Absent until they have been looked for. */
  readonly nearMisses?: Spread
}

export interface BoardAnswer {
  /** Ids of the sources that are in. */
  readonly sources: readonly string[]
  /** Of the runs asked about those that are kept. */
  readonly runs: readonly RunSpread[]
}

/** A match and its place in the list of all. */
export interface PlacedMatch {
  readonly place: number
  readonly match: MatchView
}

/** A source by its id; undefined: results with events of several sources. */
export type SourceOfResults = string | undefined

/** The results of one kind of a run that hold events of one source: how many, and a page. */
export interface ResultsOfSource {
  readonly count: number
  readonly matches: readonly PlacedMatch[]
  readonly nearMisses: readonly PlacedNearMiss[]
}

/** What the page can ask of rules by sources. Nothing is run anew for it. */
export interface BoardApi {
  /** Undefined when the events have changed, or another board has been asked for. */
  countBySource(runs: readonly AskedRun[]): Promise<BoardAnswer | undefined>
  /** Undefined when that run is kept no more, or others have been asked for meanwhile. */
  resultsOfSource(
    run: AskedRun,
    kind: 'match' | 'near-miss',
    source: SourceOfResults,
    from: number,
    count: number,
  ): Promise<ResultsOfSource | undefined>
}
