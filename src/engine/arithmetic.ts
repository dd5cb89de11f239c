import {
  divisionByZero,
  integerOverflow,
  longOverflow,
  unsignedLongOverflow,
} from './failure'
import {
  isWhole,
  type JavaNumber,
  type RealNumber,
  type WholeNumber,
} from './java-number'

export type ArithmeticOp = '+' | '-' | '*' | '/' | '%'

/** Widest first: the result has the wider type of the two (language.md 3.10). */
const width: readonly JavaNumber['type'][] = [
  'double',
  'float',
  'unsigned_long',
  'long',
  'int',
]

/**
 * One arithmetic operation as Java does it. Whole numbers overflow and divide by zero
 * with an error; `/` cuts toward zero, `%` has the sign of the dividend.
 * @throws EvaluationFailure
 */
export function calculate(
  op: ArithmeticOp,
  left: JavaNumber,
  right: JavaNumber,
): JavaNumber {
  const type = width.find((wide) => left.type === wide || right.type === wide) ?? 'int'
  if (type === 'double' || type === 'float')
    return real(type, realResult(op, Number(left.value), Number(right.value)))
  if (!isWhole(left) || !isWhole(right)) return left
  return whole(type, wholeResult(op, left.value, right.value), op)
}

/** @throws EvaluationFailure for the smallest int or long. */
export const negate = (number: JavaNumber): JavaNumber =>
  isWhole(number)
    ? whole(number.type, -number.value, '-')
    : { type: number.type, value: -number.value }

const real = (type: RealNumber['type'], value: number): RealNumber => ({
  type,
  value: type === 'float' ? Math.fround(value) : value,
})

function realResult(op: ArithmeticOp, left: number, right: number): number {
  switch (op) {
    case '+':
      return left + right
    case '-':
      return left - right
    case '*':
      return left * right
    case '/':
      return left / right
    case '%':
      return left % right
  }
}

function wholeResult(op: ArithmeticOp, left: bigint, right: bigint): bigint {
  switch (op) {
    case '+':
      return left + right
    case '-':
      return left - right
    case '*':
      return left * right
    case '/':
    case '%':
      if (right === 0n) throw divisionByZero()
      return op === '/' ? left / right : left % right
  }
}

/** The result in its type; only `/` may wrap around (smallest int by -1), as in Java. */
function whole(type: WholeNumber['type'], value: bigint, op: ArithmeticOp): WholeNumber {
  if (type === 'unsigned_long') {
    if (BigInt.asUintN(64, value) !== value) throw unsignedLongOverflow()
    return { type, value }
  }
  const wrapped = BigInt.asIntN(type === 'int' ? 32 : 64, value)
  if (wrapped !== value && op !== '/')
    throw type === 'int' ? integerOverflow() : longOverflow()
  return { type, value: wrapped }
}
