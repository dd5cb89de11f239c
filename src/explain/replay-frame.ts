import type { KeyTuple } from '../engine/observer'
import type { Row } from '../events/row-set'
import type { Shortfall } from './shortfall'

/**
 * What became of the events of one join key, event by event, as the machine took them
 * (language.md 5.4–5.7). Places are those of the positive steps, 0-based, `runs` written
 * out; missing steps have the number they are written at.
 */
export interface Replay {
  readonly key: KeyTuple
  /** In the order of time. */
  readonly frames: readonly Frame[]
  /** Where the frames begin among all there are of the key, and how many these are. */
  readonly from: number
  readonly of: number
}

/** One event of the key. */
export interface Frame {
  readonly row: Row
  /** What it did or did not do, in the order in which that happened; never empty. */
  readonly deeds: readonly Deed[]
  /** What is pending after it, first place first. The same list as long as nothing changes. */
  readonly pending: readonly Pending[]
}

/** A sequence that waits for the step at the place after its last event. */
export interface Pending {
  /** One per positive step so far. */
  readonly rows: readonly Row[]
  /** Until came after its last event: it can go no further, though it stays in its place. */
  readonly until?: Row | undefined
}

export type Deed =
  | { readonly kind: 'opened'; readonly rows: readonly Row[] }
  | { readonly kind: 'advanced'; readonly rows: readonly Row[] }
  /** These waited where the sequence opened or advanced now waits. */
  | { readonly kind: 'replaced'; readonly rows: readonly Row[] }
  | { readonly kind: 'expired'; readonly rows: readonly Row[]; readonly overMs: number }
  | { readonly kind: 'cut'; readonly rows: readonly Row[]; readonly until: Row }
  | { readonly kind: 'matched'; readonly rows: readonly Row[] }
  /** Complete, but `witness` satisfies a missing step (as written, 0-based). */
  | {
      readonly kind: 'violated'
      readonly rows: readonly Row[]
      readonly step: number
      readonly witness: Row
    }
  /** It satisfies until; so many pending sequences can go no further. */
  | { readonly kind: 'until'; readonly ends: number }
  /** It satisfies a missing step (as written, 0-based), for which these are refused. */
  | { readonly kind: 'witness'; readonly rows: readonly Row[]; readonly step: number }
  /** It satisfies a missing step for which nothing is refused. */
  | { readonly kind: 'quiet'; readonly step: number }
  /** It satisfies the step at that place, for which nothing waits. */
  | { readonly kind: 'unused'; readonly place: number }
  /** It satisfies no step with this key. */
  | ({ readonly kind: 'outside' } & Shortfall)
