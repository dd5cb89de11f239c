import type { Span } from '../../language/ast'

/** A rule an event can be judged by. */
export interface JudgingRule {
  readonly id: string
  readonly name: string
  /** Of the run whose text and events the judgement is of; undefined before the first. */
  readonly ticket: number | undefined
}

/** By what an event is judged, and what the page does with the answer. */
export interface WhyPlace {
  readonly rules: readonly JudgingRule[]
  readonly ruleId: string | undefined
  /** 1-based, as written; undefined: the step that comes nearest. */
  readonly step: number | undefined
  /** Another number each time the focus is to go to the answer; else 0. */
  readonly asked: number
  /** What is selected in the text of the rule, if that is in the editor. */
  readonly textSpan: Span | undefined
  readonly onPlace: (ruleId: string, step: number | undefined) => void
  readonly onLight: (ruleId: string, span: Span | undefined) => void
  readonly onChoose: (ruleId: string, span: Span) => void
  readonly onNearMiss: (ruleId: string, index: number) => void
  /** Leads to the life of the sequences of the event's key. */
  readonly onStepThrough?: ((ruleId: string, row: number) => void) | undefined
}
