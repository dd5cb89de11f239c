import type { Truth } from '../../engine/evidence'
import type { StepExplanation, TruthNodeView } from '../../worker/why-api'

/** What a step's terms on one field came to. */
export interface FieldVerdict {
  readonly step: number
  readonly truth: Truth
}

/**
 * The fields the rule reads, in the order it names them, and per step what came of it.
 * It is the terms of the top-level `and` that speak: `not user.name == "SYSTEM"` is true
 * of `user.name` though its inside is false. False outweighs null, null outweighs true.
 */
export const readDecidingFields = (
  verdicts: readonly StepExplanation[],
): ReadonlyMap<string, readonly FieldVerdict[]> => {
  const fields = new Map<string, FieldVerdict[]>()
  for (const { step, tree } of verdicts)
    for (const [name, truth] of termTruths(tree)) {
      const known = fields.get(name)
      if (known) known.push({ step, truth })
      else fields.set(name, [{ step, truth }])
    }
  return fields
}

const termTruths = (root: TruthNodeView): ReadonlyMap<string, Truth> => {
  const truths = new Map<string, Truth>()
  for (const term of termsOf(root))
    for (const field of fieldsOf(term))
      truths.set(field, weaker(truths.get(field) ?? true, term.truth))
  return truths
}

/** The terms of a step: its category, and what its condition joins by `and`. */
const termsOf = (root: TruthNodeView): readonly TruthNodeView[] =>
  root.kind === 'and' ? root.children.flatMap(termsOf) : [root]

const fieldsOf = (node: TruthNodeView): readonly string[] => [
  ...node.values.map((value) => value.field),
  ...node.children.flatMap(fieldsOf),
]

const weaker = (a: Truth, b: Truth): Truth => {
  if (a === false || b === false) return false
  return a === null || b === null ? null : true
}
