import type { RowList } from './row-list'
import type { Row } from './row-set'

/**
 * A JSON value with nothing inside it. Integers beyond ±2^53 are bigint, so that
 * they keep their value. `null` is an explicit null in the event; a field that is
 * simply not there has no scalar at all.
 */
export type Scalar = string | number | bigint | boolean | null

/** Points into the dictionary of one column; 1-based, 0 means "no value". */
export type Code = number

/** Codes, as wide as the largest needs. */
export type CodeArray = Uint8Array | Uint16Array | Uint32Array

/**
 * One field of all events, dictionary-encoded: equal contents have one code, but for a
 * few in fields where nearly all differ, such as ids. An array is one content too, of
 * several scalars, so every row has one code and a test over "any element" still runs
 * once per distinct content.
 */
export interface Column {
  /** Dotted path, such as `process.name`. */
  readonly name: string
  /** Codes handed out so far: 1 … size are valid. */
  readonly size: number
  /**
   * Where handing out codes is much work: does it, pausing every few milliseconds. Who
   * does not ask for this gets it done at once by whatever else is asked of codes.
   */
  prepare?(): Generator<void, void>
  /** The scalars a code stands for: one, or the elements of an array, flattened. */
  scalars(code: Code): readonly Scalar[]
  /**
   * Where contents lie as bytes, and this is quicker than `scalars`: what a code stands for
   * if it is one whole number from 0 of at most 15 digits, or a text of them. Undefined for
   * all else, also for arrays.
   */
  smallInteger?(code: Code): number | undefined
  /** Whether the code was given to an array in the event (kept to show it as one). */
  isArray(code: Code): boolean
  /** The code of a row, 0 where the event lacks the field. */
  codeAt(row: Row): Code
  /** Visits every row of `from` … `to`-1 that has the field, rows ascending. */
  forEach(visit: (row: Row, code: Code) => void, from?: Row, to?: Row): void
  /**
   * Quicker than visiting: writes the code of each row of `from` … `to`-1 that has the
   * field to the place of the row less `from`. `into` holds 0 before, and is wide enough
   * for `size`.
   */
  copyCodes(into: CodeArray, from: Row, to: Row): void
  /** Writes the code of each row. Quickest where rows that follow one another are near. */
  readCodes(rows: Readonly<RowList>, into: CodeArray | Int32Array): void
  /** As its dictionary has it; what comes later may be no text. */
  texts?(): TextBytes | undefined
  /** A code of a single scalar if any event holds just that, else 0. */
  codeOf(scalar: Scalar): Code
}

/**
 * What can be asked of contents that lie as bytes without making them JavaScript values.
 * All of them are texts, or lists of texts.
 */
export interface TextBytes {
  /**
   * Writes sketches of the codes `from` … `to` of one group of 1,024, all that come before
   * in it or none: a bit, of 128, for every pair of neighbouring bytes in its texts as JSON,
   * quotes included, A to Z in lower case. The bit of a pair is what `pairBit` says. They
   * lie bit by bit, of every 32 codes a word, as many words as `to` needs.
   */
  sketch(from: Code, to: Code, into: Int32Array): void
  /** Tells the hashes of each text of the codes `from` … `to`. */
  forEachHash(from: Code, to: Code, visit: VisitHash): void
  /** Where a text lies now, until the next is put there. */
  put(text: string): number
  hashAt(place: number, anyCase: boolean): number
  /** Whether there is one text at both places, in just this or in any ASCII case. */
  areSame(place: number, other: number, anyCase: boolean): boolean
  /** Whether a text of the content matches; the code is not 0. */
  matches(code: Code, patterns: TextPatterns): boolean
}

/**
 * `place`: where a text of the code lies, as long as the column is there; `anyCase`: a hash
 * that all texts share which are one but for ASCII case.
 */
export type VisitHash = (code: Code, place: number, hash: number, anyCase: number) => void

/** Wildcard patterns for texts that lie as bytes, one of which must match. */
export interface TextPatterns {
  /** As assembly/patterns.ts reads them: at most 128, in PATTERN_BYTES of UTF-8. */
  readonly program: string
  /** Whether A to Z match a to z, being in lower case here. */
  readonly anyCase: boolean
}
