import type { StepExplanation } from '../../worker/why-api'

/**
 * The step an event comes nearest to: one that it satisfies, else the one of whose terms
 * the fewest are not true.
 */
export function nearestStep(steps: readonly StepExplanation[]): number | undefined {
  const fails = ({ truth, tree }: StepExplanation): number =>
    truth === true ? 0 : tree.children.filter((term) => term.truth !== true).length || 1
  const [nearest] = [...steps].sort((a, b) => fails(a) - fails(b) || a.step - b.step)
  return nearest?.step
}
