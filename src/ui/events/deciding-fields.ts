import type { Evidence, Truth } from '../../engine/evidence'
import type { StepVerdict } from '../../worker/api'

/** What the clauses of one step that read a field came to. */
export interface FieldVerdict {
  readonly step: number
  readonly truth: Truth
}

/**
 * The fields the rule reads, in the order it names them, and per step what came of it:
 * false if any clause on the field is false, else null if any is null, else true.
 */
export const readDecidingFields = (
  verdicts: readonly StepVerdict[],
): ReadonlyMap<string, readonly FieldVerdict[]> => {
  const fields = new Map<string, FieldVerdict[]>()
  for (const { step, evidence } of verdicts)
    for (const [name, truth] of leafTruths(evidence)) {
      const known = fields.get(name)
      if (known) known.push({ step, truth })
      else fields.set(name, [{ step, truth }])
    }
  return fields
}

const leafTruths = (evidence: Evidence): ReadonlyMap<string, Truth> => {
  const truths = new Map<string, Truth>()
  const visit = (node: Evidence) => {
    for (const { field } of node.values ?? [])
      truths.set(field, weaker(truths.get(field) ?? true, node.truth))
    node.children.forEach(visit)
  }
  visit(evidence)
  return truths
}

const weaker = (a: Truth, b: Truth): Truth => {
  if (a === false || b === false) return false
  return a === null || b === null ? null : true
}

/**
 * Whether a node is part of the shortest reason for its parent: the false terms of a
 * false `and`, the true ones of a true `or`; otherwise every one.
 */
export const decides = (child: Evidence, parent: Evidence): boolean => {
  if (parent.kind === 'and' && parent.truth !== true) return child.truth !== true
  if (parent.kind === 'or' && parent.truth === true) return child.truth === true
  return true
}
