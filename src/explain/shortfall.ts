import type { Truth } from '../engine/evidence'
import { EvaluationFailure } from '../engine/failure'
import { writtenSteps } from '../engine/funnel'
import type { KeyTuple } from '../engine/observer'
import type { CompiledRule, CompiledStep, Term } from '../engine/plan'
import type { Row } from '../events/row-set'
import type { Span } from '../language/ast'

type SequenceRule = Extract<CompiledRule, { kind: 'sequence' }>

/** How far an event fell short of the step it is nearest to, as written, 0-based. */
export type Shortfall =
  | {
      readonly short: 'term'
      readonly step: number
      /** The first term that is not true of it. */
      readonly term: Span
      readonly truth: Truth
      /** How many terms are not true of it, and of how many. */
      readonly wrong: number
      readonly of: number
    }
  /** It satisfies the step, but this key field has another value, or none. */
  | { readonly short: 'key'; readonly step: number; readonly field: string }

/** Why an event has no part in the sequences of a key; the nearest step tells. */
export const findShortfall = (rule: SequenceRule, key: KeyTuple, row: Row): Shortfall => {
  let nearest: Extract<Shortfall, { short: 'term' }> | undefined
  for (const step of writtenSteps(rule.steps)) {
    if (step.missing) continue
    const found = fallShort(step, row)
    if (!found) return keyShort(step, key, row)
    if (!nearest || found.wrong < nearest.wrong) nearest = found
  }
  // Some step is always a positive one.
  return nearest!
}

const fallShort = (
  { condition, writtenStep: step }: CompiledStep,
  row: Row,
): Extract<Shortfall, { short: 'term' }> | undefined => {
  if (condition.rows().has(row)) return undefined
  const { terms } = condition
  const wrong = terms.flatMap((term) => {
    const truth = truthOf(term, row)
    return truth === true ? [] : [{ term, truth }]
  })
  const { term, truth } = wrong[0] ?? { term: condition, truth: false }
  const { from, to } = term
  return {
    short: 'term',
    step,
    term: { from, to },
    truth,
    wrong: wrong.length,
    of: terms.length,
  }
}

/** A term alone may meet a value that the whole condition never asks of. */
const truthOf = (term: Term, row: Row): Truth => {
  try {
    return term.evidence(row).truth
  } catch (error) {
    if (error instanceof EvaluationFailure) return null
    throw error
  }
}

const keyShort = (
  { keys, writtenStep: step }: CompiledStep,
  key: KeyTuple,
  row: Row,
): Shortfall => {
  const field = keys.find((each, part) => {
    const wanted = key[part] ?? null
    const values = each.valuesAt(row)
    return wanted === null
      ? values.length > 0 || !each.optional
      : !values.includes(wanted)
  })
  return { short: 'key', step, field: field?.name ?? '' }
}
