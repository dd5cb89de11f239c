import type { Schema } from '../events/schema'
import type { Expression } from './ast'
import { findSignature } from './functions'
import {
  typeOfArithmetic,
  typeOfField,
  typeOfLiteral,
  type ValueType,
} from './value-types'
import { childrenOf } from './walk'

type Fields = Pick<Schema, 'field'>

/**
 * The type of an expression's value, for checks and hover; undefined where an unknown
 * field or function leaves it open. An optional field that nothing maps is null
 * (language.md 3.4).
 */
export function typeOf(expression: Expression, schema: Fields): ValueType | undefined {
  switch (expression.kind) {
    case 'literal':
      return typeOfLiteral(expression.type)
    case 'field': {
      const field = schema.field(expression.name)
      if (field) return typeOfField(field)
      return expression.optional ? 'null' : undefined
    }
    case 'negate':
      return typeOf(expression.operand, schema)
    case 'arithmetic':
      return typeOfPair(expression.left, expression.right, schema)
    case 'call': {
      const result = findSignature(expression.name)?.result
      if (result !== 'arithmetic') return result
      const [left, right] = expression.args
      return left && right && typeOfPair(left, right, schema)
    }
    default:
      return 'boolean'
  }
}

function typeOfPair(left: Expression, right: Expression, schema: Fields) {
  const types = [typeOf(left, schema), typeOf(right, schema)] as const
  return types[0] && types[1] && typeOfArithmetic(types[0], types[1])
}

/** Whether no event can change the value: no mapped field is in it (language.md 3.7). */
export const isConstant = (expression: Expression, schema: Fields): boolean =>
  expression.kind === 'field'
    ? expression.optional && !schema.field(expression.name)
    : childrenOf(expression).every((child) => isConstant(child, schema))
