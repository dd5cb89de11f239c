import type { Scalar } from '../events/column'
import type { Row } from '../events/row-set'
import type { Span } from '../language/ast'
import type { Fault } from './finding'

/** The causes of a non-match; the names are the page's contract (`data-cause`). */
export type Cause =
  | 'maxspan'
  | 'key'
  | 'key-null'
  | 'order'
  | 'condition'
  | 'null'
  | 'until'
  | 'missing'
  | 'replaced'
  | 'runs'
  | 'category'

/** Something that almost matched, and the one thing that broke it. */
export interface NearMiss {
  readonly cause: Cause
  /** The cause with its numbers. */
  readonly fault: Fault
  /** 1-based number, as written, of the step that failed. */
  readonly step: number
  /** A row per step as written, in order; undefined where nothing was found. */
  readonly rows: readonly (Row | undefined)[]
  /** The events it has, one for every positive step, `runs` written out. */
  readonly events: readonly Row[]
  /** The event that broke it or fell short. */
  readonly culprit: Row
  readonly joinKeys: readonly { readonly name: string; readonly value: Scalar }[]
  /** One whole sentence with the number that matters. */
  readonly sentence: string
  /** The number itself, in a few characters: `+40 s`, `1 of 7`, `absent`. */
  readonly slack: string
  /** Where in the query text the broken thing stands. */
  readonly span: Span
  /** The term of an event query that it fails: known before the rest is told. */
  readonly failed?: Span | undefined
}

export interface NearMisses {
  readonly list: readonly NearMiss[]
  /** Set when the search stopped at its cap: how many candidates were looked at, of how many. */
  readonly capped?: { readonly examined: number; readonly of: number }
}
