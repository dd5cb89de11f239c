import type { Code, Scalar, TextBytes } from './column'
import type { ObservedTypes } from './observed'

/**
 * The contents of one field: content to code and back. Contents are told apart by type
 * too: the text `1` is not the number 1. Equal ones share a code, but for a few in
 * fields where nearly all differ.
 */
export interface Dictionary {
  readonly size: number
  readonly observed: ObservedTypes
  /** The code of a scalar, new if need be. */
  intern(scalar: Scalar): Code
  /** The code of an array. Of its nulls the first is kept: a `null_value` may stand in. */
  internList(scalars: readonly Scalar[]): Code
  /** Interns what `code` means in another dictionary of the same make. */
  copyFrom(other: Dictionary, code: Code): Code
  /** The scalars of a content; none for a code that was not handed out. */
  scalars(code: Code): readonly Scalar[]
  /** As `Column.smallInteger`. */
  smallInteger?(code: Code): number | undefined
  isArray(code: Code): boolean
  /** Where contents lie as bytes and all of them are texts: what can be asked of those. */
  texts?(): TextBytes | undefined
  /** A code of a scalar that some event holds alone, else 0. */
  codeOf(scalar: Scalar): Code
  /** A new dictionary of the same make. */
  makeEmpty(): Dictionary
  /** Gives back what it holds; from now on it is empty. */
  drop(): void
}

/** Makes the dictionary of a new column; of timestamps, only odd ones come into it. */
export type MakeDictionary = (isTime: boolean) => Dictionary

/** The scalars of an array as they are kept: of nulls the first. */
export function withoutLaterNulls(scalars: readonly Scalar[]): readonly Scalar[] {
  const first = scalars.indexOf(null)
  return first < 0 ? scalars : scalars.filter((s, i) => s !== null || i === first)
}
