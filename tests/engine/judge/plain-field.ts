import { printPlainAddress, readPlainAddress } from './plain-address'
import { scalarsAt, type PlainEvent, type PlainScalar } from './plain-event'
import type { PlainField } from './plain-mapping'
import type { PlainNumber, PlainValue } from './plain-number'
import { floorToMs, printPlainInstant, readPlainDate } from './plain-time'

const whole = new Map<string, readonly [least: bigint, most: bigint]>([
  ['byte', [-128n, 127n]],
  ['short', [-32_768n, 32_767n]],
  ['integer', [-(2n ** 31n), 2n ** 31n - 1n]],
  ['long', [-(2n ** 63n), 2n ** 63n - 1n]],
  ['unsigned_long', [0n, 2n ** 64n - 1n]],
])
export const isWholeType = (type: string): boolean => whole.has(type)
export const isRealType = (type: string): boolean =>
  ['double', 'float', 'half_float', 'scaled_float'].includes(type)
export const isDateType = (type: string): boolean =>
  type === 'date' || type === 'date_nanos'

/** A field's value: text, boolean, number, or a bigint for whole numbers, addresses, times. */
export type FieldValue = string | number | bigint | boolean

/** The values of a field in one event, as its mapping type reads them (language.md 3.7). */
export const fieldValues = (
  event: PlainEvent,
  field: PlainField,
): readonly FieldValue[] =>
  scalarsAt(event.source, field.path)
    .map((scalar) => scalar ?? field.nullValue ?? null)
    .map((scalar) => (scalar === null ? undefined : readAs(field.type, scalar)))
    .filter((value) => value !== undefined)

function readAs(
  type: string,
  scalar: Exclude<PlainScalar, null>,
): FieldValue | undefined {
  if (isWholeType(type)) return readWhole(type, scalar)
  if (isRealType(type)) return readReal(type, scalar)
  if (type === 'boolean')
    return scalar === true || scalar === 'true'
      ? true
      : scalar === false || scalar === 'false' || scalar === ''
        ? false
        : undefined
  if (type === 'ip')
    return typeof scalar === 'string' ? readPlainAddress(scalar) : undefined
  if (isDateType(type)) {
    const [first] = typeof scalar === 'boolean' ? [] : (readTimeOf(scalar) ?? [])
    return first === undefined || type === 'date_nanos' ? first : floorToMs(first)
  }
  return String(scalar)
}

const readTimeOf = (scalar: string | number | bigint) =>
  typeof scalar === 'string'
    ? readPlainDate(scalar)
    : ([BigInt(scalar) * 1_000_000n] as const)

function readWhole(type: string, scalar: Exclude<PlainScalar, null>): bigint | undefined {
  const number = wholeOf(scalar)
  const [least, most] = whole.get(type)!
  return number !== undefined && number >= least && number <= most ? number : undefined
}

function wholeOf(scalar: PlainScalar): bigint | undefined {
  if (typeof scalar === 'bigint') return scalar
  if (typeof scalar === 'string' && /^[+-]?\d+$/.test(scalar))
    return BigInt(scalar.replace('+', ''))
  const number = realOf(scalar)
  return number === undefined ? undefined : BigInt(Math.trunc(number))
}

function realOf(scalar: PlainScalar): number | undefined {
  if (typeof scalar === 'number' || typeof scalar === 'bigint') return Number(scalar)
  const isNumber =
    typeof scalar === 'string' && /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(scalar)
  return isNumber ? Number(scalar) : undefined
}

function readReal(type: string, scalar: PlainScalar): number | undefined {
  const number = realOf(scalar)
  return number === undefined ? undefined : inPrecision(type, number)
}

export function inPrecision(type: string, number: number): number {
  if (type === 'float') return Math.fround(number)
  return type === 'half_float' ? nearestHalf(number) : number
}

/** Every half-precision number that is not negative, ascending. */
const halves = Array.from({ length: 0x7c00 }, (_, bits) => {
  const [exponent, fraction] = [bits >> 10, bits & 1023]
  return exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25)
})

function nearestHalf(number: number): number {
  const size = Math.abs(number)
  let at = halves.findIndex((half) => half >= size)
  if (at < 0) return number
  const [above, below] = [halves[at]!, halves[at - 1] ?? 0]
  const isDown =
    size - below < above - size || (size - below === above - size && at % 2 === 1)
  if (isDown && at > 0) at--
  return Math.sign(number) * halves[at]!
}

/** The same value as a script sees it. */
export function scriptValueOf(value: FieldValue, type: string): PlainValue {
  if (typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'bigint' && type === 'ip') return printPlainAddress(value)
  if (typeof value === 'bigint' && isDateType(type)) return printPlainInstant(value)
  return { java: javaOf(type), worth: value }
}

const javaOf = (type: string): PlainNumber['java'] =>
  type === 'long'
    ? 'long'
    : type === 'unsigned_long'
      ? 'ulong'
      : isWholeType(type)
        ? 'int'
        : type === 'float' || type === 'half_float'
          ? 'float'
          : 'double'
