import type { Scalar } from '../events/column'
import type { Row } from '../events/row-set'
import type { Expression, FieldRef, Literal, Step } from '../language/ast'
import { findPath } from '../language/node-at'
import { printExpression } from '../language/print'
import { printCategory } from '../language/print-literal'
import { fieldsIn } from '../language/walk'
import type { Candidate, Remedy, RepairScene } from './repair'
import { removeItem, replaceSpan, withParentheses, type TextEdit } from './text-edit'

/** Of a long list or of many values so many are tried. */
const MOST = 4
/** Between the values of a list. */
const SEPARATOR = ', '

/** Edits of the category of a step that let an event pass. */
export const repairCategory = (
  { valuesOf }: RepairScene,
  { query: { category } }: Step,
  step: number,
  culprit: Row,
  categoryField: string,
): readonly Candidate[] => {
  const own = valuesOf(categoryField, culprit).map((value) =>
    printCategory(String(value)),
  )
  return [...own, 'any'].map((text) => ({
    remedy: { kind: 'category', step, text },
    edits: [replaceSpan(category, text)],
  }))
}

/** Edits of one clause of a step's condition that let an event pass, or do without it. */
export const repairClause = (
  { query: { text }, valuesOf }: RepairScene,
  { query: { condition } }: Step,
  term: { readonly from: number; readonly to: number },
  culprit: Row,
): readonly Candidate[] => {
  const path = findPath(condition, term)
  const node = path.at(-1)
  if (!node) return []
  const clause = text.slice(node.from, node.to)
  const values = (field: FieldRef): readonly Scalar[] => valuesOf(field.name, culprit)
  const rewrites = [...loosen(node, values), ...allowAbsent(node, values)]
  return [
    ...rewrites.map((edit) => ({ remedy: nameRewrite(text, node, edit), edits: [edit] })),
    { remedy: { kind: 'drop-clause', clause }, edits: [dropClause(text, path)] },
  ]
}

/** Of a list that one value is added to, the list itself may be long. */
const nameRewrite = (
  text: string,
  node: Expression,
  { from, to, insert }: TextEdit,
): Remedy =>
  from === to
    ? { kind: 'add-value', value: insert.slice(SEPARATOR.length) }
    : {
        kind: 'rewrite',
        text: `${text.slice(node.from, from)}${insert}${text.slice(to, node.to)}`,
      }

/** A condition that is the clause alone becomes `true`. */
const dropClause = (text: string, path: readonly Expression[]): TextEdit => {
  const node = path.at(-1)!
  const parent = path.at(-2)
  if (parent?.kind === 'and') {
    const spans = parent.operands.map((operand) => withParentheses(text, operand))
    const removed = removeItem(spans, parent.operands.indexOf(node))
    if (removed) return removed
  }
  return replaceSpan(withParentheses(text, node), 'true')
}

type ValuesOf = (field: FieldRef) => readonly Scalar[]

/** Rewrites by which a node that is not true of an event may become so. */
const loosen = (node: Expression, values: ValuesOf): readonly TextEdit[] => {
  const to = (...changed: readonly Expression[]): readonly TextEdit[] =>
    changed.map((each) => replaceSpan(node, printExpression(each)))
  switch (node.kind) {
    case 'compare':
      return loosenCompare(node, values)
    case 'in':
      return to(
        ...(node.caseInsensitive ? [] : [{ ...node, caseInsensitive: true }]),
      ).concat(
        seen(node.operand, literalIn(node.items), values).flatMap((value) =>
          addItem(node.items, value),
        ),
      )
    case 'match':
      return to(
        ...(node.op === 'like' || node.op === 'regex'
          ? [{ ...node, op: `${node.op}~` as const }]
          : []),
      ).concat(
        seen(node.operand, node.patterns[0], values).flatMap((value) =>
          addPattern(node, node.op.startsWith('regex') ? asPattern(value) : value),
        ),
      )
    case 'call':
      return node.caseInsensitive ? [] : to({ ...node, caseInsensitive: true })
    case 'not':
      return [...to(node.operand), ...tighten(node.operand)]
    case 'or':
    case 'and':
      return node.operands.slice(0, MOST).flatMap((operand) => loosen(operand, values))
    default:
      return []
  }
}

/** One more item at the end of a list in parentheses. */
const addItem = (items: readonly Expression[], value: Literal): readonly TextEdit[] => {
  const { to = 0 } = items.at(-1) ?? {}
  return [{ from: to, to, insert: `${SEPARATOR}${printExpression(value)}` }]
}

/** One pattern may stand without parentheses. */
const addPattern = (
  node: Extract<Expression, { kind: 'match' }>,
  value: Literal,
): readonly TextEdit[] => {
  const { patterns } = node
  if ((patterns.at(-1)?.to ?? node.to) < node.to) return addItem(patterns, value)
  return [replaceSpan(node, printExpression({ ...node, patterns: [...patterns, value] }))]
}

const loosenCompare = (
  node: Extract<Expression, { kind: 'compare' }>,
  values: ValuesOf,
): readonly TextEdit[] => {
  const { op, left, right, opSpan } = node
  if (op === '!=') return [replaceSpan(opSpan, '==')]
  if (right.kind !== 'literal') return []
  const found = seen(left, right, values)
  if (op !== '==')
    return found
      .filter(({ type }) => type !== 'string')
      .map((value) =>
        replaceSpan(
          node,
          printExpression({
            ...node,
            op: op.startsWith('<') ? '<=' : '>=',
            right: value,
          }),
        ),
      )
  const listed = found.map((value) => ({
    ...node,
    kind: 'in' as const,
    operand: left,
    items: [right, value],
    caseInsensitive: false,
  }))
  return [
    ...(typeof right.value === 'string' ? [replaceSpan(opSpan, ':')] : []),
    ...listed.map((each) => replaceSpan(node, printExpression(each))),
  ]
}

/** Rewrites by which a node that is true of an event may become false: a part less. */
const tighten = (node: Expression): readonly TextEdit[] => {
  const less = (parts: readonly Expression[], made: (rest: number) => Expression) =>
    parts.length < 2
      ? []
      : parts
          .slice(0, 4 * MOST)
          .map((_, at) => replaceSpan(node, printExpression(made(at))))
  switch (node.kind) {
    case 'in':
      return less(node.items, (at) => ({ ...node, items: node.items.toSpliced(at, 1) }))
    case 'match':
      return less(node.patterns, (at) => ({
        ...node,
        patterns: node.patterns.toSpliced(at, 1),
      }))
    default:
      return []
  }
}

/** `… or field == null`, where the field is absent. */
const allowAbsent = (node: Expression, values: ValuesOf): readonly TextEdit[] => {
  const absent = fieldsIn(node).filter((field) => values(field).length === 0)
  const unique = absent.filter(
    ({ name }, at) => absent.findIndex((other) => other.name === name) === at,
  )
  return unique.slice(0, MOST).map((field) => {
    const name = printExpression(field)
    return replaceSpan(node, `(${printExpression(node)} or ${name} == null)`)
  })
}

/** What an event has in the field, as literals like the one that is written. */
const seen = (
  operand: Expression,
  like: Literal | undefined,
  values: ValuesOf,
): readonly Literal[] =>
  operand.kind !== 'field' || !like
    ? []
    : values(operand)
        .slice(0, MOST)
        .flatMap((value) => literalLike(like, value))

const literalLike = (like: Literal, value: Scalar): readonly Literal[] => {
  if (value === null) return []
  if (typeof like.value === 'string')
    return [{ ...like, type: 'string', value: String(value) }]
  if (typeof value === 'string') return []
  if (typeof value === 'boolean') return [{ ...like, type: 'boolean', value }]
  const type = typeof value === 'bigint' || Number.isInteger(value) ? 'long' : 'double'
  return [{ ...like, type, value }]
}

const literalIn = (items: readonly Expression[]): Literal | undefined =>
  items.find((item) => item.kind === 'literal')

/** A regular expression that means just that text (language.md 4.6). */
const asPattern = (literal: Literal): Literal => ({
  ...literal,
  value: String(literal.value).replace(/[.?+*|{}[\]()"\\#@&<>~^$-]/g, '\\$&'),
})
