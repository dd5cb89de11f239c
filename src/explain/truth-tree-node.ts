import type { Evidence, Truth } from '../engine/evidence'
import type { Span } from '../language/ast'
import type { Trap } from './traps-wording'
import type { NullReason } from './truth-tree-null'
import type { ShownValue } from './truth-tree-values'

/**
 * What one node of a condition came to on one event, ready to be shown. Leaves are where
 * the condition is cut at `and`, `or` and `not` (language.md 3.1).
 */
export interface TruthNode extends Span {
  readonly kind: Evidence['kind']
  readonly truth: Truth
  /** Known before any event was looked at, such as `?field : "x"` of an unmapped field. */
  readonly isConstant: boolean
  /** The stretch of the query that it stands for. */
  readonly text: string
  /** Of a leaf: what the event holds in the fields it asks about. */
  readonly values: readonly ShownValue[]
  /** Present where `truth` is null. */
  readonly whyNull?: NullReason
  readonly traps: readonly Trap[]
  readonly children: readonly TruthNode[]
  /** How many more children there are that the folded tree leaves out. */
  readonly hidden: number
}
