import type { Evidence } from '../engine/evidence'
import type { Term } from '../engine/plan'
import type { Scalar } from '../events/column'
import type { Row } from '../events/row-set'

/** What an event has where a term wants something else. */
export interface TermFailure {
  readonly cause: 'condition' | 'null' | 'category'
  readonly values: readonly FieldValue[]
}

export interface FieldValue {
  readonly field: string
  readonly value: Scalar | undefined
}

/** Why a term is not true of an event: null when it only met absent fields. */
export const explainTerm = (term: Term, row: Row): TermFailure => {
  const values = decidingLeaves(term.evidence(row)).flatMap((leaf) => leaf.values ?? [])
  if (term.kind === 'category') return { cause: 'category', values }
  const isAbsent = values.length > 0 && values.every(({ value }) => value === undefined)
  return { cause: isAbsent ? 'null' : 'condition', values }
}

/** The leaves that made a node what it is: of a false `and`, those of its false parts. */
const decidingLeaves = (node: Evidence): readonly Evidence[] => {
  if (node.children.length === 0) return [node]
  const parts =
    node.kind === 'not'
      ? node.children
      : node.children.filter(({ truth }) => (truth === true) === (node.truth === true))
  return parts.flatMap(decidingLeaves)
}
