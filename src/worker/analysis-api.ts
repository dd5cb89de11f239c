import type { Exclusion, ExclusionCount, ExclusionPart } from '../explain/exclusion-audit'

/** What an excluding clause is good for, as numbers; `EventListQuery.exclusion` lists them. */
export interface ExclusionView extends Omit<Exclusion, 'rows' | 'parts'> {
  readonly parts: readonly Omit<ExclusionPart, 'rows'>[]
}

/** Events that a count of an audit is of, once `auditExclusions` has answered. */
export interface ExcludedEvents {
  readonly ruleId: string
  readonly ticket: number
  /** Place of the clause in the audit, and of one of its parts. */
  readonly clause: number
  readonly part?: number
  readonly count: ExclusionCount
}

/** When the events of many matches or near misses were, a row of numbers for each. */
export interface ResultTimes {
  /** In all; no more than a cap of them are told. */
  readonly count: number
  /** Numbers a row has: one for every event of a match, `runs` written out. */
  readonly width: number
  /** By place in a row: 1-based number of the step as written. */
  readonly steps: readonly number[]
  /** Epoch ms; NaN for a missing step, or without a usable time. */
  readonly times: Float64Array
}

/** All that a rule found, in time. */
export interface RuleTimes {
  readonly matches: ResultTimes
  /** Those found so far. */
  readonly nearMisses: ResultTimes
}
