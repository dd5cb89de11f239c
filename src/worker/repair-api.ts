import type { RunFailure } from '../engine/result'
import type { TextEdit } from '../explain/text-edit'
import type { Span } from '../language/ast'
import type { Diagnostic } from '../language/diagnostics'
import type { MatchView, NearMissGroupView, NearMissView, RuleText } from './api'
import type { EventLimits } from './hiding-filter'

/** A near miss and its place in the list. */
export interface PlacedNearMiss {
  readonly place: number
  readonly nearMiss: NearMissView
}

/** Where a near miss stands among the groups, both counted from 0. */
export interface GroupPlace {
  readonly group: number
  /** Its place in that group, nearest first. */
  readonly member: number
}

/** An edit of the rule that makes a near miss match, tried over all loaded events. */
export interface RepairView {
  /** What it is called: `maxspan=6m`. */
  readonly sentence: string
  readonly edits: readonly TextEdit[]
  /** The whole text with the edits made. */
  readonly text: string
  /** Matches that come with the wanted one. */
  readonly others: number
  /** Matches there are no more. */
  readonly lost: number
  /** What speaks against it: keys that come with several machines, processes. */
  readonly note?: string
}

export interface RepairAnswer {
  readonly ruleId: string
  readonly ticket: number
  readonly version: number
  /** Place of the near miss in the list. */
  readonly nearMiss: number
  /** The events that are to match. */
  readonly wanted: readonly number[]
  /** How many edits were tried, of so many there could have been. */
  readonly tried: number
  readonly of: number
  /**
   * Those that make it match: fewest others first, then the smallest; keys that tell
   * little apart last.
   */
  readonly list: readonly RepairView[]
  /** Why there is none, where the list is empty: one sentence. */
  readonly none?: string
  /** Present when there was no memory to try any. */
  readonly failure?: RunFailure
}

/** Two texts to be run over the loaded events; the rule itself is the second. */
export interface CompareRequest extends RuleText, EventLimits {
  readonly before: string
  /** What the first names for time, order and category; absent: what the second does. */
  readonly beforeFields?: Omit<RuleText, 'query'> | undefined
  /** What keeps events from the first; absent: what keeps them from the second. */
  readonly beforeLimits?: EventLimits | undefined
  /** Events of a match to be told first among those gained. */
  readonly wanted?: readonly number[]
}

export type ChangeKind = 'gained' | 'lost' | 'unchanged'

/** A match of one text, and why it is none of the other. */
export interface ChangedMatch {
  readonly match: MatchView
  /** What is responsible in the text that does not match: before if gained, else after. */
  readonly why?: {
    readonly sentence: string
    readonly step?: number
    readonly span?: Span
  }
}

export interface Comparison {
  /** By which its pages are asked for. */
  readonly id: number
  readonly version: number
  readonly counts: Readonly<Record<ChangeKind, number>>
  /** The first pages. */
  readonly lists: Readonly<Record<ChangeKind, readonly ChangedMatch[]>>
}

/** A comparison, or why there is none. */
export type CompareAnswer =
  | { readonly ok: true; readonly comparison: Comparison }
  | {
      readonly ok: false
      readonly problems: readonly Diagnostic[]
      readonly failure?: RunFailure
    }

/** What the page can ask of near misses, and of changes that would mend them. */
export interface RepairApi {
  /** As `nearMisses`, put together by what broke them. */
  nearMissGroups(
    ruleId: string,
    ticket: number,
    from: number,
    count: number,
  ): Promise<readonly NearMissGroupView[] | undefined>
  /** Near misses of one group, by its place in the list of groups. */
  groupMembers(
    ruleId: string,
    ticket: number,
    group: number,
    from: number,
    count: number,
  ): Promise<readonly PlacedNearMiss[] | undefined>
  /** Which group a near miss is of, by its place in the list; undefined when stale. */
  groupOf(
    ruleId: string,
    ticket: number,
    nearMiss: number,
  ): Promise<GroupPlace | undefined>
  /**
   * The smallest edits of the rule's text that make a near miss match, by its place in the
   * list. Undefined when stale, or when those of another have been asked for meanwhile.
   */
  findRepairs(
    ruleId: string,
    ticket: number,
    nearMiss: number,
  ): Promise<RepairAnswer | undefined>
  /** What two texts of a rule match; undefined as above. */
  compare(request: CompareRequest): Promise<CompareAnswer | undefined>
  /** A page of the last comparison; undefined when that is another one now. */
  comparedMatches(
    id: number,
    kind: ChangeKind,
    from: number,
    count: number,
  ): Promise<readonly ChangedMatch[] | undefined>
}
