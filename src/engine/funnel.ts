import type { FunnelStage } from './result'
import type { CompiledStep } from './plan'

/** The steps as written: `runs` is many compiled steps, but one written one. */
export const writtenSteps = (steps: readonly CompiledStep[]): readonly CompiledStep[] =>
  steps.filter((step, at) => steps[at - 1]?.writtenStep !== step.writtenStep)

/** The stages every rule has: all events, then those that satisfy each written step. */
export const stepStages = (
  events: number,
  steps: readonly { readonly writtenStep: number; readonly count: number }[],
): readonly FunnelStage[] => [
  { stage: 'events', count: events },
  ...steps.map(({ writtenStep, count }): FunnelStage => ({
    stage: 'step',
    step: writtenStep + 1,
    count,
  })),
]
