import type { Expression, Literal } from '../../../src/language/ast'
import { isNullable } from './plain-functions'
import { isPlainNumber, type PlainValue } from './plain-number'
import { evaluate } from './plain-script'

export type IsField = (name: string) => boolean

/**
 * What planning leaves of an expression (language.md 2.4, 3.4, 3.5): unmapped fields are
 * null, what no event can change is computed, null spreads.
 */
export function simplify(node: Expression, isField: IsField): Expression {
  const of = (child: Expression): Expression => simplify(child, isField)
  switch (node.kind) {
    case 'literal':
      return node
    case 'field':
      return isField(node.name) ? node : constant(null)
    case 'call': {
      const args = node.args.map(of)
      const name = node.name.toLowerCase()
      if (args.some((arg, at) => isNull(arg) && !isNullable(name, at)))
        return constant(null)
      return computed({ ...node, args }, args)
    }
    case 'negate':
    case 'not': {
      const operand = of(node.operand)
      return isNull(operand) ? constant(null) : computed({ ...node, operand }, [operand])
    }
    case 'arithmetic': {
      const [left, right] = [of(node.left), of(node.right)]
      if (isNull(left) || isNull(right)) return constant(null)
      return computed({ ...node, left, right }, [left, right])
    }
    case 'compare':
      return simplifyCompare(node, isField)
    case 'in': {
      const operand = of(node.operand)
      const items = node.items.map(of).filter((item) => !isNull(item))
      if (isNull(operand) || items.length === 0) return constant(null)
      return computed({ ...node, operand, items }, [operand, ...items])
    }
    case 'match': {
      const operand = of(node.operand)
      const patterns = node.patterns.filter((pattern) => !isNull(pattern))
      if (isNull(operand) || patterns.length === 0) return constant(null)
      return computed({ ...node, operand, patterns }, [operand])
    }
    case 'and':
    case 'or':
      return node.operands.map(of).reduce((left, right) => joined(node.kind, left, right))
  }
}

function simplifyCompare(
  node: Extract<Expression, { kind: 'compare' }>,
  isField: IsField,
): Expression {
  const left = simplify(node.left, isField)
  const right = simplify(node.right, isField)
  const wasNull = (side: Expression): boolean =>
    isNull(side) || (side.kind === 'field' && !isField(side.name))
  if (node.op === '==' || node.op === '!=') {
    if (wasNull(node.right))
      return computed({ ...node, left, right: constant(null) }, [left])
    if (wasNull(node.left))
      return computed({ ...node, left: right, right: constant(null) }, [right])
  }
  if (isNull(left) || isNull(right)) return constant(null)
  if (isConstant(left) && !isConstant(right))
    return predicateItself({ ...node, op: turned[node.op]!, left: right, right: left })
  return isConstant(left)
    ? computed({ ...node, left, right }, [left, right])
    : predicateItself({ ...node, left, right })
}

const turned: Record<string, '==' | '!=' | '<' | '<=' | '>' | '>='> = {
  '==': '==',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
}

const truthCalls = ['startswith', 'endswith', 'stringcontains', 'cidrmatch']

/** `p == true` is p, `p == false` is not p, for anything but a plain field. */
function predicateItself(node: Extract<Expression, { kind: 'compare' }>): Expression {
  const { op, left, right } = node
  const isTruth =
    left.kind === 'call'
      ? truthCalls.includes(left.name.toLowerCase())
      : left.kind !== 'field' && left.kind !== 'arithmetic' && left.kind !== 'negate'
  if (!isTruth || right.kind !== 'literal' || typeof right.value !== 'boolean')
    return node
  if (op !== '==' && op !== '!=') return node
  return right.value === (op === '==')
    ? left
    : { kind: 'not', operand: left, from: 0, to: 0 }
}

/** Two terms of a chain, either perhaps a constant (language.md 3.5). */
function joined(kind: 'and' | 'or', left: Expression, right: Expression): Expression {
  const strong = kind === 'or'
  const is = (side: Expression, value: boolean): boolean =>
    isConstant(side) && side.value === value
  if (is(left, strong) || is(right, strong)) return constant(strong)
  if (is(left, !strong)) return right
  if (is(right, !strong)) return left
  if (isNull(left) || isNull(right)) {
    if (kind === 'and') return constant(null)
    return isNull(left) ? right : left
  }
  return { kind, operands: [left, right], from: 0, to: 0 }
}

export const isConstant = (node: Expression): node is Literal => node.kind === 'literal'
export const isNull = (node: Expression): boolean =>
  isConstant(node) && node.value === null

const computed = (node: Expression, operands: readonly Expression[]): Expression =>
  operands.every(isConstant) ? constant(evaluate(node, new Map())) : node

function constant(value: PlainValue): Literal {
  const place = { kind: 'literal', from: 0, to: 0 } as const
  if (value === null) return { ...place, type: 'null', value }
  if (typeof value === 'string') return { ...place, type: 'string', value }
  if (!isPlainNumber(value)) return { ...place, type: 'boolean', value }
  const types = {
    int: 'integer',
    long: 'long',
    ulong: 'unsigned_long',
    float: 'double',
    double: 'double',
  } as const
  return { ...place, type: types[value.java], value: value.worth }
}
