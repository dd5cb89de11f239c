import type { FieldRef, Query, Sample, Sequence, Step } from '../language/ast'
import { compileCondition } from './compile-condition'
import type { EvaluationContext } from './context'
import { compileJoinKeys, type DateStyle } from './join-key'
import type { CompiledRule, CompiledStep } from './plan'
import { readAmbiguousTies } from './tiebreaker'

/** The fields that put the events of a run in order (language.md 5.2). */
export interface ClockOptions {
  readonly timestampField: string
  readonly tiebreakerField?: string | undefined
}

/**
 * Binds a query to the events of one table version. The query has been checked against
 * the schema of the context. Throws EvaluationFailure for constants the fields cannot
 * hold, as running does.
 */
export function compileRule(
  query: Query,
  context: EvaluationContext,
  clock: ClockOptions,
): CompiledRule {
  const { body, pipes } = query
  const events = context.table.active.count()
  if (body.kind === 'sample')
    return { kind: 'sample', events, steps: compileSteps(body, context, 'epoch') }
  const order = context.table.order(clock, context.schema)
  if (body.kind === 'event') {
    const condition = compileCondition(body, context)
    return { kind: 'events', events, condition, order, pipes }
  }
  return {
    kind: 'sequence',
    events,
    steps: compileSteps(body, context, 'iso'),
    until: body.until && compileUntil(body, body.until, context),
    maxspan: body.maxspan?.ms,
    order,
    ties: readAmbiguousTies(clock, context),
    pipes,
  }
}

/** Every step, `runs=n` as n of it: one and the same, so that what it reads is shared. */
const compileSteps = (
  body: Sequence | Sample,
  context: EvaluationContext,
  dates: DateStyle,
): readonly CompiledStep[] =>
  body.steps.flatMap((step, at) => {
    const compiled = compileStep(step, at, body.by, context, dates)
    return Array.from({ length: step.runs }, () => compiled)
  })

const compileUntil = (
  body: Sequence,
  until: Step,
  context: EvaluationContext,
): CompiledStep => compileStep(until, body.steps.length, body.by, context, 'iso')

const compileStep = (
  step: Step,
  writtenStep: number,
  globalBy: readonly FieldRef[],
  context: EvaluationContext,
  dates: DateStyle,
): CompiledStep => ({
  from: step.from,
  to: step.to,
  writtenStep,
  missing: step.missing,
  condition: compileCondition(step.query, context),
  keys: compileJoinKeys([...globalBy, ...step.by], context, dates),
})
