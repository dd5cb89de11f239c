import type { EvaluationContext } from '../engine/context'
import { EvaluationFailure } from '../engine/failure'
import type { CompiledRule, Condition, Term } from '../engine/plan'
import type { Column } from '../events/column'
import { columnOfField } from '../events/field-column'
import { RowSet } from '../events/row-set'
import type { Compare, Expression, In, Query, Span } from '../language/ast'
import type { Diagnostic, QuickFix } from '../language/diagnostics'
import { childrenOf, fieldsIn, stepsOf } from '../language/walk'
import { adviceWords, type Advice } from './advice-wording'

/** Says where a rule applies; that all events come from there is no news. */
const GUARD = 'host.os.type'
/** Fewer events of a category than this say nothing of what a clause is good for. */
const ENOUGH = 20

/**
 * Advice that only the loaded events can give: a category none of them has, clauses that
 * hold for all or whose fields none has, texts they spell in another case. Never errors,
 * and nothing the server would say.
 */
export function adviseOnData(
  query: Query,
  rule: CompiledRule,
  context: EvaluationContext,
): readonly Diagnostic[] {
  if (context.table.active.isEmpty()) return []
  try {
    return adviseOnSteps(query, conditionsOf(rule), context)
  } catch (error) {
    // A term alone may meet a value that the whole condition never asks of.
    if (!(error instanceof EvaluationFailure)) throw error
    return []
  }
}

function adviseOnSteps(
  query: Query,
  conditions: readonly (Condition | undefined)[],
  context: EvaluationContext,
): Diagnostic[] {
  return stepsOf(query).flatMap(({ query: { condition } }, step) => {
    const compiled = conditions[step]
    return compiled ? adviseOnStep(condition, compiled, context) : []
  })
}

/** The conditions of the steps as written. */
function conditionsOf(rule: CompiledRule): readonly (Condition | undefined)[] {
  if (rule.kind === 'events') return [rule.condition]
  const written: Condition[] = []
  for (const { writtenStep, condition } of rule.steps) written[writtenStep] = condition
  return written
}

function adviseOnStep(
  condition: Expression,
  compiled: Condition,
  context: EvaluationContext,
): Diagnostic[] {
  if (compiled.constant !== undefined) return []
  const category = compiled.terms.find(({ kind }) => kind === 'category')
  const events = category ? category.rows() : context.table.active
  if (category && events.isEmpty())
    return [advise(category, { code: 'category-not-in-data', ...present(context) })]
  return [
    ...compiled.terms.flatMap((term) => adviseOnTerm(term, condition, events, context)),
    ...spellings(condition, context),
  ]
}

const advise = (
  { from, to }: Span,
  advice: Advice,
  fixes: readonly QuickFix[] = [],
): Diagnostic => ({
  from,
  to,
  severity: advice.code === 'always-true' ? 'hint' : 'warning',
  code: advice.code,
  ...adviceWords(advice),
  fixes,
})

/** The categories the events do have, the most frequent first. */
function present({ table, schema, categoryField }: EvaluationContext) {
  const column = columnOfField(table, schema, categoryField)
  const counts = new Map<string, number>()
  column?.forEach((row, code) => {
    if (!table.active.has(row)) return
    for (const scalar of column.scalars(code))
      if (scalar !== null)
        counts.set(String(scalar), (counts.get(String(scalar)) ?? 0) + 1)
  })
  const names = [...counts].sort(([, a], [, b]) => b - a).map(([name]) => name)
  return { events: table.active.count(), present: names.slice(0, 5) }
}

function adviseOnTerm(
  term: Term,
  condition: Expression,
  events: RowSet,
  context: EvaluationContext,
): Diagnostic[] {
  const clause = term.kind === 'clause' ? nodeAt(condition, term) : undefined
  const count = events.count()
  if (!clause || clause.kind === 'literal' || count < ENOUGH) return []
  const satisfied = term.rows().and(events).count()
  // A clause that tells events apart has a field that some of them hold.
  if (satisfied > 0 && satisfied < count) return []
  const fields = [...new Set(fieldsIn(clause).map(({ name }) => name))]
  const isAbsent = (name: string): boolean =>
    rowsHolding(name, context)?.and(events).isEmpty() ?? true
  if (fields.length > 0 && fields.every(isAbsent))
    return [advise(term, { code: 'field-not-in-data', fields, events: count })]
  const isGuard = fields.length === 1 && fields[0] === GUARD
  return satisfied === count && !isGuard
    ? [advise(term, { code: 'always-true', events: count })]
    : []
}

/** The clause a term stands for. */
const nodeAt = (node: Expression, { from, to }: Span): Expression | undefined =>
  node.from === from && node.to === to
    ? node
    : childrenOf(node)
        .map((child) => nodeAt(child, { from, to }))
        .find((found) => found !== undefined)

/** All events that have a field; found out once for all rules. */
function rowsHolding(name: string, context: EvaluationContext): RowSet | undefined {
  const { table, leaves } = context
  const column = columnOfField(context.table, context.schema, name)
  if (!column) return undefined
  return leaves.share(`holding ${column.name}`, () => {
    const rows = new RowSet(table.rowCount)
    column.forEach((row) => rows.add(row))
    return rows
  })
}

/** Texts compared exactly that the events only have in another case. */
function spellings(node: Expression, context: EvaluationContext): Diagnostic[] {
  if (node.kind === 'compare')
    return node.op === '==' ? spellingsOfEquals(node, context) : []
  if (node.kind === 'in') return spellingsOfIn(node, context)
  return childrenOf(node).flatMap((child) => spellings(child, context))
}

function spellingsOfEquals({ left, right, opSpan }: Compare, context: EvaluationContext) {
  const field = left.kind === 'field' ? left : right
  const literal = left.kind === 'field' ? right : left
  const fixes = [{ label: 'Use :', edits: [{ ...opSpan, insert: ':' }] }]
  // `:` takes wildcards, and its text on the right.
  const isPlain = literal === right && !/[*?]/.test(textOf(literal) ?? '')
  return field.kind === 'field'
    ? adviseOnSpelling(field.name, literal, context, isPlain ? fixes : [])
    : []
}

function spellingsOfIn(
  { operand, items, caseInsensitive }: In,
  context: EvaluationContext,
) {
  if (operand.kind !== 'field' || caseInsensitive) return []
  const listed = items.map(textOf)
  return items.flatMap((item) =>
    adviseOnSpelling(operand.name, item, context, [], listed),
  )
}

const textOf = (node: Expression): string | undefined =>
  node.kind === 'literal' && typeof node.value === 'string' ? node.value : undefined

function adviseOnSpelling(
  field: string,
  literal: Expression,
  context: EvaluationContext,
  fixes: readonly QuickFix[],
  listed: readonly (string | undefined)[] = [],
): Diagnostic[] {
  const text = textOf(literal)
  const column = columnOfField(context.table, context.schema, field)
  if (text === undefined || !column) return []
  const other = context.leaves.share(
    `spelling ${JSON.stringify([column.name, text])}`,
    () => otherSpelling(column, text),
  )
  return other === undefined || listed.includes(other)
    ? []
    : [advise(literal, { code: 'only-in-other-case', field, text, other }, fixes)]
}

/** How the events spell a text that they do not have as it is. */
function otherSpelling(column: Column, text: string): string | undefined {
  if (column.codeOf(text) !== 0) return undefined
  const folded = text.toLowerCase()
  let other: string | undefined
  for (let code = 1; code <= column.size; code++)
    for (const scalar of column.scalars(code)) {
      if (scalar === text) return undefined
      if (
        typeof scalar === 'string' &&
        scalar.length === text.length &&
        scalar.toLowerCase() === folded
      )
        other = scalar
    }
  return other
}
