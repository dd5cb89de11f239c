import type { RuleCoverage } from '../explain/coverage'
import type { CoveragePlace } from '../explain/coverage-list'

/** What each clause of a rule lets pass and removes, in the run with that ticket. */
export interface CoverageAnswer extends RuleCoverage {
  readonly ruleId: string
  readonly ticket: number
  readonly version: number
}

/** Events behind a number of a coverage or a funnel. */
export interface CoverageEvents {
  readonly ruleId: string
  readonly ticket: number
  readonly place: CoveragePlace
}
