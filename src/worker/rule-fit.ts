import { compileRule } from '../engine/compile'
import { fitRule, type RuleFit } from '../explain/data-fit'
import { splitByIndex } from '../explain/event-indices'
import type { FitRequest } from './api'
import type { FitAnswer, IndexFit } from './fit-api'
import { clockOf, orFailure } from './prepare-rule'
import type { NumberedEvents } from './rule-answer'
import { parseText } from './rule-texts'

/** Holds a rule against the loaded events; it need not be one that can run. */
export function* answerFit(
  request: FitRequest,
  events: NumberedEvents,
): Generator<void, FitAnswer> {
  const { version } = events
  const fit = yield* fitText(request, events)
  const indices = yield* fitIndices(request.patterns, events)
  return {
    ruleId: request.ruleId,
    version,
    ...(fit && { fit }),
    ...(indices && { indices }),
  }
}

function* fitText(
  request: FitRequest,
  { table, schema, leaves, texts }: NumberedEvents,
): Generator<void, RuleFit | undefined> {
  const { query, diagnostics } = parseText(request.query)
  if (!query || diagnostics.some(({ severity }) => severity === 'error')) return undefined
  const clock = clockOf(request)
  const { timestampField } = clock
  const categoryField = request.eventCategoryField ?? 'event.category'
  const problems = texts.check(query, schema, { categoryField, timestampField })
  const isSound = problems.every(({ severity }) => severity !== 'error')
  const order = yield* table.findOrder(clock, schema)
  const context = { table, schema, categoryField, now: Date.now(), leaves }
  const compiled = isSound && orFailure(() => compileRule(query, context, clock))
  const rule = compiled && compiled.ok ? compiled.value : undefined
  return yield* fitRule(query, rule, {
    ...context,
    active: table.active,
    order,
    timestampField,
  })
}

function* fitIndices(
  patterns: readonly string[],
  { table }: NumberedEvents,
): Generator<void, IndexFit | undefined> {
  if (patterns.length === 0) return undefined
  const { inside, outside, unknown } = yield* splitByIndex(table, patterns)
  return { inside: inside.count(), outside: outside.count(), unknown: unknown.count() }
}
