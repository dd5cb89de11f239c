import type { Row, RowSet } from '../events/row-set'
import type { Evidence, Truth } from './evidence'

/**
 * A smallest boolean expression: what is left when a condition is cut at `and`, `or` and
 * `not` (language.md 3.1). Its truth is null where its inside was null.
 */
export interface Leaf {
  /** Rough effort of asking it of every event; only for putting cheap ones first. */
  readonly effort: number
  /** Those of the candidates for which it is true. @throws EvaluationFailure */
  rowsAmong(candidates: RowSet): RowSet
  /** @throws EvaluationFailure */
  truthAt(row: Row): Truth
  /** Whether some event so far held too many values to try them in every combination. */
  isCapped(): boolean
  /** The values that made it true, else all that failed. */
  valuesAt(row: Row): NonNullable<Evidence['values']>
}
