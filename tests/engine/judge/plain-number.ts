import { PlainFailure } from './plain-failure'

/** A number of Java's: `int`, `long` and `ulong` hold a bigint, the others a number. */
export interface PlainNumber {
  readonly java: 'int' | 'long' | 'ulong' | 'float' | 'double'
  readonly worth: number | bigint
}

/** What a script computes with; absent is null (language.md 3.1). */
export type PlainValue = string | boolean | PlainNumber | null

export const isPlainNumber = (value: PlainValue): value is PlainNumber =>
  typeof value === 'object' && value !== null

export const asDouble = ({ worth }: PlainNumber): number => Number(worth)

const widest = ['double', 'float', 'ulong', 'long', 'int'] as const
const limits = {
  int: [-(2n ** 31n), 2n ** 31n - 1n],
  long: [-(2n ** 63n), 2n ** 63n - 1n],
  ulong: [0n, 2n ** 64n - 1n],
} as const

/** `+ - * / %` as Java does them (language.md 3.10). @throws PlainFailure */
export function calculatePlainly(
  sign: string,
  left: PlainNumber,
  right: PlainNumber,
): PlainNumber {
  const java = widest.find((each) => left.java === each || right.java === each)!
  if (java === 'double' || java === 'float') {
    const worth = onDoubles(sign, asDouble(left), asDouble(right))
    return { java, worth: java === 'float' ? Math.fround(worth) : worth }
  }
  const [a, b] = [left.worth as bigint, right.worth as bigint]
  if ((sign === '/' || sign === '%') && b === 0n) throw new PlainFailure('/ by zero')
  const worth = onIntegers(sign, a, b)
  const [least, most] = limits[java]
  if (worth >= least && worth <= most) return { java, worth }
  // The one quotient that does not fit comes round to where it started.
  if (sign === '/' && java !== 'ulong') return { java, worth: least }
  throw new PlainFailure(`${java} overflow`)
}

const onDoubles = (sign: string, a: number, b: number): number =>
  sign === '+'
    ? a + b
    : sign === '-'
      ? a - b
      : sign === '*'
        ? a * b
        : sign === '/'
          ? a / b
          : a % b

const onIntegers = (sign: string, a: bigint, b: bigint): bigint =>
  sign === '+'
    ? a + b
    : sign === '-'
      ? a - b
      : sign === '*'
        ? a * b
        : sign === '/'
          ? a / b
          : a % b

/** Unary minus. */
export function negatePlainly(number: PlainNumber): PlainNumber {
  if (typeof number.worth === 'number') return { ...number, worth: -number.worth }
  return calculatePlainly('-', { java: number.java, worth: 0n }, number)
}

/** Text as Java prints it (language.md 4.4). */
export function printPlainly(value: Exclude<PlainValue, null>): string {
  if (!isPlainNumber(value)) return String(value)
  const { java, worth } = value
  if (typeof worth === 'bigint') return String(worth)
  if (!Number.isFinite(worth)) return String(worth)
  const [mantissa = '', exponent = '0'] = shortest(java, worth).split('e')
  const sign = worth < 0 || Object.is(worth, -0) ? '-' : ''
  const digits = mantissa.replace(/[-.]/g, '')
  const point = Number(exponent)
  if (worth === 0) return `${sign}0.0`
  if (point < -3 || point >= 7)
    return `${sign}${digits[0]!}.${digits.slice(1) || '0'}E${point}`
  if (point < 0) return `${sign}0.${'0'.repeat(-point - 1)}${digits}`
  const padded = digits.padEnd(point + 2, '0')
  return `${sign}${padded.slice(0, point + 1)}.${padded.slice(point + 1)}`
}

/** The fewest digits that give the number back, as `d.ddde±x`. */
function shortest(java: string, worth: number): string {
  if (java !== 'float') return worth.toExponential()
  for (let digits = 0; digits < 20; digits++)
    if (Math.fround(Number(worth.toExponential(digits))) === worth)
      return worth.toExponential(digits)
  return worth.toExponential()
}

/** Below zero, zero or above; null where the two cannot be compared (language.md 3.7). */
export function comparePlainly(left: PlainValue, right: PlainValue): number | null {
  if (isPlainNumber(left) && isPlainNumber(right)) {
    const [a, b] = [left.worth, right.worth]
    if (typeof a === 'bigint' && typeof b === 'bigint') return a < b ? -1 : a > b ? 1 : 0
    const [x, y] = [Number(a), Number(b)]
    if (Object.is(x, y)) return 0
    if (Number.isNaN(x) || Number.isNaN(y)) return Number.isNaN(x) ? 1 : -1
    if (x === y) return Object.is(x, -0) ? -1 : 1
    return x < y ? -1 : 1
  }
  if (typeof left === 'string' && typeof right === 'string')
    return left < right ? -1 : left > right ? 1 : 0
  if (typeof left === 'boolean' && typeof right === 'boolean')
    return Number(left) - Number(right)
  return null
}
