import type { Schema } from '../events/schema'
import type { Expression, In, Literal, Logic, Match, Query, Sequence } from './ast'
import type { Diagnostic } from './diagnostics'
import { describe, replaceFix } from './problem'
import { typeOf } from './type-of'
import { isReadFromText } from './value-types'
import { childrenOf, stepsOf } from './walk'

/**
 * Advice on a query that runs, but perhaps not as meant (language.md 8.6, end): never
 * an error, and nothing the server would say.
 */
export function lintQuery(query: Query, schema: Schema): readonly Diagnostic[] {
  const { body, text } = query
  const steps = stepsOf(query).map((step) => step.query)
  const until = body.kind === 'sequence' && body.until ? [body.until.query] : []
  return [
    ...(body.kind === 'sequence' ? lintSequence(body) : []),
    ...[...steps, ...until].flatMap(({ condition }) =>
      lintExpression(condition, schema, text),
    ),
  ]
}

const warning = (diagnostic: Diagnostic): Diagnostic => ({
  ...diagnostic,
  severity: 'warning',
})
const hint = (diagnostic: Diagnostic): Diagnostic => ({ ...diagnostic, severity: 'hint' })

function lintSequence({ from, by, maxspan, steps, until }: Sequence): Diagnostic[] {
  const word = { from, to: from + 'sequence'.length }
  const positive = steps.filter((step) => !step.missing)
  const happening = positive.reduce((sum, step) => sum + step.runs, 0)
  const isKeyed = by.length > 0 || steps.some((step) => step.by.length > 0)
  return [
    ...(maxspan ? [] : [hint(describe(word, 'no-maxspan'))]),
    ...(isKeyed ? [] : [hint(describe(word, 'no-join-key'))]),
    ...(steps[0]?.missing && steps.at(-1)?.missing
      ? [warning(describe(steps.at(-1)!, 'quiet-at-either-end'))]
      : []),
    ...(until && happening === 1
      ? [warning(describe(until, 'until-without-effect'))]
      : []),
  ]
}

function lintExpression(node: Expression, schema: Schema, text: string): Diagnostic[] {
  const below = childrenOf(node).flatMap((child) => lintExpression(child, schema, text))
  return [...lintNode(node, schema, text), ...below]
}

function lintNode(node: Expression, schema: Schema, text: string): Diagnostic[] {
  switch (node.kind) {
    case 'compare':
      return node.op === '==' || node.op === '!='
        ? [node.left, node.right].filter(isWildcard).map((literal) => ({
            ...warning(
              describe(literal, 'wildcard-under-equals', shorten(literal), node.op),
            ),
            fixes: node.op === '==' ? [replaceFix('Use :', node.opSpan, ':')] : [],
          }))
        : []
    case 'in':
      return lintIn(node, schema)
    case 'or':
      return lintOr(node, text)
    case 'match':
      return lintRegex(node)
    default:
      return []
  }
}

/** A `?` alone is as often part of an address as a wildcard. */
const isWildcard = (node: Expression): node is Literal =>
  node.kind === 'literal' &&
  typeof node.value === 'string' &&
  (node.value.includes('*') || /^[^/=]*\?[^/=]*$/.test(node.value))

const shorten = ({ value }: Literal) => {
  const text = String(value)
  return text.length > 40 ? `“${text.slice(0, 39)}…”` : `“${text}”`
}

function lintIn({ items, operand, caseInsensitive }: In, schema: Schema): Diagnostic[] {
  const op = caseInsensitive ? 'in~' : 'in'
  const type = typeOf(operand, schema)
  const text = items.find((item) => item.kind === 'literal' && item.type === 'string')
  return [
    ...items
      .filter(isWildcard)
      .map((item) => warning(describe(item, 'wildcard-under-equals', shorten(item), op))),
    ...(text && type && isReadFromText(type)
      ? [hint(describe(text, 'text-list', type))]
      : []),
  ]
}

function lintOr(node: Logic, text: string): Diagnostic[] {
  return node.operands
    .filter(
      (operand): operand is Logic =>
        operand.kind === 'and' && !isParenthesised(operand, node, text),
    )
    .map((operand) => ({
      ...hint(describe(operand, 'mixed-logic')),
      fixes: [
        replaceFix(
          'Add parentheses',
          operand,
          `(${text.slice(operand.from, operand.to)})`,
        ),
      ],
    }))
}

/** The span of an operand leaves its parentheses out; that of the whole has them in. */
const isParenthesised = (operand: Logic, whole: Logic, text: string): boolean =>
  operand.from > whole.from && text.slice(0, operand.from).trimEnd().endsWith('(')

/** Patterns over function results are Java's, where these do mean something. */
function lintRegex({ op, operand, patterns }: Match): Diagnostic[] {
  if (!op.startsWith('regex') || operand.kind !== 'field') return []
  return patterns.flatMap((pattern) => {
    const part = /^\^|(?<!\\)\$$|\\b|\(\?/.exec(String(pattern.value))?.[0]
    return part ? [warning(describe(pattern, 'regex-dialect', part))] : []
  })
}
