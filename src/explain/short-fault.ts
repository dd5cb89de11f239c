import type { Condition, Term } from '../engine/plan'
import type { Row } from '../events/row-set'
import type { Query } from '../language/ast'
import { explainTerm } from './failed-term'
import type { Finding } from './finding'

/** The one term of a condition that an event fails, if known, and where it stands. */
export const explainShort = (
  condition: Condition,
  row: Row,
  { text }: Query,
  failed: Term | undefined = firstFailed(condition, row),
): Pick<Finding, 'fault' | 'span'> => {
  const term = failed ?? condition.terms[0]!
  const { from, to } = term
  const termCount = condition.terms.length
  return {
    fault: { ...explainTerm(term, row), term: text.slice(from, to), termCount },
    span: { from, to },
  }
}

const firstFailed = ({ terms }: Condition, row: Row): Term | undefined =>
  terms.find((term) => term.evidence(row).truth !== true)
