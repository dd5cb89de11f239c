import { isWhole, type JavaNumber, type ScriptValue } from './java-number'

/**
 * Text of a value as Java prints it, which is what `string` and `concat` give
 * (language.md 4.4): `42`, `42.0`, `4.25E7`, `true`.
 */
export function javaText(value: Exclude<ScriptValue, null>): string {
  if (typeof value === 'string') return value
  return typeof value === 'boolean' ? String(value) : numberText(value)
}

function numberText(number: JavaNumber): string {
  if (isWhole(number)) return String(number.value)
  const shortest = number.type === 'float' ? shortestFloat(number.value) : number.value
  return realText(shortest)
}

/** The number of fewest digits that rounds to the same float. */
export function shortestFloat(value: number): number {
  if (value === 0) return value
  for (let precision = 1; precision < 10; precision++) {
    const shorter = Number(value.toPrecision(precision))
    if (Math.fround(shorter) === value) return shorter
  }
  return value
}

/** `Double.toString`: scientific below 10^-3 and from 10^7, always a fraction digit. */
function realText(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0'
  const size = Math.abs(value)
  if (size >= 1e-3 && size < 1e7) return withFraction(String(value))
  const [digits = '', exponent = ''] = value.toExponential().split('e')
  return `${withFraction(digits)}E${exponent.replace('+', '')}`
}

const withFraction = (digits: string): string =>
  digits.includes('.') ? digits : `${digits}.0`
