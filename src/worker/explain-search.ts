import type { Evidence } from '../engine/evidence'
import type { FunnelStage, RunResult } from '../engine/result'
import { runToEnd } from '../engine/run'
import { explainEvent } from '../explain/explain'
import { findNearMisses } from '../explain/near-miss'
import type { Cause } from '../explain/explanation'
import type { Scalar } from '../events/column'
import type { PreparedRule } from './prepare-rule'

type Bound = Extract<PreparedRule, { ok: true }>

/** What `--explain` adds to an answer: how far events got, and what almost matched. */
export interface SearchExplanation {
  /** Events, rows per step as written, joined, in time, matched. */
  readonly funnel: readonly FunnelStage[]
  readonly near_misses: readonly ExplainedMiss[]
  /** Set when the search for near misses stopped at its cap. */
  readonly capped?: { readonly examined: number; readonly of: number }
  readonly notes: readonly string[]
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
  readonly children?: readonly ExplainedNode[]
}

export function explainSearch(prepared: Bound, result: RunResult): SearchExplanation {
  const { query, rule, context, active } = prepared
  const { list, capped } = runToEnd(findNearMisses(query, rule, active, result))
  const id = (row: number): string => context.table.id(row)
  return {
    funnel: result.funnel,
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
        ...(evidence && { evidence: printNode(query.text, evidence.evidence) }),
      }
    }),
    ...(capped && { capped }),
    notes: result.notes,
  }
}

function printNode(text: string, node: Evidence): ExplainedNode {
  const values = node.values?.map(({ field, value }) => [field, value ?? null] as const)
  return {
    text: text.slice(node.from, node.to),
    truth: node.truth,
    ...(values && { values: Object.fromEntries(values) }),
    ...(node.children.length > 0 && {
      children: node.children.map((child) => printNode(text, child)),
    }),
  }
}
