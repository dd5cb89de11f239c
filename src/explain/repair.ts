import type { EvaluationContext } from '../engine/context'
import type { CompiledRule } from '../engine/plan'
import type { Scalar } from '../events/column'
import type { Row } from '../events/row-set'
import type { Query } from '../language/ast'
import type { TextEdit } from './text-edit'

/** What an edit does to a rule, as its sentence needs it. */
export type Remedy =
  | { readonly kind: 'maxspan'; readonly text: string }
  | { readonly kind: 'runs'; readonly step: number; readonly runs: number }
  | { readonly kind: 'drop-key'; readonly field: string }
  | { readonly kind: 'swap-key'; readonly field: string; readonly by: string }
  | { readonly kind: 'add-key'; readonly field: string }
  | { readonly kind: 'swap-steps'; readonly first: number; readonly second: number }
  | { readonly kind: 'drop-until' }
  | { readonly kind: 'drop-missing'; readonly step: number }
  | { readonly kind: 'narrow'; readonly clause: string }
  | { readonly kind: 'category'; readonly step: number; readonly text: string }
  | { readonly kind: 'drop-clause'; readonly clause: string }
  | { readonly kind: 'add-value'; readonly value: string }
  | { readonly kind: 'rewrite'; readonly text: string }

/** An edit of a rule that may make a near miss match; not tried yet. */
export interface Candidate {
  readonly remedy: Remedy
  readonly edits: readonly TextEdit[]
}

/** An edit that does, with what else it lets in and keeps out of all loaded events. */
export interface Repair extends Candidate {
  /** The whole text with the edits made. */
  readonly text: string
  /** Matches that come with the wanted one. */
  readonly others: number
  /** Matches there are no more. */
  readonly lost: number
  /** In characters taken out and put in. */
  readonly size: number
  readonly sentence: string
  /** Of other keys: how well they hold apart what is not one thing. */
  readonly keys?: KeyVariety
  /** What speaks against it, in one sentence. */
  readonly note?: string
}

/** The join keys of a rule, counted over the events of its steps. */
export interface KeyVariety {
  readonly count: number
  /** So many of them come with several values of a field that tells things apart. */
  readonly torn: number
  /** The field; absent where none is. */
  readonly field?: string
  /** Few or most of them torn: what is joined by them has little to do with each other. */
  readonly isLoose: boolean
}

export interface Repairs {
  /**
   * Fewest others and fewest lost first, then the smallest edit; keys that tell little
   * apart come last.
   */
  readonly list: readonly Repair[]
  /** How many edits were tried. */
  readonly tried: number
  /** Of so many there could have been; more than `tried` when that was enough. */
  readonly of: number
  /** Why there is none, where the list is empty. */
  readonly none?: string
}

/** What a candidate is made from: a query and the events of a near miss. */
export interface RepairScene {
  readonly query: Query
  /** The events of the near miss that are to match, in the order of the steps. */
  readonly wanted: readonly Row[]
  /** All values of a field on an event; none where it is absent. */
  readonly valuesOf: (field: string, row: Row) => readonly Scalar[]
  /** Fields an event has, those with the most different values first. */
  readonly fieldsOf: (row: Row) => readonly string[]
}

/** A rule text bound to the events. */
export interface BoundText {
  readonly query: Query
  readonly rule: CompiledRule
  readonly context: EvaluationContext
}
