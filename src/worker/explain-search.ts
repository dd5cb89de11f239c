import type { Evidence } from '../engine/evidence'
import type { FunnelStage, RunResult } from '../engine/result'
import { runToEnd } from '../engine/run'
import { coverRule, type StepCoverage } from '../explain/coverage'
import { explainEvent, type StepEvidence } from '../explain/explain'
import { findNearMisses } from '../explain/near-miss'
import type { Cause } from '../explain/explanation'
import { printTrap } from '../explain/traps-wording'
import { readTruthTree } from '../explain/truth-tree'
import type { TruthNode } from '../explain/truth-tree-node'
import { printNullReason } from '../explain/truth-tree-wording'
import type { Scalar } from '../events/column'
import type { Row } from '../events/row-set'
import { stepsOf } from '../language/walk'
import type { PreparedRule } from './prepare-rule'

type Bound = Extract<PreparedRule, { ok: true }>

/** What `--explain` adds to an answer: how far events got, and what almost matched. */
export interface SearchExplanation {
  /** Events, rows per step as written, joined, in time, matched. */
  readonly funnel: readonly FunnelStage[]
  /** What each clause of each step lets pass, as written, until last. */
  readonly coverage: readonly CoveredStep[]
  readonly near_misses: readonly ExplainedMiss[]
  /** Set when the search for near misses stopped at its cap. */
  readonly capped?: { readonly examined: number; readonly of: number }
  readonly notes: readonly string[]
}

interface CoveredStep {
  readonly step: number
  readonly role: StepCoverage['role']
  /** Events of the category. */
  readonly category: number
  /** Where there are none: the categories there are. */
  readonly present?: readonly string[]
  readonly clauses: readonly CoveredClause[]
  /** Events that satisfy the step, and those of them that have every key. */
  readonly selected: number
  readonly with_key?: number
  /** In sequences of three steps or more: those that came to have this one. */
  readonly reached?: number
}

/** What a clause is over the events of the category. */
interface CoveredClause {
  readonly text: string
  readonly true: number
  readonly false: number
  readonly null: number
  /** Events that this clause and all before it let pass. */
  readonly left: number
  /** Events that only this clause removes. */
  readonly alone: number
}

interface ExplainedMiss {
  readonly cause: Cause
  readonly step: number
  readonly sentence: string
  readonly slack: string
  readonly join_keys: Readonly<Record<string, Scalar>>
  /** An `_id` per step, null where nothing was found. */
  readonly events: readonly (string | null)[]
  readonly culprit: string
  /** What every node of the failed step's condition came to on the culprit. */
  readonly evidence?: ExplainedNode
}

interface ExplainedNode {
  readonly text: string
  readonly truth: boolean | null
  readonly values?: Readonly<Record<string, Scalar>>
  /** Why it is null, in one sentence. */
  readonly why_null?: string
  /** What one trips over here, a sentence or two each. */
  readonly traps?: readonly string[]
  readonly children?: readonly ExplainedNode[]
}

export function explainSearch(prepared: Bound, result: RunResult): SearchExplanation {
  const { query, rule, context, active } = prepared
  const { list, capped } = runToEnd(findNearMisses(query, rule, active, result))
  const id = (row: number): string => context.table.id(row)
  return {
    funnel: result.funnel,
    coverage: runToEnd(coverRule(rule, { ...context, active })).steps.map((step) =>
      printCoverage(query.text, step),
    ),
    near_misses: list.map((miss) => {
      const { joinKeys, rows, culprit } = miss
      const evidence = explainEvent(rule, culprit).find(({ step }) => step === miss.step)
      return {
        cause: miss.cause,
        step: miss.step,
        sentence: miss.sentence,
        slack: miss.slack,
        join_keys: Object.fromEntries(joinKeys.map(({ name, value }) => [name, value])),
        events: rows.map((row) => (row === undefined ? null : id(row))),
        culprit: id(culprit),
        ...(evidence && { evidence: explainNode(prepared, evidence, culprit) }),
      }
    }),
    ...(capped && { capped }),
    notes: result.notes,
  }
}

const printCoverage = (
  text: string,
  { step, role, category, present, clauses, selected, keyed, reached }: StepCoverage,
): CoveredStep => ({
  step,
  role,
  category,
  ...(present && { present }),
  clauses: clauses.map(({ from, to, counts, left, alone }) => ({
    text: text.slice(from, to),
    ...counts,
    left,
    alone,
  })),
  selected,
  ...(keyed !== undefined && { with_key: keyed }),
  ...(reached !== undefined && { reached }),
})

function explainNode(
  { query, context }: Bound,
  { step, evidence }: StepEvidence,
  culprit: Row,
): ExplainedNode {
  const source = { query: stepsOf(query)[step - 1]!.query, text: query.text, context }
  const told = new Map<string, TruthNode>()
  const tell = (node: TruthNode): void => {
    told.set(placeOf(node), node)
    node.children.forEach(tell)
  }
  tell(readTruthTree(source, evidence, culprit))
  return printNode(query.text, evidence, told)
}

/** No two nodes of a tree have both the same place and the same kind. */
const placeOf = ({ kind, from, to }: Evidence | TruthNode): string =>
  `${kind} ${from} ${to}`

function printNode(
  text: string,
  node: Evidence,
  told: ReadonlyMap<string, TruthNode>,
): ExplainedNode {
  const values = node.values?.map(({ field, value }) => [field, value ?? null] as const)
  const { whyNull, traps = [] } = told.get(placeOf(node)) ?? {}
  return {
    text: text.slice(node.from, node.to),
    truth: node.truth,
    ...(values && { values: Object.fromEntries(values) }),
    ...(whyNull && { why_null: printNullReason(whyNull) }),
    ...(traps.length > 0 && { traps: traps.map(printTrap) }),
    ...(node.children.length > 0 && {
      children: node.children.map((child) => printNode(text, child, told)),
    }),
  }
}
