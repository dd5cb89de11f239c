import type { Scalar } from './column'
import type { Dictionary } from './dictionary'
import type { ObservedColumn } from './observed'
import type { Row } from './row-set'

/** A column that still takes rows, in ascending order. */
export interface GrowingColumn extends ObservedColumn {
  put(row: Row, scalar: Scalar): void
  /** At least one scalar; of several nulls the first is kept. */
  putList(row: Row, scalars: readonly Scalar[]): void
  /** Of all it holds but timestamps kept as numbers. */
  readonly dictionary: Dictionary
  /** Adds rows of one block, given by their offsets in it, with codes of the dictionary. */
  appendCodes(block: number, offsets: Uint16Array, codes: Uint32Array): void
  /**
   * A copy with only the rows that `newRow` gives a place; others are GONE or beyond it.
   * Pauses every few milliseconds, and needs a column that does not change meanwhile;
   * where it does not come to its end, nothing is left of the copy.
   */
  copyRows(newRow: Uint32Array): Generator<void, GrowingColumn>
}
export const GONE = 0xffffffff
/** Rows copied between two pauses. */
export const COPIED = 1 << 15
