import type { Evidence } from '../engine/evidence'
import type { CompiledRule, Condition } from '../engine/plan'
import { writtenSteps } from '../engine/funnel'
import type { Row } from '../events/row-set'

/** What one step makes of one event; steps are 1-based, as written. */
export interface StepEvidence {
  readonly step: number
  readonly evidence: Evidence
}

/** What every node of every step's condition comes to on one event. */
export const explainEvent = (rule: CompiledRule, row: Row): readonly StepEvidence[] =>
  conditionsOf(rule).map((condition, at) => ({
    step: at + 1,
    evidence: condition.evidence(row),
  }))

const conditionsOf = (rule: CompiledRule): readonly Condition[] =>
  rule.kind === 'events'
    ? [rule.condition]
    : writtenSteps(rule.steps).map(({ condition }) => condition)
