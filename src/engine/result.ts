import type { Scalar } from '../events/column'
import type { Row } from '../events/row-set'
import type { LateList } from './late-list'

/** Stands where a missing step has no event. */
export const MISSING = -1

/** One answer: an event, a sequence or a sample. */
export interface Match {
  /** A row per step, in step order (`runs` written out); MISSING for a missing step. */
  readonly rows: readonly (Row | typeof MISSING)[]
  /** In key order, global keys first; absent when the query has no `by`. */
  readonly joinKeys?: readonly Scalar[]
}

/**
 * How many got how far. One entry a stage, in order: events, every step, then for
 * sequences joined (last step reached with one key), in time, matched.
 */
export interface FunnelStage {
  readonly stage: 'events' | 'step' | 'joined' | 'in-time' | 'matched'
  /** For `step`: 1-based number of the step as written. */
  readonly step?: number
  readonly count: number
}

/** Limits of one run, as `_eql/search` has them (language.md 7.2, 8.1). */
export interface RunLimits {
  /** How many matches to return; Infinity for all. */
  readonly size: number
  readonly resultPosition: 'head' | 'tail'
  readonly maxSamplesPerKey: number
}

export interface RunResult {
  readonly kind: 'events' | 'sequence' | 'sample'
  readonly matches: LateList<Match>
  /** Matches before `size` and pipes cut them. */
  readonly found: number
  readonly funnel: readonly FunnelStage[]
  /** What looking for missing steps took, ms of work; of a sequence with such steps. */
  readonly missingMs?: number
  /** Sentences about what was left out or capped; empty when the answer is whole. */
  readonly notes: readonly string[]
}

/** A run that failed on the data, such as a division by zero (language.md 8.3). */
export interface RunFailure {
  readonly type: string
  readonly status: 400 | 500
  readonly reason: string
}
