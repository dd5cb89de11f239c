import { compileRule } from '../../src/engine/compile'
import type { EvaluationContext } from '../../src/engine/context'
import { LeafCache } from '../../src/engine/leaf-cache'
import type { CompiledRule } from '../../src/engine/plan'
import { MISSING, type Match, type RunResult } from '../../src/engine/result'
import { runRule, runToEnd } from '../../src/engine/run'
import type { Query } from '../../src/language/ast'
import { parseQuery } from '../../src/language/parse'
import type { DrawnTable } from '../support/text-table'

/** A rule bound to drawn events. */
export interface BoundRule {
  readonly query: Query
  readonly rule: CompiledRule
  readonly context: EvaluationContext
}

export function bindRule(
  { table, schema }: DrawnTable,
  text: string,
  tiebreakerField?: string,
): BoundRule {
  const { query, diagnostics } = parseQuery(text)
  if (!query) throw new Error(`${text}: ${diagnostics[0]?.message ?? 'does not parse'}`)
  const leaves = new LeafCache()
  const context = { table, schema, categoryField: 'event.category', now: 0, leaves }
  const rule = compileRule(query, context, {
    timestampField: '@timestamp',
    tiebreakerField,
  })
  return { query, rule, context }
}

export const runBound = ({ rule }: BoundRule, maxSamplesPerKey = 1): RunResult =>
  runToEnd(runRule(rule, { size: Infinity, resultPosition: 'tail', maxSamplesPerKey }))

/** Matches as text: row labels, `-` for a missing step, the key in braces. */
export const printMatches = ({ table }: DrawnTable, { matches }: RunResult): string => {
  const rowText = (row: number): string => (row === MISSING ? '-' : table.id(row))
  const keyText = ({ joinKeys }: Match): string =>
    joinKeys ? ` {${joinKeys.map(String).join(' ')}}` : ''
  return (
    matches
      .map((match) => match.rows.map(rowText).join(' ') + keyText(match))
      .join('; ') || 'none'
  )
}
