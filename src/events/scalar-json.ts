import type { Scalar } from './column'

/**
 * A scalar as the encoder writes it (assembly/text.ts, assembly/numbers.ts): JSON, and
 * for each scalar just one spelling. A number without fraction beyond ±2^53 is written
 * with an exponent; without one, it is a bigint.
 */
export function printScalar(scalar: Scalar): string {
  if (typeof scalar === 'number') return printNumber(scalar)
  return typeof scalar === 'bigint' ? String(scalar) : JSON.stringify(scalar)
}

/** As `printScalar`; what has no bounds is written as what is beyond them. */
export function printNumber(value: number): string {
  if (Math.abs(value) === Infinity) return value > 0 ? '1e999' : '-1e999'
  if (Number.isInteger(value) && !Number.isSafeInteger(value))
    return value.toExponential()
  // Printing loses the sign of -0, as is wanted.
  return String(value)
}
