import type { StepCoverage } from '../explain/coverage'

/** A step's coverage as `--explain` tells it. */
export interface CoveredStep {
  readonly step: number
  readonly role: StepCoverage['role']
  /** Events of the category. */
  readonly category: number
  /** Where there are none: the categories there are. */
  readonly present?: readonly string[]
  readonly clauses: readonly CoveredClause[]
  /** Events that satisfy the step, and those of them that have every key. */
  readonly selected: number
  readonly with_key?: number
  /** In sequences of three steps or more: those that came to have this one. */
  readonly reached?: number
}

/** What a clause is over the events of the category. */
interface CoveredClause {
  readonly text: string
  readonly true: number
  readonly false: number
  readonly null: number
  /** Events that this clause and all before it let pass. */
  readonly left: number
  /** Events that only this clause removes. */
  readonly alone: number
}

export const printCoverage = (
  text: string,
  { step, role, category, present, clauses, selected, keyed, reached }: StepCoverage,
): CoveredStep => ({
  step,
  role,
  category,
  ...(present && { present }),
  clauses: clauses.map(({ from, to, counts, left, alone }) => ({
    text: text.slice(from, to),
    ...counts,
    left,
    alone,
  })),
  selected,
  ...(keyed !== undefined && { with_key: keyed }),
  ...(reached !== undefined && { reached }),
})
