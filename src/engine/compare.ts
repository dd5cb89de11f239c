import { isNumber, type JavaNumber, type ScriptValue } from './java-number'

/** Below zero, zero or above, as the left side comes before, with or after the right. */
export type Order = number

/**
 * Order of two values in a script: number with number after widening, string with
 * string by UTF-16 units, boolean with boolean; null for all else (language.md 3.7).
 */
export function compareValues(left: ScriptValue, right: ScriptValue): Order | null {
  if (left === null || right === null) return null
  if (isNumber(left)) return isNumber(right) ? compareNumbers(left, right) : null
  if (typeof left !== typeof right) return null
  return left < right ? -1 : Number(left > right)
}

function compareNumbers(left: JavaNumber, right: JavaNumber): Order {
  const bothWhole = typeof left.value === 'bigint' && typeof right.value === 'bigint'
  if (bothWhole) return left.value < right.value ? -1 : Number(left.value > right.value)
  return compareReals(Number(left.value), Number(right.value))
}

/** Java's total order: -0.0 before 0.0, NaN last and equal to itself. */
function compareReals(left: number, right: number): Order {
  if (left < right) return -1
  if (left > right) return 1
  return realRank(left) - realRank(right)
}

const realRank = (value: number): number =>
  Number.isNaN(value) ? 2 : Object.is(value, -0) ? 0 : 1

/** Exact order of plain numbers, bigint beside number. */
export const comparePlain = (left: number | bigint, right: number | bigint): Order =>
  left < right ? -1 : Number(left > right)

export type CompareOp = '==' | '<' | '<=' | '>' | '>='

/** Whether an order satisfies an operator. */
export function holds(op: CompareOp, order: Order): boolean {
  switch (op) {
    case '==':
      return order === 0
    case '<':
      return order < 0
    case '<=':
      return order <= 0
    case '>':
      return order > 0
    case '>=':
      return order >= 0
  }
}

/** The operator with its sides exchanged. */
export const mirrored: Readonly<Record<CompareOp, CompareOp>> = {
  '==': '==',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
}
