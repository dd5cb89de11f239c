import type { PartCoverage, RuleCoverage, StepCoverage } from '../../explain/coverage'
import type { Span } from '../../language/ast'
import { clauseText } from './wording'

/** A clause, or a part of one, as a line of the table and a mark beside the text. */
export interface ClauseRow extends Span {
  readonly step: number
  /** Places of the clause and, in it, operand by operand. */
  readonly path: readonly number[]
  /** The span of the part it is in; absent for a whole clause. */
  readonly parent?: Span
  /** On one line. */
  readonly text: string
  readonly counts: PartCoverage['counts']
  readonly isStrictest: boolean
}

/** Every clause of every step, each followed by its parts. */
export const readClauses = (
  { steps }: RuleCoverage,
  text: string,
): readonly { readonly covered: StepCoverage; readonly rows: readonly ClauseRow[] }[] =>
  steps.map((covered) => ({
    covered,
    rows: covered.clauses.flatMap((clause, at) =>
      rowsOf(clause, [at], covered, text, undefined),
    ),
  }))

const rowsOf = (
  { from, to, counts, operands }: PartCoverage,
  path: readonly number[],
  covered: StepCoverage,
  text: string,
  parent: Span | undefined,
): readonly ClauseRow[] => [
  {
    ...{ from, to, path, counts },
    step: covered.step,
    ...(parent && { parent }),
    text: clauseText(text.slice(from, to)),
    isStrictest: path.length === 1 && path[0] === covered.strictest,
  },
  ...operands.flatMap((operand, at) =>
    rowsOf(operand, [...path, at], covered, text, { from, to }),
  ),
]
