import type { SyntaxNode } from '@lezer/common'
import type {
  Arithmetic,
  Call,
  Compare,
  Expression,
  FieldRef,
  In,
  Literal,
  Logic,
  Match,
  Not,
  Span,
} from './ast'
import type { Diagnostic } from './diagnostics'
import { negateNumber, readNamePart } from './literals'
import { describe, serverError } from './problem'
import { readLiteral } from './read-literal'
import { note, partsOf, spanOf, textOf, type Reading } from './read-tree'
import { serverText } from './server-text'

/** Deeper nesting than anyone writes; it keeps every walk over a query off the stack. */
const maxDepth = 400

type Reader = (reading: Reading, node: SyntaxNode, depth: number) => Expression

const readers: Readonly<Record<string, Reader>> = {
  Or: (reading, node, depth) => readLogic(reading, node, depth, 'or'),
  And: (reading, node, depth) => readLogic(reading, node, depth, 'and'),
  Not: readNot,
  Compare: readCompare,
  Arithmetic: readArithmetic,
  Unary: readUnary,
  In: readIn,
  Match: readMatch,
  Call: readCall,
  Field: readField,
  Paren: (reading, node, depth) => readExpression(reading, partsOf(node)[1]!, depth),
  ProcessRelation: (_, node) => nullAt(node),
  String: readLiteral,
  RawString: readLiteral,
  OldString: readLiteral,
  Number: readLiteral,
  Boolean: readLiteral,
  Null: readLiteral,
}

/** Reads an expression node of a tree without error nodes. */
export function readExpression(
  reading: Reading,
  node: SyntaxNode,
  depth = 0,
): Expression {
  if (depth > maxDepth) return refuseDepth(reading, node)
  return readers[node.name]!(reading, node, depth + 1)
}

/** The expressions right below a node: `(a, b)`, `by a, b`, `head 5`. */
export function readExpressions(
  reading: Reading,
  node: SyntaxNode,
  depth = 0,
): Expression[] {
  return partsOf(node)
    .filter((part) => Object.hasOwn(readers, part.name))
    .map((part) => readExpression(reading, part, depth))
}

const nullAt = (node: SyntaxNode): Literal => ({
  kind: 'literal',
  ...spanOf(node),
  type: 'null',
  value: null,
})

function refuseDepth(reading: Reading, node: SyntaxNode): Expression {
  if (!reading.problems.some(({ code }) => code === 'too-deep'))
    note(reading, () => describeTooDeep(reading.text, node))
  return nullAt(node)
}

/** A query that nests deeper than any walk over it should go. */
export const describeTooDeep = (text: string, { from, to }: Span): Diagnostic => ({
  ...describe({ from, to }, 'too-deep'),
  elastic: serverError('parsing_exception', text, 0, serverText.tooDeep),
})

function readLogic(
  reading: Reading,
  node: SyntaxNode,
  depth: number,
  kind: Logic['kind'],
): Logic {
  return { kind, ...spanOf(node), operands: readExpressions(reading, node, depth) }
}

function readNot(reading: Reading, node: SyntaxNode, depth: number): Not {
  const operand = readExpression(reading, partsOf(node)[1]!, depth)
  return { kind: 'not', ...spanOf(node), operand }
}

function readCompare(reading: Reading, node: SyntaxNode, depth: number): Compare {
  const [left, operator, right] = partsOf(node) as [SyntaxNode, SyntaxNode, SyntaxNode]
  return {
    kind: 'compare',
    ...spanOf(node),
    op: textOf(reading.text, operator) as Compare['op'],
    left: readExpression(reading, left, depth),
    right: readExpression(reading, right, depth),
    opSpan: spanOf(operator),
  }
}

/** `a - b - c` is flat in the tree and leans to the left in the result. */
function readArithmetic(reading: Reading, node: SyntaxNode, depth: number): Expression {
  const [first, ...rest] = partsOf(node)
  if (depth + rest.length / 2 > maxDepth) return refuseDepth(reading, node)
  let left = readExpression(reading, first!, depth + rest.length / 2)
  for (let i = 0; i < rest.length; i += 2) {
    const op = textOf(reading.text, rest[i]!) as Arithmetic['op']
    const right = readExpression(reading, rest[i + 1]!, depth)
    const span = { from: node.from, to: rest[i + 1]!.to }
    left = { kind: 'arithmetic', ...span, op, left, right }
  }
  return left
}

function readUnary(reading: Reading, node: SyntaxNode, depth: number): Expression {
  const [sign, inner] = partsOf(node) as [SyntaxNode, SyntaxNode]
  const operand = readExpression(reading, inner, depth)
  if (textOf(reading.text, sign) === '+') return operand
  const span = spanOf(node)
  const negated = operand.kind === 'literal' ? negateNumber(operand) : undefined
  return negated
    ? { kind: 'literal', ...span, ...negated }
    : { kind: 'negate', ...span, operand }
}

function readIn(reading: Reading, node: SyntaxNode, depth: number): In | Not {
  const parts = partsOf(node)
  const [operator, list] = parts.slice(-2) as [SyntaxNode, SyntaxNode]
  const test: In = {
    kind: 'in',
    ...spanOf(node),
    operand: readExpression(reading, parts[0]!, depth),
    items: readExpressions(reading, list, depth),
    caseInsensitive: operator.name === 'in~',
  }
  return parts.length === 4 ? { kind: 'not', ...spanOf(node), operand: test } : test
}

function readMatch(reading: Reading, node: SyntaxNode, depth: number): Match {
  const [operand, operator, right] = partsOf(node) as [SyntaxNode, SyntaxNode, SyntaxNode]
  const patterns =
    right.name === 'PatternList'
      ? partsOf(right).filter((part) => Object.hasOwn(readers, part.name))
      : [right]
  return {
    kind: 'match',
    ...spanOf(node),
    op: textOf(reading.text, operator) as Match['op'],
    operand: readExpression(reading, operand, depth),
    patterns: patterns.map((pattern) => readLiteral(reading, pattern)),
    opSpan: spanOf(operator),
  }
}

function readCall(reading: Reading, node: SyntaxNode, depth: number): Call {
  const [name, args] = partsOf(node) as [SyntaxNode, SyntaxNode]
  const written = textOf(reading.text, name)
  const caseInsensitive = written.endsWith('~')
  return {
    kind: 'call',
    ...spanOf(node),
    name: caseInsensitive ? written.slice(0, -1) : written,
    caseInsensitive,
    args: readExpressions(reading, args, depth),
    nameSpan: spanOf(name),
  }
}

function readField(reading: Reading, node: SyntaxNode): FieldRef {
  const parts = partsOf(node)
  return {
    kind: 'field',
    ...spanOf(node),
    name: parts
      .filter((part) => part.name.endsWith('Identifier'))
      .map((part) => readNamePart(textOf(reading.text, part)))
      .join('.'),
    optional: parts[0]!.name === '?',
  }
}
