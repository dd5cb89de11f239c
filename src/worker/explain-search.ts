import type { FunnelStage, Match, RunResult } from '../engine/result'
import { runRule, runToEnd } from '../engine/run'
import { coverRule } from '../explain/coverage'
import { explainEvent } from '../explain/explain'
import { findNearMisses } from '../explain/near-miss'
import { groupNearMisses } from '../explain/near-miss-groups'
import { findRepairs } from '../explain/repairs'
import type { Cause, NearMiss } from '../explain/explanation'
import type { Scalar } from '../events/column'
import type { Row } from '../events/row-set'
import type { LoadedEvents } from './prepare-rule'
import { printCoverage, type CoveredStep } from './print-coverage'
import { explainNode, type ExplainedNode } from './print-evidence'
import { askForRepairs } from './repair-question'
import type { TieView } from './replay-api'
import { tellTies, type TiedResults } from './result-ties'
import type { BoundRule } from './rule-answer'

/** What `--explain` adds to an answer: how far events got, and what almost matched. */
export interface SearchExplanation {
  /** Events, rows per step as written, joined, in time, matched. */
  readonly funnel: readonly FunnelStage[]
  /** What each clause of each step lets pass, as written, until last. */
  readonly coverage: readonly CoveredStep[]
  readonly near_misses: readonly ExplainedMiss[]
  /** Near misses of one reason, by their places in the list; a sentence for several. */
  readonly groups: readonly {
    readonly members: readonly number[]
    readonly sentence?: string
  }[]
  /** Results that hang on events of equal time, by their places among hits and misses. */
  readonly ties: {
    readonly matches: readonly TieView[]
    readonly near_misses: readonly TieView[]
  }
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
  /** Of the nearest of the first groups: edits of the rule that make it match. */
  readonly repairs?: readonly ExplainedRepair[]
  /** Why there is none. */
  readonly no_repair?: string
}

interface ExplainedRepair {
  readonly sentence: string
  /** The whole text with the edit made. */
  readonly text: string
  /** Matches that come with the wanted one, and those there are no more. */
  readonly others: number
  readonly lost: number
  readonly note?: string
}

/**
 * Explains an answer: what the page shows of the same rule over the same events, in the
 * same words. `shown`: the answer as it was asked for, cut to its size.
 */
export function explainSearch(
  prepared: BoundRule,
  shown: RunResult,
  events: LoadedEvents,
): SearchExplanation {
  const { query, rule, context, active } = prepared
  // What almost matched is held against all matches, not against those shown.
  const result = runToEnd(runRule(rule, ALL))
  const { list, capped } = runToEnd(findNearMisses(query, rule, active, result))
  const groups = runToEnd(groupNearMisses(query, list, context))
  const told = new Set(groups.slice(0, REPAIRED).map(({ members }) => members[0]!))
  return {
    funnel: result.funnel,
    coverage: runToEnd(coverRule(rule, { ...context, active })).steps.map((step) =>
      printCoverage(query.text, step),
    ),
    near_misses: list.map((miss, place) => ({
      ...explainMiss(prepared, miss),
      ...(told.has(place) && repairMiss(prepared, result, miss, events)),
    })),
    groups: groups.map(({ members, sentence }) => ({
      members,
      ...(sentence && { sentence }),
    })),
    ties: explainTies(prepared, shown.matches.slice(0, TIED), list.slice(0, TIED)),
    ...(capped && { capped }),
    notes: result.notes,
  }
}

const ALL = { size: Infinity, resultPosition: 'tail', maxSamplesPerKey: 1 } as const
/** Of so many groups the nearest near miss is told with its repairs. */
const REPAIRED = 3
/** So many matches and near misses are looked through for ties. */
const TIED = 100

function explainMiss(prepared: BoundRule, miss: NearMiss): ExplainedMiss {
  const { rule, context } = prepared
  const { joinKeys, rows, culprit } = miss
  const id = (row: number): string => context.table.id(row)
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
}

function repairMiss(
  prepared: BoundRule,
  result: RunResult,
  miss: NearMiss,
  events: LoadedEvents,
): Pick<ExplainedMiss, 'repairs' | 'no_repair'> {
  const question = askForRepairs(prepared, result, miss, events)
  const { list, none } = runToEnd(findRepairs(question))
  if (none !== undefined) return { no_repair: none }
  return {
    repairs: list.map(({ sentence, text, others, lost, note }) => ({
      ...{ sentence, text, others, lost },
      ...(note !== undefined && { note }),
    })),
  }
}

function explainTies(
  { rule, context }: BoundRule,
  matches: readonly Match[],
  misses: readonly NearMiss[],
): SearchExplanation['ties'] {
  const nameOf = (row: Row): string => `#${context.table.id(row)}`
  const tell = (results: TiedResults) => runToEnd(tellTies(rule, results, 0, nameOf))
  return {
    matches: tell({ kind: 'match', list: matches }),
    near_misses: tell({ kind: 'near-miss', list: misses }),
  }
}
