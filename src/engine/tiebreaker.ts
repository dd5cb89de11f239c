import type { Code, Column } from '../events/column'
import { NO_RANK, type Clock } from '../events/table'
import type { EvaluationContext } from './context'
import { manyTiebreakers } from './failure'
import { NO_KEY } from './key-rows'
import type { KeyTable } from './key-table'
import type { AmbiguousTies, CompiledRule, CompiledStep } from './plan'

/** Undefined when there are none, as there mostly are. */
export function readAmbiguousTies(
  { tiebreakerField: name }: Clock,
  { table, schema }: EvaluationContext,
): AmbiguousTies | undefined {
  const field = name === undefined ? undefined : schema.field(name)
  const column = field && table.column(field.column)
  if (!column) return undefined
  const codes = ambiguousCodes(column)
  return codes.size > 0 ? { field: field.name, column, codes } : undefined
}

/** Columns grow, but what a code stands for stays; so much of each has been looked at. */
const known = new WeakMap<Column, { size: number; readonly codes: Set<Code> }>()

function ambiguousCodes(column: Column): ReadonlySet<Code> {
  const seen = known.get(column) ?? { size: 0, codes: new Set() }
  known.set(column, seen)
  for (let code = seen.size + 1; code <= column.size; code++)
    if (column.isArray(code) && valuesOf(column, code).length > 1) seen.codes.add(code)
  seen.size = column.size
  return seen.codes
}

const valuesOf = (column: Column, code: Code) =>
  column.scalars(code).filter((scalar) => scalar !== null)

/**
 * The server puts every event that a step asks for in its place in time, and gives up at
 * one with several tiebreakers (language.md 5.2). @throws EvaluationFailure
 */
export function* requireOneTiebreaker(
  rule: Extract<CompiledRule, { kind: 'sequence' }>,
  keys: KeyTable,
): Generator<void, void> {
  const { ties, steps, until, order } = rule
  if (!ties) return
  const { field, column, codes } = ties
  function* check(step: CompiledStep, nulls: 'as written' | 'always') {
    const reader = keys.reader(step.keys, nulls)
    step.condition.rows().forEach((row) => {
      const code = column.codeAt(row)
      if (!codes.has(code) || order.rank[row] === NO_RANK) return
      if (reader.one(row) !== NO_KEY) throw manyTiebreakers(field, valuesOf(column, code))
    })
    yield
  }
  for (const step of new Set(steps)) yield* check(step, 'as written')
  if (until) yield* check(until, 'always')
}
