import type { Field } from '../events/schema'
import type { Literal } from '../language/ast'
import { compareCodePoints } from '../events/code-point-order'
import { comparePlain, holds, type CompareOp, type Order } from './compare'
import { readDateNumber, readDateRange, type DateRange } from './date-math'
import { badConstant } from './failure'
import {
  kindOf,
  readBoolean,
  readNumber,
  roundTo,
  type Value,
  type ValueKind,
} from './field-values'
import { isInBlock, readAddress, readBlock } from './ip'
import { literalText } from './literal-value'
import { compareVersions } from './version-order'

export type ValueTest = (value: Value) => boolean

/**
 * The test of `field OP constant` on one value, the constant read as the field's type
 * would (language.md 3.7). `now` is epoch milliseconds.
 * @throws EvaluationFailure when the type cannot hold the constant.
 */
export function compileFieldCompare(
  field: Field,
  op: CompareOp,
  literal: Literal,
  now: number,
): ValueTest {
  const compile = compilers[kindOf(field.type)]
  return compile(field, op, literal, now)
}

type Compile = typeof compileFieldCompare

const compilers: Readonly<Record<ValueKind, Compile>> = {
  text: (_, op, literal) => byOrder(op, literalText(literal), compareCodePoints),
  version: (_, op, literal) => byOrder(op, literalText(literal), compareVersions),
  whole: (field, op, literal) => byOrder(op, requireNumber(field, literal), comparePlain),
  fraction: (field, op, literal) => {
    const constant = roundTo(Number(requireNumber(field, literal)), field.type)
    return byOrder(op, constant, comparePlain)
  },
  boolean: (field, op, literal) => {
    const constant = literal.value === '' ? undefined : readBoolean(literal.value)
    if (constant === undefined) throw badConstant(field.type, literalText(literal))
    return byOrder(op, constant, (a, b) => Number(a) - Number(b))
  },
  ip: compareAddress,
  date: compareDate,
  nanos: compareDate,
}

/** Values of a field all have the type its kind says, which is the constant's too. */
function byOrder<T extends Value>(
  op: CompareOp,
  constant: T,
  compare: (value: T, constant: T) => Order,
): ValueTest {
  if (op === '==' && typeof constant === 'string') return (value) => value === constant
  return (value) => holds(op, compare(value as T, constant))
}

function requireNumber(field: Field, literal: Literal): number | bigint {
  const { value } = literal
  const number = typeof value === 'boolean' ? undefined : readNumber(value)
  if (number === undefined) throw badConstant(field.type, literalText(literal))
  return number
}

/** A block in `==` matches every address in it; order is asked of addresses only. */
function compareAddress(field: Field, op: CompareOp, literal: Literal): ValueTest {
  const text = literalText(literal)
  const block = readBlock(text)
  const address = readAddress(text)
  if (!block || (op !== '==' && address === undefined))
    throw badConstant(field.type, text)
  if (op === '==') return (value) => isInBlock(String(value), block)
  return byOrder(op, block.first, (a, b) => (a < b ? -1 : Number(a > b)))
}

/** `>` and `<=` go by the end of an incomplete date, `>=` and `<` by its beginning. */
function compareDate(
  field: Field,
  op: CompareOp,
  literal: Literal,
  now: number,
): ValueTest {
  const range = requireRange(field, literal, now)
  const inNanos = kindOf(field.type) === 'nanos'
  const first = inNanos ? range.first : toMs(range.first)
  const last = inNanos ? range.last : toMs(range.last)
  const byFirst = byOrder(op === '<' ? '<' : '>=', first, comparePlain)
  const byLast = byOrder(op === '>' ? '>' : '<=', last, comparePlain)
  if (op === '==') return (value) => byFirst(value) && byLast(value)
  return op === '<' || op === '>=' ? byFirst : byLast
}

function requireRange(field: Field, literal: Literal, now: number): DateRange {
  const { value } = literal
  const range =
    typeof value === 'string'
      ? readDateRange(value, field.format, now)
      : typeof value === 'boolean' || value === null
        ? undefined
        : readDateNumber(value)
  if (!range) throw badConstant(field.type, literalText(literal))
  return range
}

/** Milliseconds, rounded down. */
const toMs = (nanos: bigint): number => {
  const rest = ((nanos % 1_000_000n) + 1_000_000n) % 1_000_000n
  return Number((nanos - rest) / 1_000_000n)
}
