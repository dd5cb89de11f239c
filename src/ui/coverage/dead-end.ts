import type { RuleCoverage, StepCoverage } from '../../explain/coverage'
import type { CoveragePlace } from '../../explain/coverage-list'
import type { Span } from '../../language/ast'
import type { RunAnswer } from '../../worker/api'
import { sayDyingClause, sayDyingKeys, sayNoCategory } from './wording'

/** Where a rule without a match dies. */
export interface DeadEnd {
  /** One whole sentence; absent where what the funnel says is all there is. */
  readonly sentence?: string
  /** Where it stands in the text. */
  readonly span?: Span
  /** The events that came as far, and fell here. */
  readonly fell?: { readonly place: CoveragePlace; readonly count?: number }
}

/** The first stage, in the order of the text, that nothing passes. */
export function findDeadEnd(
  { kind, funnel }: Pick<RunAnswer, 'kind' | 'funnel'>,
  { events, steps }: RuleCoverage,
  text: string,
): DeadEnd | undefined {
  if (events === 0) return undefined
  const positive = steps.filter(({ role }) => role === 'step')
  for (const covered of positive) {
    const end = endOfStep(covered, events, text, kind === 'events')
    if (end) return end
  }
  const unreached = positive.find(({ reached }) => reached === 0)
  if (unreached)
    return {
      fell: { place: { step: unreached.step, stage: 'reached', outcome: 'fell' } },
    }
  const dead = funnel.find(({ stage, count }) => isLate(stage) && count === 0)
  if (!dead || !isLate(dead.stage)) return undefined
  return { fell: { place: { stage: dead.stage, outcome: 'fell' } } }
}

const isLate = (stage: string): stage is 'joined' | 'in-time' | 'matched' =>
  stage === 'joined' || stage === 'in-time' || stage === 'matched'

function endOfStep(
  covered: StepCoverage,
  events: number,
  text: string,
  isOnlyStep: boolean,
): DeadEnd | undefined {
  const { step, category, categorySpan, present, clauses, selected, keyed } = covered
  if (category === 0 && categorySpan) {
    const name = text.slice(categorySpan.from, categorySpan.to)
    return { sentence: sayNoCategory(name, events, present ?? []), span: categorySpan }
  }
  const at = clauses.findIndex(({ left }) => left === 0)
  const clause = clauses[at]
  if (clause) {
    const before = clauses[at - 1]?.left ?? category
    const told = { place: at + 1, before, isTrue: clause.counts.true }
    const place = { step, stage: 'clause', clause: [at], outcome: 'fell' } as const
    return {
      sentence: sayDyingClause(covered, told, isOnlyStep),
      span: { from: clause.from, to: clause.to },
      fell: { place, count: before },
    }
  }
  if (keyed !== 0) return undefined
  const place = { step, stage: 'keyed', outcome: 'fell' } as const
  return { sentence: sayDyingKeys(covered), fell: { place, count: selected } }
}
