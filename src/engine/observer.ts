import type { Row } from '../events/row-set'
import type { KeyValue } from './plan'

/** Join key of a pending sequence; null where an optional key has no value. */
export type KeyTuple = readonly (KeyValue | null)[]

/**
 * What a run may report of every pending sequence. `rows` are the events it holds
 * at that moment, one per positive step so far. All calls come in time order.
 * Nothing is spent on this when no observer is given.
 */
export interface SequenceObserver {
  opened?(key: KeyTuple, rows: readonly Row[]): void
  advanced?(key: KeyTuple, rows: readonly Row[]): void
  /** A newer sequence took the place of this one, `by` being the event that did it. */
  replaced?(key: KeyTuple, rows: readonly Row[], by: Row): void
  /** `by` would have been the next step, `overMs` too late. */
  expired?(key: KeyTuple, rows: readonly Row[], by: Row, overMs: number): void
  /** `by` would have been the next step, but `until` came before it. */
  cut?(key: KeyTuple, rows: readonly Row[], by: Row, until: Row): void
  /** All positive steps were there, but `witness` satisfies missing step `step` (0-based, written). */
  violated?(key: KeyTuple, rows: readonly Row[], step: number, witness: Row): void
  matched?(key: KeyTuple, rows: readonly Row[]): void
  /** Still pending when the events ran out. */
  waiting?(key: KeyTuple, rows: readonly Row[]): void
}
