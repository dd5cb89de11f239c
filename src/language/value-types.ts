import type { LiteralType } from './ast'
import type { Field, FieldType } from '../events/schema'

/** The types values have, by the names the server prints (language.md 3.7, 8.5). */
export type ValueType =
  | 'keyword'
  | 'text'
  | 'boolean'
  | 'null'
  | 'byte'
  | 'short'
  | 'integer'
  | 'long'
  | 'unsigned_long'
  | 'half_float'
  | 'scaled_float'
  | 'float'
  | 'double'
  | 'datetime'
  | 'ip'
  | 'version'
  | 'binary'
  | 'object'
  | 'nested'
  | 'unsupported'

/** Mapping types that the language sees as another one. */
const SEEN_AS: Partial<Readonly<Record<FieldType, ValueType>>> = {
  constant_keyword: 'keyword',
  wildcard: 'keyword',
  match_only_text: 'text',
  date: 'datetime',
  date_nanos: 'datetime',
  flattened: 'unsupported',
}

export function typeOfField({ type, typeName }: Field): ValueType {
  if (typeName === 'binary') return 'binary'
  return SEEN_AS[type] ?? (type as ValueType)
}

export const typeOfLiteral = (type: LiteralType): ValueType =>
  type === 'string' ? 'keyword' : type

const INTEGERS: readonly ValueType[] = ['byte', 'short', 'integer', 'long']
const FRACTIONS: readonly ValueType[] = ['half_float', 'scaled_float', 'float', 'double']

export const isString = (type: ValueType): boolean =>
  type === 'keyword' || type === 'text'

export const isInteger = (type: ValueType): boolean =>
  INTEGERS.includes(type) || type === 'unsigned_long'

export const isNumeric = (type: ValueType): boolean =>
  isInteger(type) || FRACTIONS.includes(type)

/** Types of which the mapping holds values, so that a field of them is usable. */
export const isUsable = (type: ValueType): boolean =>
  type !== 'object' && type !== 'nested' && type !== 'unsupported'

/** Whether values of two types may be joined or listed together; null goes with all. */
export const areCompatible = (a: ValueType, b: ValueType): boolean =>
  a === b ||
  a === 'null' ||
  b === 'null' ||
  (isString(a) && isString(b)) ||
  (isNumeric(a) && isNumeric(b))

/** Whether texts in a list stand for values of this type: addresses, blocks, times. */
export const isReadFromText = (type: ValueType): boolean =>
  type === 'ip' || type === 'datetime' || type === 'version'

/** The type of `a + b` and its like (language.md 3.10). */
export function typeOfArithmetic(left: ValueType, right: ValueType): ValueType {
  const either = (...types: ValueType[]) => types.includes(left) || types.includes(right)
  if (either('null')) return 'null'
  if (either('double', 'scaled_float')) return 'double'
  if (either('float', 'half_float')) return 'float'
  if (either('unsigned_long')) return 'unsigned_long'
  return either('long') ? 'long' : 'integer'
}
