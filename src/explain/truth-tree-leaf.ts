import { compileFieldTest } from '../engine/field-test'
import type { EvaluationContext } from '../engine/context'
import type { Truth } from '../engine/evidence'
import { EvaluationFailure } from '../engine/failure'
import type { Value } from '../engine/field-values'
import { constantTruth, foldExpression } from '../engine/fold'
import { compileScript } from '../engine/script'
import { compileScriptTest } from '../engine/script-test'
import type { Row } from '../events/row-set'
import type { Field } from '../events/schema'
import type { Category, Compare, EventQuery, Expression, Span } from '../language/ast'
import { findNode } from '../language/node-at'

/** A leaf as the engine asks it. */
export interface AskedLeaf {
  /** Folded; without the `!=`, and without a `not` that folding put around it. */
  readonly asked: Expression
  /** Whether the leaf is true where `asked` is not. */
  readonly isNegated: boolean
  /** As it stands in the query. */
  readonly written: Expression
  readonly isConstant: boolean
  readonly isCategory: boolean
}

/** The leaf that evidence of a span speaks of; undefined if none has that span. */
export function findLeaf(
  query: EventQuery,
  span: Span,
  kind: 'leaf' | 'category',
  context: EvaluationContext,
): AskedLeaf | undefined {
  const written =
    kind === 'category'
      ? categoryTest(query.category, context.categoryField)
      : findNode(query.condition, span)
  if (!written) return undefined
  const isMapped = (name: string): boolean => context.schema.field(name) !== undefined
  const folded = foldExpression(written, isMapped)
  const isConstant = constantTruth(folded) !== undefined
  return {
    ...withoutNegation(folded),
    written,
    isConstant,
    isCategory: kind === 'category',
  }
}

/** The word before `where` as the comparison it stands for (language.md 1.6). */
function categoryTest({ name: value, from, to }: Category, name: string): Compare {
  const span = { from, to }
  return {
    kind: 'compare',
    op: '==',
    left: { kind: 'field', name, optional: false, ...span },
    right: { kind: 'literal', type: 'string', value, ...span },
    opSpan: span,
    ...span,
  }
}

function withoutNegation(folded: Expression): Pick<AskedLeaf, 'asked' | 'isNegated'> {
  if (folded.kind === 'not') {
    const { asked, isNegated } = withoutNegation(folded.operand)
    return { asked, isNegated: !isNegated }
  }
  if (folded.kind !== 'compare' || folded.op !== '!=')
    return { asked: folded, isNegated: false }
  return { asked: { ...folded, op: '==' }, isNegated: true }
}

export interface Asked {
  readonly truth: Truth
  /** The values it is true of, if it asks about one field. */
  readonly values: readonly Value[]
}

/** Has the engine judge a folded leaf on one event, without keeping anything of it. */
export function askLeaf(
  leaf: Expression,
  context: EvaluationContext,
  row: Row,
): Asked | undefined {
  try {
    return askFields(leaf, context, row) ?? askScript(leaf, context, row)
  } catch (error) {
    if (error instanceof EvaluationFailure) return undefined
    throw error
  }
}

function askFields(
  leaf: Expression,
  { table, schema, leaves, now }: EvaluationContext,
  row: Row,
): Asked | undefined {
  const test = compileFieldTest(leaf, schema, now)
  if (!test) return undefined
  const values = leaves.reader(table, test.field).at(row)
  return {
    truth: test.judge(values),
    values: values.filter((value) => test.judge([value]) === true),
  }
}

function askScript(
  leaf: Expression,
  { table, schema, leaves }: EvaluationContext,
  row: Row,
): Asked {
  const script = compileScript(leaf)
  const readers = script.fields
    .map(({ name }) => schema.field(name))
    .filter((field): field is Field => field !== undefined)
    .map((field) => leaves.reader(table, field))
  const test = compileScriptTest(script, readers)
  return { truth: test.judge(readers.map((reader) => reader.at(row))), values: [] }
}
