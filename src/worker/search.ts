import { MISSING, type Match, type RunFailure, type RunLimits } from '../engine/result'
import type { RunResult } from '../engine/result'
import { runRule, runToEnd } from '../engine/run'
import type { Diagnostic } from '../language/diagnostics'
import { printElasticError } from '../language/elastic-error'
import type { EventStore } from './event-store'
import { explainSearch } from './explain-search'
import { orFailure, prepareRule, type RuleFields } from './prepare-rule'
import { printJson } from './record-source'
import { printSource } from './row-source'

/** One question to the headless engine, as `_eql/search` is asked (language.md 8.1). */
export interface SearchRequest extends RuleFields, RunLimits {
  readonly query: string
  readonly explain?: boolean | undefined
}

export interface SearchAnswer {
  readonly ok: boolean
  /** Members of a JSON object, without its braces. */
  readonly members: string
}

/**
 * Answers as `_eql/search` does (language.md 8.2, 8.3). The answer is JSON text, for the
 * events are handed on as they came, down to integers no JavaScript number can hold.
 */
export async function search(
  store: EventStore,
  request: SearchRequest,
): Promise<SearchAnswer> {
  const prepared = prepareRule(request.query, request, store)
  if (!prepared.ok) return refuse(prepared.diagnostics, prepared.failure)
  const attempt = orFailure(() => runToEnd(runRule(prepared.rule, request)))
  if (!attempt.ok) return refuse([], attempt.failure)
  const members = [`"hits":${await printHits(store, attempt.value)}`]
  if (request.explain)
    members.push(
      `"explanation":${printJson(explainSearch(prepared, attempt.value, store))}`,
    )
  return { ok: true, members: members.join(',') }
}

function refuse(
  diagnostics: readonly Diagnostic[],
  failure: RunFailure | undefined,
): SearchAnswer {
  const error = failure ?? printElasticError(diagnostics)
  const { type, reason, status } = error ?? unexplained(diagnostics)
  return {
    ok: false,
    members: `"error":${printJson({ type, reason })},"status":${status}`,
  }
}

/** A problem of ours that Elasticsearch has no word for. */
const unexplained = (diagnostics: readonly Diagnostic[]): RunFailure => ({
  type: 'illegal_argument_exception',
  status: 400,
  reason: diagnostics.map(({ message }) => message).join('\n'),
})

async function printHits(store: EventStore, result: RunResult): Promise<string> {
  const { kind, matches } = result
  const total = `"total":{"value":${matches.length},"relation":"eq"}`
  if (kind === 'events') {
    const events = await Promise.all(
      matches.map(({ rows }) => printEvent(store, rows[0])),
    )
    return `{${total},"events":[${events.join(',')}]}`
  }
  const sequences = await Promise.all(matches.map((match) => printSequence(store, match)))
  return `{${total},"sequences":[${sequences.join(',')}]}`
}

async function printSequence(store: EventStore, match: Match): Promise<string> {
  const events = await Promise.all(match.rows.map((row) => printEvent(store, row)))
  const keys = match.joinKeys ? `"join_keys":${printJson(match.joinKeys)},` : ''
  return `{${keys}"events":[${events.join(',')}]}`
}

const missingEvent = '{"_index":"","_id":"","_source":{},"missing":true}'

async function printEvent(store: EventStore, row: number | undefined): Promise<string> {
  if (row === undefined || row === MISSING) return missingEvent
  const record = await store.originalText(row)
  const source = printSource(store.table, row, record, store.variants(row).length > 0)
  return `{"_id":${JSON.stringify(store.table.id(row))},"_source":${source}}`
}
