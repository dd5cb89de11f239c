import type { Row, RowSet } from '../events/row-set'
import type { Evidence, Truth } from './evidence'
import { EvaluationFailure } from './failure'

/**
 * A smallest boolean expression: what is left when a condition is cut at `and`, `or` and
 * `not` (language.md 3.1). Its truth is null where its inside was null.
 */
export interface Leaf {
  /** Equal leaves of all rules are one, and have one number. */
  readonly id: number
  /** Rough effort of asking it of one content; Infinity when it may fail. */
  readonly effort: number
  /** How many different contents it tells apart at most. */
  readonly contents: number
  readonly cost: LeafEffort
  /**
   * Those of the candidates for which it is true, in pieces of some milliseconds.
   * @throws EvaluationFailure
   */
  rowsAmong(candidates: RowSet): Generator<void, RowSet>
  /** Those of the candidates for which it is null, or cannot be computed. */
  nullsAmong(candidates: RowSet): Generator<void, RowSet>
  /** @throws EvaluationFailure */
  truthAt(row: Row): Truth
  /** Whether some event so far held too many values to try them in every combination. */
  isCapped(): boolean
  /** The values that made it true, else all that failed. */
  valuesAt(row: Row): NonNullable<Evidence['values']>
}

/** Null where it cannot be computed: the run has reported that, if it came that far. */
export function truthOrNull(judge: () => Truth): Truth {
  try {
    return judge()
  } catch (error) {
    if (error instanceof EvaluationFailure) return null
    throw error
  }
}

/** What a leaf has cost so far. */
export class LeafEffort {
  ms = 0
  contents = 0
  /** Milliseconds since the last pause. */
  private running = 0

  /** Notes that so many contents were judged since `started`. */
  add(contents: number, started: number): void {
    const ms = performance.now() - started
    this.contents += contents
    this.ms += ms
    this.running += ms
  }

  /** Whether it is time for a pause; if so, the time until the next begins. */
  isPauseDue(): boolean {
    if (this.running < PAUSE_MS) return false
    this.running = 0
    return true
  }
}
const PAUSE_MS = 4
