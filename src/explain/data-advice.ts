import { foldAscii } from '../engine/case-fold'
import { EvaluationFailure } from '../engine/failure'
import type { FieldReader } from '../engine/field-values'
import type { CompiledRule, Condition, Term } from '../engine/plan'
import type { TextIndex } from '../engine/text-index'
import type { Column } from '../events/column'
import { columnOfField } from '../events/field-column'
import { RowSet } from '../events/row-set'
import type { Compare, Expression, In, Query, Span } from '../language/ast'
import type { Diagnostic, QuickFix } from '../language/diagnostics'
import { findNode } from '../language/node-at'
import { childrenOf, fieldsIn, stepsOf } from '../language/walk'
import { adviceWords, type Advice } from './advice-wording'
import { absentFields, firstPiece, type Loaded } from './field-rows'

/** Says where a rule applies; that all events come from there is no news. */
const GUARD = 'host.os.type'
/** Fewer events of a category than this say nothing of what a clause is good for. */
const ENOUGH = 20

/** Rows a clause is asked of after the first piece of them. */
const SECOND = 16_384

/**
 * Advice that only the loaded events can give: a category none of them has, clauses that
 * hold for all or whose fields none has, texts they spell in another case. Never errors,
 * and nothing the server would say. Yields every few thousand contents.
 */
export function* adviseOnData(
  query: Query,
  rule: CompiledRule,
  loaded: Loaded,
): Generator<void, readonly Diagnostic[]> {
  if (loaded.active.isEmpty()) return []
  const advice: Diagnostic[] = []
  const conditions = conditionsOf(rule)
  try {
    for (const [step, written] of stepsOf(query).entries()) {
      const compiled = conditions[step]
      const { condition } = written.query
      if (compiled) advice.push(...(yield* adviseOnStep(condition, compiled, loaded)))
    }
  } catch (error) {
    // A term alone may meet a value that the whole condition never asks of.
    if (!(error instanceof EvaluationFailure)) throw error
    return []
  }
  return advice
}

/** The conditions of the steps as written. */
export function conditionsOf(rule: CompiledRule): readonly (Condition | undefined)[] {
  if (rule.kind === 'events') return [rule.condition]
  const written: Condition[] = []
  for (const { writtenStep, condition } of rule.steps) written[writtenStep] = condition
  return written
}

function* adviseOnStep(
  condition: Expression,
  compiled: Condition,
  loaded: Loaded,
): Generator<void, readonly Diagnostic[]> {
  if (compiled.constant !== undefined) return []
  const category = compiled.terms.find(({ kind }) => kind === 'category')
  const events = category ? yield* category.prepare() : loaded.active
  if (category && events.isEmpty())
    return [advise(category, { code: 'category-not-in-data', ...present(loaded) })]
  const advice: Diagnostic[] = []
  for (const term of compiled.terms) {
    advice.push(...(yield* adviseOnTerm(term, condition, events, loaded)))
    yield
  }
  for (const exact of exactTexts(condition))
    advice.push(...(yield* adviseOnSpelling(exact, loaded)))
  return advice
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

interface Present {
  /** Events switched on. */
  readonly events: number
  /** Their categories, the most frequent first. */
  readonly present: readonly string[]
}

/** By the events switched on: the same for all rules, as long as none come or go. */
const known = new WeakMap<RowSet, Map<Column | undefined, Present>>()

/** The categories the events do have, the most frequent first. */
export function present({ table, active, schema, categoryField }: Loaded): Present {
  const column = columnOfField(table, schema, categoryField)
  const ofActive = known.get(active) ?? new Map<Column | undefined, Present>()
  known.set(active, ofActive)
  const found = ofActive.get(column) ?? countCategories(active, column)
  ofActive.set(column, found)
  return found
}

function countCategories(active: RowSet, column: Column | undefined): Present {
  const byCode = new Uint32Array((column?.size ?? 0) + 1)
  column?.forEach((row, code) => {
    if (active.has(row)) byCode[code]!++
  })
  const counts = new Map<string, number>()
  for (const [code, count] of byCode.entries())
    for (const scalar of count > 0 ? column!.scalars(code) : [])
      if (scalar !== null)
        counts.set(String(scalar), (counts.get(String(scalar)) ?? 0) + count)
  const names = [...counts].sort(([, a], [, b]) => b - a).map(([name]) => name)
  return { events: active.count(), present: names.slice(0, 5) }
}

/** A clause that tells events apart has a field that some of them hold. */
function* adviseOnTerm(
  term: Term,
  condition: Expression,
  events: RowSet,
  loaded: Loaded,
): Generator<void, Diagnostic[]> {
  const clause = term.kind === 'clause' ? findNode(condition, term) : undefined
  const count = events.count()
  if (!clause || clause.kind === 'literal' || count < ENOUGH) return []
  const absent = absentFields(term, condition, events, loaded)
  if (absent) {
    const satisfied = (yield* term.among(events)).count()
    return satisfied > 0 && satisfied < count
      ? []
      : [advise(term, { code: 'field-not-in-data', fields: absent, events: count })]
  }
  const fields = fieldsIn(clause)
  const isGuard = fields.length > 0 && fields.every(({ name }) => name === GUARD)
  return !isGuard && (yield* holdsForAll(term, events, firstPiece(events)))
    ? [advise(term, { code: 'always-true', events: count })]
    : []
}

/** Asks ever more events; of most clauses one of the first few says that it does not. */
function* holdsForAll(
  term: Term,
  events: RowSet,
  first: RowSet,
): Generator<void, boolean> {
  const { size } = events
  if ((yield* term.among(first)).count() < first.count()) return false
  if (first.count() === events.count()) return true
  for (let from = 0, many = SECOND; from < size; from += many, many *= 4) {
    const next = events.and(RowSet.range(size, from, Math.min(from + many, size)))
    if ((yield* term.among(next)).count() < next.count()) return false
  }
  return true
}

/** A text that is compared exactly. */
interface ExactText {
  readonly field: string
  readonly literal: Expression
  readonly text: string
  readonly fixes: readonly QuickFix[]
  /** The texts beside it in a list. */
  readonly listed: readonly (string | undefined)[]
}

/** The texts that events might have in another case alone. */
function exactTexts(node: Expression): readonly ExactText[] {
  if (node.kind === 'compare') return node.op === '==' ? exactInEquals(node) : []
  if (node.kind === 'in') return exactInList(node)
  return childrenOf(node).flatMap(exactTexts)
}

function exactInEquals({ left, right, opSpan }: Compare): readonly ExactText[] {
  const field = left.kind === 'field' ? left : right
  const literal = left.kind === 'field' ? right : left
  const text = textOf(literal)
  if (field.kind !== 'field' || text === undefined) return []
  const fixes = [{ label: 'Use :', edits: [{ ...opSpan, insert: ':' }] }]
  // `:` takes wildcards, and its text on the right.
  const isPlain = literal === right && !/[*?]/.test(text)
  return [{ field: field.name, literal, text, fixes: isPlain ? fixes : [], listed: [] }]
}

function exactInList({ operand, items, caseInsensitive }: In): readonly ExactText[] {
  if (operand.kind !== 'field' || caseInsensitive) return []
  const listed = items.map(textOf)
  return items.flatMap((literal, at) => {
    const text = listed[at]
    return text === undefined
      ? []
      : [{ field: operand.name, literal, text, fixes: [], listed }]
  })
}

const textOf = (node: Expression): string | undefined =>
  node.kind === 'literal' && typeof node.value === 'string' ? node.value : undefined

function* adviseOnSpelling(
  { field, literal, text, fixes, listed }: ExactText,
  { table, schema, leaves }: Loaded,
): Generator<void, readonly Diagnostic[]> {
  const column = columnOfField(table, schema, field)
  const reader = readerOf(field, { table, schema, leaves })
  if (!column || reader?.kind !== 'text') return []
  const key = `spelling ${JSON.stringify([column.name, text])}`
  const spelling = leaves.share<{ other?: string | undefined }>(key, () => ({}))
  if (!('other' in spelling))
    spelling.other = yield* otherSpelling(column, leaves.textsOf(reader), text)
  const { other } = spelling
  return other === undefined || listed.includes(other)
    ? []
    : [advise(literal, { code: 'only-in-other-case', field, text, other }, fixes)]
}

function readerOf(
  name: string,
  { table, schema, leaves }: Pick<Loaded, 'table' | 'schema' | 'leaves'>,
): FieldReader | undefined {
  const field = schema.field(name)
  return field && leaves.reader(table, field)
}

/** How the events spell a text that they do not have as it is. */
function* otherSpelling(
  column: Column,
  texts: TextIndex,
  text: string,
): Generator<void, string | undefined> {
  if (column.codeOf(text) !== 0) return undefined
  yield* texts.prepare(column.size)
  const folded = foldAscii(text)
  let other: string | undefined
  for (const code of texts.find(text, 0, column.size, true).codes)
    for (const scalar of column.scalars(code)) {
      if (scalar === text) return undefined
      if (typeof scalar === 'string' && foldAscii(scalar) === folded) other = scalar
    }
  return other
}
