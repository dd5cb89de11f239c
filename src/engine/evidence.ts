import type { Scalar } from '../events/column'
import type { Span } from '../language/ast'

export type Truth = true | false | null

/**
 * What one node of a condition came to on one event. `truth` is the node's own value
 * (null where its inside was null); a parent sees null leaves as false (language.md 3.1).
 */
export interface Evidence extends Span {
  readonly kind: 'and' | 'or' | 'not' | 'leaf' | 'category'
  readonly truth: Truth
  /** The field values that decided a leaf: the element that made it true, else all that failed. */
  readonly values?: readonly {
    readonly field: string
    readonly value: Scalar | undefined
  }[]
  readonly children: readonly Evidence[]
}
