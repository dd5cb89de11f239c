import type { Span } from '../language/ast'
import type { MissingStep, NamedKey } from './api'

/** An event in the answer of a cluster, by what it is called there. */
export interface ToldEvent {
  readonly id: string
  readonly index: string
}

/** The answer of a cluster to the search of a rule that has been run here. */
export interface ClusterQuestion {
  readonly ruleId: string
  readonly ticket: number
  /** The text of the answer, which holds the events too. */
  readonly answer: Blob
  /** Its results in their order; undefined stands for a missing step. */
  readonly matches: readonly (readonly (ToldEvent | undefined)[])[]
  readonly kind: 'events' | 'sequences'
  /** It was not told whole. */
  readonly isPartial: boolean
  /** The index patterns of the rule. */
  readonly patterns: readonly string[]
}

/** One event of a result that is on one side alone. */
export interface DifferentEvent {
  /** 1-based, as written. */
  readonly step: number
  readonly eventId: string
  /** Epoch ms; NaN without a usable timestamp. */
  readonly time: number
  readonly category: string
  /** Absent when it is not loaded here. */
  readonly row?: number
}

export interface DifferenceReason {
  readonly sentence: string
  readonly step?: number
  /** What is responsible in the text of the rule. */
  readonly span?: Span
  /** The event that it is of. */
  readonly row?: number
}

/** A result that is on one side alone, and why; at least one reason. */
export interface DifferentMatch {
  readonly steps: readonly (DifferentEvent | MissingStep)[]
  readonly joinKeys: readonly NamedKey[]
  readonly reasons: readonly DifferenceReason[]
}

/** The answer of a cluster beside ours. */
export interface ClusterComparison {
  readonly ruleId: string
  readonly ticket: number
  /** Distinct events in the answer, and those of them that are loaded here. */
  readonly events: number
  readonly known: number
  /** Results in the answer. */
  readonly told: number
  readonly equal: number
  /** What the cluster has and we have not: how many, and the first of them. */
  readonly missing: DifferentMatches
  /** What we have and the cluster has not. */
  readonly extra: DifferentMatches
  /** Ours beyond what was told, where the answer may be cut by its size. */
  readonly cut: number
  /** Sentences about the whole. */
  readonly notes: readonly string[]
}
export interface DifferentMatches {
  readonly count: number
  readonly list: readonly DifferentMatch[]
}

/** What is asked of the engine when a cluster has answered too. */
export interface ClusterApi {
  /**
   * Undefined when the run with that ticket is kept no more, or another answer has been
   * brought meanwhile.
   */
  compareAnswer(question: ClusterQuestion): Promise<ClusterComparison | undefined>
}
