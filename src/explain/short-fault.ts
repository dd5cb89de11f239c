import type { Condition } from '../engine/plan'
import type { Row } from '../events/row-set'
import type { Query } from '../language/ast'
import { explainTerm } from './failed-term'
import type { Finding } from './finding'
import { failedTerm } from './one-short'

/** The one term of a condition that an event fails, and where it stands. */
export const explainShort = (
  condition: Condition,
  row: Row,
  { text }: Query,
): Pick<Finding, 'fault' | 'span'> => {
  const term = failedTerm(condition, row) ?? condition.terms[0]!
  const { from, to } = term
  const termCount = condition.terms.length
  return {
    fault: { ...explainTerm(term, row), term: text.slice(from, to), termCount },
    span: { from, to },
  }
}
