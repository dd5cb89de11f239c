import { compileCondition } from '../engine/compile-condition'
import type { EvaluationContext } from '../engine/context'
import { EvaluationFailure } from '../engine/failure'
import type { CompiledRule, CompiledStep, Condition, Term } from '../engine/plan'
import { runRule } from '../engine/run'
import { RowSet } from '../events/row-set'
import type { Expression, Query, Span } from '../language/ast'
import { findNode } from '../language/node-at'
import { stepsOf } from '../language/walk'

/** What one excluding clause of a rule is good for on the loaded events. */
export interface Exclusion extends Span {
  /** As written, 0-based. */
  readonly step: number
  /** Events that all else in the step lets pass, and only this clause keeps out. */
  readonly events: number
  /**
   * How many more matches the rule would have, were the clause not there; less than 0 where
   * it would have fewer, as in a missing step.
   */
  readonly hiddenMatches: number
  /** What it lists, one by one: alternatives, patterns, values. */
  readonly parts: readonly ExclusionPart[]
  /** The events that are counted. */
  readonly rows: RowSet
}

export interface ExclusionPart extends Span {
  /** All loaded events it is true of; 0: it never hits anything. */
  readonly seen: number
  /** Of the events that all else in the step lets pass, those it keeps out. */
  readonly events: number
  /** Of these, those that no other part of the clause keeps out. */
  readonly alone: number
  /** All loaded events it is true of. */
  readonly rows: RowSet
}

/** What of a clause or of one of its parts is counted. */
export type ExclusionCount = 'seen' | 'events' | 'alone'

const ALL = { size: 0, resultPosition: 'head', maxSamplesPerKey: 1 } as const

/**
 * Every `not` clause and every `!=` among the terms of each step: what it alone keeps
 * out, which matches that hides, and what each value it lists is good for. Row sets of
 * the terms tell the events; hidden matches are counted by a run without the clause.
 * Yields as conditions and runs do. A rule whose clauses cannot be computed one by
 * one on these events has no audit.
 */
export function* auditExclusions(
  query: Query,
  rule: CompiledRule,
  context: EvaluationContext,
  active: RowSet,
): Generator<void, readonly Exclusion[]> {
  try {
    const { found } = yield* runRule(rule, ALL)
    const audits: Exclusion[] = []
    for (const [step, { query: event }] of stepsOf(query).entries()) {
      const condition = conditionOf(rule, step)
      for (const term of condition?.terms ?? []) {
        const clause = findNode(event.condition, term)
        if (!condition || !clause || term.kind !== 'clause' || !isExclusion(clause))
          continue
        const others = yield* rowsOfOthers(condition, term, active)
        const rows = others.without(yield* term.prepare())
        audits.push({
          step,
          ...spanOf(term),
          events: rows.count(),
          hiddenMatches: rows.isEmpty()
            ? 0
            : (yield* runRule(relax(rule, condition, others), ALL)).found - found,
          parts: yield* auditParts(partsOf(clause), rows, context),
          rows,
        })
      }
    }
    return audits
  } catch (error) {
    // A term alone may meet a value that the whole condition never asks of.
    if (error instanceof EvaluationFailure) return []
    throw error
  }
}

/** The events that one count of a clause, or of a part of it, is of. */
export function rowsOfExclusion(
  { parts, rows }: Exclusion,
  part: number | undefined,
  count: ExclusionCount,
): RowSet {
  const counted = part === undefined ? undefined : parts[part]
  if (!counted) return rows
  if (count === 'seen') return counted.rows
  const kept = counted.rows.and(rows)
  return count === 'events'
    ? kept
    : parts
        .filter((other) => other !== counted)
        .reduce((alone, other) => alone.without(other.rows), kept)
}

const conditionOf = (rule: CompiledRule, step: number): Condition | undefined =>
  rule.kind === 'events'
    ? rule.condition
    : rule.steps.find(({ writtenStep }) => writtenStep === step)?.condition

const isExclusion = (node: Expression): boolean =>
  node.kind === 'not' || (node.kind === 'compare' && node.op === '!=')

function* rowsOfOthers(
  { terms }: Condition,
  excluding: Term,
  active: RowSet,
): Generator<void, RowSet> {
  let rows = active
  for (const term of terms) if (term !== excluding) rows = rows.and(yield* term.prepare())
  return rows
}

/** The rule as it would be if that condition let these rows pass. */
function relax(rule: CompiledRule, condition: Condition, rows: RowSet): CompiledRule {
  const relaxed: Condition = {
    ...condition,
    rows: () => rows,
    prepare: function* () {
      yield
      return rows
    },
  }
  if (rule.kind === 'events') return { ...rule, condition: relaxed }
  // Repeated steps are one object, and stay so.
  const known = new Map<CompiledStep, CompiledStep>()
  const steps = rule.steps.map((step) => {
    if (step.condition !== condition) return step
    const changed = known.get(step) ?? { ...step, condition: relaxed }
    known.set(step, changed)
    return changed
  })
  return { ...rule, steps }
}

/** What an excluding clause lists, each as a condition that keeps out what it is true of. */
function partsOf(clause: Expression): readonly Expression[] {
  if (clause.kind === 'not') return alternativesOf(clause.operand)
  return clause.kind === 'compare' ? [{ ...clause, op: '==' }] : [clause]
}

function alternativesOf(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case 'or':
      return node.operands.flatMap(alternativesOf)
    case 'in':
      return node.items.map((item) => ({ ...node, items: [item], ...spanOf(item) }))
    case 'match':
      return node.patterns.map((one) => ({ ...node, patterns: [one], ...spanOf(one) }))
    default:
      return [node]
  }
}

const spanOf = ({ from, to }: Span): Span => ({ from, to })

function* auditParts(
  parts: readonly Expression[],
  excluded: RowSet,
  context: EvaluationContext,
): Generator<void, readonly ExclusionPart[]> {
  const hits: RowSet[] = []
  for (const part of parts) hits.push(yield* rowsOf(part, context))
  let once = new RowSet(excluded.size)
  let twice = once
  for (const rows of hits) {
    twice = twice.or(once.and(rows))
    once = once.or(rows)
    yield
  }
  return parts.map((part, at) => {
    const rows = hits[at]!
    const kept = rows.and(excluded)
    return {
      ...spanOf(part),
      seen: rows.count(),
      events: kept.count(),
      alone: kept.without(twice).count(),
      rows,
    }
  })
}

/** All events a part is true of, by the engine. */
function rowsOf(
  condition: Expression,
  context: EvaluationContext,
): Generator<void, RowSet> {
  const span = spanOf(condition)
  const category = { any: true, name: 'any', ...span }
  const event = { kind: 'event', category, condition, ...span } as const
  return compileCondition(event, context).prepare()
}
