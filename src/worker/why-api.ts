import type { TruthCounts } from '../engine/count-truth'
import type { Evidence, Truth } from '../engine/evidence'
import type { RunFailure } from '../engine/result'
import type { Paragraph } from '../explain/in-words'
import type { Span } from '../language/ast'

/** A part of the text a rule last ran with, and what it is to be of an event. */
export interface PartTruth extends Span {
  readonly ruleId: string
  readonly truth: Truth
}

/** What a part of a rule's text, asked alone, comes to over all active events. */
export interface Evaluation extends Span {
  readonly ruleId: string
  readonly ticket: number
  readonly version: number
  /** What was evaluated: the smallest condition that holds what was asked for. */
  readonly text: string
  readonly counts: TruthCounts
  /** Present when it cannot be computed of the events; the counts are 0 then. */
  readonly failure?: RunFailure
}

/** One node of a step's condition on one event, ready to be shown. */
export interface TruthNodeView extends Span {
  readonly kind: Evidence['kind']
  readonly truth: Truth
  /** The stretch of the query that it stands for. */
  readonly text: string
  /** Whether it is part of the shortest reason for the truth of the whole. */
  readonly decides: boolean
  /** Of a leaf: what the event holds in the fields it asks about. */
  readonly values: readonly {
    readonly field: string
    /** Where it stands, 0-based, in an array of so many values. */
    readonly element?: { readonly index: number; readonly of: number }
    /** Texts in quotes, and long ones cut. */
    readonly text: string
    readonly isAbsent: boolean
  }[]
  /** Why it is null, and what one trips over here; whole sentences. */
  readonly notes: readonly { readonly kind: 'null' | 'trap'; readonly text: string }[]
  readonly children: readonly TruthNodeView[]
}

/** Why an event does or does not satisfy one step (1-based, as written). */
export interface StepExplanation {
  readonly step: number
  readonly truth: Truth
  readonly tree: TruthNodeView
}

/** What an event did in the sequences of a rule: whole sentences, by step. */
export interface EventRoleView {
  /** 1-based, as written; one more than there are steps for until. */
  readonly roles: readonly { readonly step: number; readonly sentence: string }[]
  /** Near misses that it broke, by their place in the list; if they have been looked for. */
  readonly nearMisses: readonly {
    readonly step: number
    readonly index: number
    readonly sentence: string
  }[]
}

/** A rule in plain sentences, if its text can be read. */
export type RuleInWords =
  | { readonly ok: true; readonly paragraphs: readonly Paragraph[] }
  | { readonly ok: false }
