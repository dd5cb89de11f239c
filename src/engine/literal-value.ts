import type { Literal, Span } from '../language/ast'
import {
  isNumber,
  isWhole,
  plainNumber,
  type JavaNumber,
  type ScriptValue,
} from './java-number'
import { javaText } from './java-text'

const wholeTypes = {
  integer: 'int',
  long: 'long',
  unsigned_long: 'unsigned_long',
} as const

/** A literal as scripts compute with it. */
export function literalValue({ type, value }: Literal): ScriptValue {
  if (typeof value !== 'number' && typeof value !== 'bigint') return value
  if (type === 'integer' || type === 'long' || type === 'unsigned_long')
    return { type: wholeTypes[type], value: BigInt(value) }
  return { type: 'double', value: Number(value) }
}

/** A computed value as a literal that stands where the computation was written. */
export function literalOf(value: ScriptValue, { from, to }: Span): Literal {
  const span = { kind: 'literal', from, to } as const
  if (value === null) return { ...span, type: 'null', value }
  if (isNumber(value))
    return { ...span, type: literalType(value), value: plainNumber(value) }
  return typeof value === 'string'
    ? { ...span, type: 'string', value }
    : { ...span, type: 'boolean', value }
}

function literalType(number: JavaNumber): Literal['type'] {
  if (!isWhole(number)) return 'double'
  return number.type === 'int' ? 'integer' : number.type
}

/** A literal's text as Java prints it; `null` for null. */
export const literalText = (literal: Literal): string => {
  const value = literalValue(literal)
  return value === null ? 'null' : javaText(value)
}
