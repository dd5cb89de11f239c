import type { Code, Column, Scalar } from '../events/column'
import type { Row, RowSet } from '../events/row-set'
import type { TimeOrder } from '../events/table'
import type { Pipe, Span } from '../language/ast'
import type { Evidence } from './evidence'
import type { KeySpace, RowNumbers } from './key-rows'

/**
 * A `category where condition`, bound to the events of one table version. The same
 * leaves serve both modes: `rows` answers for all events over columns, `evidence`
 * tells of one event what every node came to.
 */
export interface Condition extends Span {
  /** Active rows that satisfy it. Computed once, then kept. */
  rows(): RowSet
  /** Computes what `rows` answers in pieces of some 10 ms; `rows` is free afterwards. */
  prepare(): Generator<void, RowSet>
  /** What its leaves have cost so far in this table version, as written. */
  costs(): readonly LeafCost[]
  evidence(row: Row): Evidence
  /** Whether some event held too many values to try them in every combination. */
  isCapped(): boolean
  /** The category first (unless `any`), then every term of the top-level `and`. */
  readonly terms: readonly Term[]
  /** Folded to a constant at plan time: false and null mean no event ever satisfies it. */
  readonly constant?: boolean | null
}

/** One term of a condition's top-level conjunction. */
export interface Term extends Span {
  readonly kind: 'category' | 'clause'
  /** Active rows for which the term is true. */
  rows(): RowSet
  /** As that of the condition. */
  prepare(): Generator<void, RowSet>
  /** Those of these active rows for which it is true; what is dear is asked of no others. */
  among(candidates: RowSet): Generator<void, RowSet>
  /** Rough effort of asking it: whoever asks several terms begins with the least. */
  readonly effort: number
  /** Those of these rows that are active and for which the term is null (language.md 3.1). */
  nulls(among: RowSet): RowSet
  /** The same in pieces of some 10 ms. */
  findNulls(among: RowSet): Generator<void, RowSet>
  /** What an `and`, `or` or `not` joins, itself terms; none of a single test. */
  readonly operands: readonly Term[]
  evidence(row: Row): Evidence
}

/** The effort that went into one leaf, shared by all rules that have the same. */
export interface LeafCost extends Span {
  /** Milliseconds spent judging. */
  readonly ms: number
  /** Distinct contents judged; of leaves over several fields, distinct combinations. */
  readonly contents: number
}

/** Reads the values of one `by` field, made comparable across steps. */
export interface JoinKey {
  readonly name: string
  readonly optional: boolean
  /** The row's key values; empty when it has none. Equal values are `===` equal. */
  valuesAt(row: Row): readonly KeyValue[]
  /** The same as numbers that all join keys over a table share. */
  readonly numbers: KeyNumbers
  /** A value as Elasticsearch shows it in `join_keys` (language.md C: dates differ by query). */
  print(value: KeyValue): PrintedKey
  /** Order of values that is not that of their texts or numbers: addresses, versions. */
  readonly compare?: ((a: KeyValue, b: KeyValue) => number) | undefined
}
export type KeyValue = string | number | bigint | boolean

/** The key values of one field as numbers; equal values have one number. */
export interface KeyNumbers extends RowNumbers {
  /** Where keys of so many values are numbered; one for all join keys over a table. */
  space(width: number): KeySpace
  valueOf(number: number): KeyValue | null
  /** The number of a value that any field may hold, new if need be. */
  numberOf(value: KeyValue): number
}

/** A bracketed query, ready to run. `runs=n` is n of these. */
export interface CompiledStep extends Span {
  /** Which step as written it came from, 0-based; several for `runs`. */
  readonly writtenStep: number
  readonly missing: boolean
  readonly condition: Condition
  readonly keys: readonly JoinKey[]
}

/** Events whose tiebreaker field holds several values, so that none can be the one. */
export interface AmbiguousTies {
  readonly field: string
  readonly column: Column
  readonly codes: ReadonlySet<Code>
}

export type CompiledRule =
  | {
      readonly kind: 'events'
      /** Active events of the table the rule is bound to. */
      readonly events: number
      readonly condition: Condition
      readonly order: TimeOrder
      readonly pipes: readonly Pipe[]
    }
  | {
      readonly kind: 'sequence'
      readonly events: number
      readonly steps: readonly CompiledStep[]
      readonly until?: CompiledStep | undefined
      /** Milliseconds. */
      readonly maxspan?: number | undefined
      readonly order: TimeOrder
      /** Present when some events have several tiebreakers. */
      readonly ties?: AmbiguousTies | undefined
      readonly pipes: readonly Pipe[]
    }
  | {
      readonly kind: 'sample'
      readonly events: number
      readonly steps: readonly CompiledStep[]
    }

/** A join key value as Elasticsearch prints it in `join_keys`. */
export type PrintedKey = Scalar
