import type { Truth } from '../engine/evidence'
import { EvaluationFailure } from '../engine/failure'
import { writtenSteps } from '../engine/funnel'
import type { KeyTuple } from '../engine/observer'
import type { CompiledRule, CompiledStep, Term } from '../engine/plan'
import type { Row, RowSet } from '../events/row-set'
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
export type ReadShortfall = (row: Row) => Shortfall

/** What a term is of an event. */
type ReadTruth = (row: Row) => Truth

/**
 * Looks up for all these events, switched on, what they fall short of; others are looked
 * at one by one when they are asked for. Yields after each term.
 */
export function* prepareShortfalls(
  rule: SequenceRule,
  key: KeyTuple,
  rows: RowSet,
): Generator<void, ReadShortfall> {
  const steps: { readonly step: CompiledStep; readonly truths: readonly ReadTruth[] }[] =
    []
  for (const step of writtenSteps(rule.steps)) {
    if (step.missing) continue
    const rest = rows.without(step.condition.rows())
    const truths: ReadTruth[] = []
    for (const term of step.condition.terms) truths.push(yield* readTruths(term, rest))
    steps.push({ step, truths })
  }
  return (row) => {
    let nearest: Extract<Shortfall, { short: 'term' }> | undefined
    for (const { step, truths } of steps) {
      if (step.condition.rows().has(row)) return keyShort(step, key, row)
      const found = fallShort(step, truths, row)
      if (!nearest || found.wrong < nearest.wrong) nearest = found
    }
    // Some step is always a positive one.
    return nearest!
  }
}

function* readTruths(term: Term, rows: RowSet): Generator<void, ReadTruth> {
  const alone: ReadTruth = (row) => truthOf(term, row)
  if (rows.isEmpty()) return alone
  try {
    const isTrue = yield* term.among(rows)
    const isNull = yield* term.findNulls(rows.without(isTrue))
    return (row) => {
      if (!rows.has(row)) return alone(row)
      if (isTrue.has(row)) return true
      return isNull.has(row) ? null : false
    }
  } catch (error) {
    if (error instanceof EvaluationFailure) return alone
    throw error
  }
}

const fallShort = (
  { condition, writtenStep: step }: CompiledStep,
  truths: readonly ReadTruth[],
  row: Row,
): Extract<Shortfall, { short: 'term' }> => {
  const { terms } = condition
  const wrong = terms.flatMap((term, at) => {
    const truth = truths[at]!(row)
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
