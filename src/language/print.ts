import type { EventQuery, Expression, FieldRef, Query, Step } from './ast'
import { printCategory, printLiteral, printName } from './print-literal'

/** Loosest first; the order of language.md 2.2. */
const LEVEL = {
  or: 1,
  and: 2,
  not: 3,
  compare: 4,
  sum: 5,
  product: 6,
  unary: 7,
  predicate: 8,
  primary: 9,
}

/**
 * An expression in canonical EQL: one blank between words, parentheses only where
 * they are needed. Reading the result gives the same expression, spans aside.
 */
export const printExpression = (node: Expression): string => printAt(node, LEVEL.or)

/** Prints in a place that takes nothing looser than a level; else in parentheses. */
function printAt(node: Expression, level: number): string {
  const text = printNode(node)
  return levelOf(node) < level ? `(${text})` : text
}

function levelOf(node: Expression): number {
  switch (node.kind) {
    case 'and':
    case 'or':
    case 'compare':
      return LEVEL[node.kind]
    case 'not':
      return node.operand.kind === 'in' ? LEVEL.predicate : LEVEL.not
    case 'arithmetic':
      return node.op === '+' || node.op === '-' ? LEVEL.sum : LEVEL.product
    case 'negate':
      return LEVEL.unary
    case 'in':
    case 'match':
      return LEVEL.predicate
    case 'literal':
      return printLiteral(node).startsWith('-') ? LEVEL.unary : LEVEL.primary
    case 'field':
    case 'call':
      return LEVEL.primary
  }
}

function printNode(node: Expression): string {
  switch (node.kind) {
    case 'and':
    case 'or':
      return node.operands
        .map((operand) => printAt(operand, LEVEL[node.kind] + 1))
        .join(` ${node.kind} `)
    case 'not':
      return node.operand.kind === 'in'
        ? printIn(node.operand, 'not ')
        : `not ${printAt(node.operand, LEVEL.not)}`
    case 'compare':
      return `${printAt(node.left, LEVEL.sum)} ${node.op} ${printAt(node.right, LEVEL.sum)}`
    case 'arithmetic': {
      const level = levelOf(node)
      return `${printAt(node.left, level)} ${node.op} ${printAt(node.right, level + 1)}`
    }
    case 'negate':
      return `-${printAt(node.operand, LEVEL.unary)}`
    case 'in':
      return printIn(node, '')
    case 'match': {
      const patterns = node.patterns.map(printLiteral).join(', ')
      const right = node.patterns.length === 1 ? patterns : `(${patterns})`
      return `${printAt(node.operand, LEVEL.primary)} ${node.op} ${right}`
    }
    case 'call':
      return `${node.name}${node.caseInsensitive ? '~' : ''}(${printList(node.args)})`
    case 'field':
      return printField(node)
    case 'literal':
      return printLiteral(node)
  }
}

function printIn(node: Extract<Expression, { kind: 'in' }>, not: string): string {
  const operator = node.caseInsensitive ? 'in~' : 'in'
  const operand = printAt(node.operand, LEVEL.primary)
  return `${operand} ${not}${operator} (${printList(node.items)})`
}

const printList = (nodes: readonly Expression[]): string =>
  nodes.map(printExpression).join(', ')

const printField = ({ name, optional }: FieldRef): string =>
  `${optional ? '?' : ''}${printName(name)}`

/** A query in canonical EQL, one step a line. */
export function printQuery({ body, pipes }: Query): string {
  const tail = pipes.map(({ name, count }) => `\n| ${name} ${count}`).join('')
  if (body.kind === 'event') return printEventQuery(body) + tail
  const options =
    body.kind === 'sequence' && body.maxspan ? ` with maxspan=${body.maxspan.text}` : ''
  const steps = body.steps.map((step) => `\n  ${printStep(step)}`).join('')
  const until =
    body.kind === 'sequence' && body.until ? `\nuntil ${printStep(body.until)}` : ''
  return `${body.kind}${printKeys(body.by)}${options}${steps}${until}${tail}`
}

const printKeys = (keys: readonly FieldRef[]): string =>
  keys.length ? ` by ${keys.map(printField).join(', ')}` : ''

const printEventQuery = ({ category, condition }: EventQuery): string =>
  `${category.any ? 'any' : printCategory(category.name)} where ${printExpression(condition)}`

function printStep({ query, missing, by, runs, runsSpan }: Step): string {
  const options = runsSpan ? ` with runs=${runs}` : ''
  return `${missing ? '!' : ''}[${printEventQuery(query)}]${printKeys(by)}${options}`
}
