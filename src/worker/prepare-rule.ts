import { compileRule } from '../engine/compile'
import type { EvaluationContext } from '../engine/context'
import { EvaluationFailure } from '../engine/failure'
import type { LeafCache } from '../engine/leaf-cache'
import type { CompiledRule } from '../engine/plan'
import type { RunFailure } from '../engine/result'
import type { Schema } from '../events/schema'
import type { RowSet } from '../events/row-set'
import type { Clock, EventTable, TimeOrder } from '../events/table'
import type { Query } from '../language/ast'
import type { Diagnostic } from '../language/diagnostics'
import { parseText, type RuleTexts } from './rule-texts'

/** The fields a rule may name for time, order and category (language.md 8.1). */
export interface RuleFields {
  readonly timestampField?: string | undefined
  readonly tiebreakerField?: string | undefined
  readonly eventCategoryField?: string | undefined
}

/** What a rule is run over. */
export interface LoadedEvents {
  readonly table: EventTable
  readonly schema: Schema
  readonly leaves: LeafCache
  readonly texts: RuleTexts
}

/** A rule text bound to the loaded events, or why it cannot be. */
export type PreparedRule =
  | {
      readonly ok: true
      readonly query: Query
      readonly rule: CompiledRule
      readonly context: EvaluationContext
      readonly clock: Clock
      /** The rows that were switched on when it was bound; later ones have no part in it. */
      readonly active: RowSet
      readonly order: TimeOrder
      readonly diagnostics: readonly Diagnostic[]
    }
  | {
      readonly ok: false
      readonly diagnostics: readonly Diagnostic[]
      readonly failure?: RunFailure | undefined
    }

/** Parses, checks and binds a rule; a user's mistake comes back as diagnostics. */
export function prepareRule(
  text: string,
  fields: RuleFields,
  { table, schema, leaves, texts }: LoadedEvents,
): PreparedRule {
  const categoryField = fields.eventCategoryField ?? 'event.category'
  const clock = clockOf(fields)
  const { timestampField } = clock
  const { query, diagnostics: problems } = parseText(text)
  if (!query || problems.some(isError)) return { ok: false, diagnostics: problems }
  const diagnostics = [
    ...problems,
    ...texts.check(query, schema, { categoryField, timestampField }),
  ]
  if (diagnostics.some(isError)) return { ok: false, diagnostics }
  const unordered = query.body.kind === 'sequence' && refuseClock(schema, timestampField)
  if (unordered) return { ok: false, diagnostics, failure: unordered }
  const context = { table, schema, categoryField, now: Date.now(), leaves }
  const compiled = orFailure(() => compileRule(query, context, clock))
  return compiled.ok
    ? {
        ok: true,
        query,
        rule: compiled.value,
        context,
        clock,
        active: table.active,
        order: table.order(clock, schema),
        diagnostics,
      }
    : { ok: false, diagnostics, failure: compiled.failure }
}

/** The fields that put the events of a rule in order. */
export const clockOf = ({ timestampField, tiebreakerField }: RuleFields): Clock => ({
  timestampField: timestampField ?? '@timestamp',
  tiebreakerField,
})

/** A mapping that holds the timestamps as something else cannot order events (5.2). */
function refuseClock(schema: Schema, timestampField: string): RunFailure | undefined {
  const type = schema.field(timestampField)?.type
  if (schema.model === 'union' || type === 'date' || type === 'date_nanos')
    return undefined
  return {
    type: 'invalid_argument_exception',
    status: 400,
    reason: `Expected timestamp field [${timestampField}] to be mapped as [date] or [date_nanos]`,
  }
}

const isError = (diagnostic: Diagnostic): boolean => diagnostic.severity === 'error'

export type OrFailure<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: RunFailure }

/** A failure of the query on these events, caught where the engine threw it. */
export function orFailure<T>(work: () => T): OrFailure<T> {
  try {
    return { ok: true, value: work() }
  } catch (error) {
    if (error instanceof EvaluationFailure) return { ok: false, failure: error.failure }
    throw error
  }
}
