import { compileRule, type ClockOptions } from '../engine/compile'
import type { EvaluationContext } from '../engine/context'
import { EvaluationFailure } from '../engine/failure'
import type { CompiledRule, CompiledStep } from '../engine/plan'
import { runRule } from '../engine/run'
import type { Query } from '../language/ast'
import { checkQuery } from '../language/check'
import type { Diagnostic, QuickFix } from '../language/diagnostics'
import { parseQuery } from '../language/parse'
import {
  findUsableFields,
  listCandidates,
  type KeyCandidate,
  type KeyChange,
} from './key-candidates'
import { findCollisions, type KeyCollisions } from './key-collisions'
import { bracketsOf, editKeys, readRuleKeys, type RuleKeys } from './rule-keys'
import { applyEdits } from './text-edit'

/** What a rule comes to with other join keys. */
export interface KeyCheck {
  /** With the keys as they are. */
  readonly now: KeyTrial
  /** With others, those that give most matches first. */
  readonly others: readonly KeyTrial[]
  /** Likely keys that were not tried, as only so many are. */
  readonly untried: number
}

/** What a rule comes to with some keys. */
export interface KeyTrial extends KeyCollisions {
  readonly change: KeyChange
  readonly keys: RuleKeys
  /** What makes the text as it stands one with these keys. */
  readonly edits: QuickFix['edits']
  /** One per positive step. */
  readonly fill: readonly KeyFill[]
  /** Sequences that join, in time or not; of samples those found. */
  readonly joined: number
  /** What the rule finds, before pipes. */
  readonly matches: number
}

export interface KeyFill {
  /** 1-based, as written. */
  readonly step: number
  /** Events that satisfy it. */
  readonly events: number
  /** Of these, those that carry every key. */
  readonly carrying: number
}

/** So many keys are tried beside those written. */
const TRIED = 24
const PAUSE = 4096
const ALL = { size: 0, resultPosition: 'head', maxSamplesPerKey: 1 } as const

type JoinedRule = Exclude<CompiledRule, { kind: 'events' }>

/**
 * Tries plausible join keys: each key dropped, each replaced, one more. Every trial is a
 * run of the rule's text with its `by` rewritten (language.md 5.3). Yields as runs do. An
 * event query has no keys, and no check; `others` is empty where a step has no event.
 */
export function* checkJoinKeys(
  query: Query,
  rule: CompiledRule,
  context: EvaluationContext,
  clock: ClockOptions,
): Generator<void, KeyCheck | undefined> {
  const { body } = query
  if (body.kind === 'event' || rule.kind === 'events') return undefined
  const written = readRuleKeys(body)
  const now = yield* tryKeys(query, { change: 'none', keys: written }, context, clock)
  if (!now) return undefined
  if (now.fill.some(({ events }) => events === 0)) return { now, others: [], untried: 0 }
  const steps = positiveSteps(rule)
  for (const { condition } of steps) yield* condition.prepare()
  const usable = yield* findUsableFields(steps, context)
  const isSample = body.kind === 'sample'
  const likely = listCandidates(written, bracketsOf(body).length, isSample, usable)
  const others: KeyTrial[] = []
  for (const candidate of likely.slice(0, TRIED)) {
    const trial = yield* tryKeys(query, candidate, context, clock)
    if (trial) others.push(trial)
    yield
  }
  others.sort((a, b) => b.matches - a.matches || b.joined - a.joined)
  return { now, others, untried: Math.max(0, likely.length - TRIED) }
}

/** Undefined where the rule with these keys is none, or fails on these events. */
function* tryKeys(
  query: Query,
  { change, keys }: KeyCandidate,
  context: EvaluationContext,
  clock: ClockOptions,
): Generator<void, KeyTrial | undefined> {
  if (query.body.kind === 'event') return undefined
  const edits = editKeys(query, query.body, keys)
  const rewritten = readSound(applyEdits(query.text, edits), context, clock)
  if (!rewritten) return undefined
  try {
    const rule = compileRule(rewritten, context, clock)
    if (rule.kind === 'events') return undefined
    const { found, funnel } = yield* runRule(rule, ALL)
    const steps = positiveSteps(rule)
    return {
      change,
      keys,
      edits,
      fill: yield* measureFill(steps),
      joined: funnel.find(({ stage }) => stage === 'joined')?.count ?? found,
      matches: found,
      ...(yield* findCollisions(steps, context)),
    }
  } catch (error) {
    if (error instanceof EvaluationFailure) return undefined
    throw error
  }
}

function readSound(
  text: string,
  { schema, categoryField }: EvaluationContext,
  { timestampField }: ClockOptions,
): Query | undefined {
  const isError = ({ severity }: Diagnostic): boolean => severity === 'error'
  const { query, diagnostics } = parseQuery(text)
  if (!query || diagnostics.some(isError)) return undefined
  const problems = checkQuery(query, schema, { categoryField, timestampField })
  return problems.some(isError) ? undefined : query
}

/** Each step that must have an event, once. */
const positiveSteps = ({ steps }: JoinedRule): readonly CompiledStep[] =>
  [...new Set<CompiledStep>(steps)].filter(({ missing }) => !missing)

function* measureFill(
  steps: readonly CompiledStep[],
): Generator<void, readonly KeyFill[]> {
  const fill: KeyFill[] = []
  for (const { writtenStep, condition, keys } of steps) {
    const rows = condition.rows()
    let carrying = 0
    let looked = 0
    for (const piece of rows.pieces()) {
      for (const row of piece)
        if (keys.every(({ numbers }) => numbers.at(row) !== 0)) carrying++
      looked += piece.length
      if (looked % PAUSE < piece.length) yield
    }
    fill.push({ step: writtenStep + 1, events: rows.count(), carrying })
  }
  return fill
}
