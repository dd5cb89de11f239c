import type { Code, Column, Scalar } from '../events/column'
import { readTimeAs } from '../events/date-format'
import type { Row } from '../events/row-set'
import type { Field, FieldType } from '../events/schema'
import type { EventTable } from '../events/table'
import { readAddress, printAddress } from './ip'
import type { KeyValue } from './plan'

/** How the values of a field are held, by its mapping type (language.md 3.7). */
export type ValueKind =
  | 'text'
  /** The long family: number, bigint beyond ±2^53. */
  | 'whole'
  /** The double family: number, in the field's own precision. */
  | 'fraction'
  | 'boolean'
  /** Address of `ip.ts`. */
  | 'ip'
  /** Epoch milliseconds. */
  | 'date'
  /** Epoch nanoseconds, bigint. */
  | 'nanos'
  | 'version'

/** One value of a field, typed by its kind. */
export type Value = string | number | bigint | boolean

/**
 * A field's values as the index would hold them. Nulls vanish unless the mapping has a
 * `null_value`; what the type cannot hold counts as absent.
 */
export interface FieldReader {
  readonly field: Field
  readonly kind: ValueKind
  /** Absent as long as no event holds the field. */
  readonly column: Column | undefined
  /** One scalar as a value; undefined when there is nothing to test. */
  readonly read: (scalar: Scalar) => Value | undefined
  /** The values behind a code of the column; none for code 0. Kept after the first time. */
  of(code: Code): readonly Value[]
  at(row: Row): readonly Value[]
}

/** The kind of values a mapping type holds. */
export const kindOf = (type: FieldType): ValueKind => kinds[type] ?? 'text'

const kinds: Partial<Record<FieldType, ValueKind>> = {
  long: 'whole',
  integer: 'whole',
  short: 'whole',
  byte: 'whole',
  unsigned_long: 'whole',
  double: 'fraction',
  float: 'fraction',
  half_float: 'fraction',
  scaled_float: 'fraction',
  boolean: 'boolean',
  ip: 'ip',
  date: 'date',
  date_nanos: 'nanos',
  version: 'version',
}

/** Reads a field of a table; the values of each distinct content are made once. */
export function readFieldValues(table: EventTable, field: Field): FieldReader {
  let column = table.column(field.column)
  const kind = kindOf(field.type)
  const read = (scalar: Scalar): Value | undefined => {
    const given = scalar ?? field.nullValue ?? null
    return given === null ? undefined : readValue(given, kind, field)
  }
  const known: (readonly Value[] | undefined)[] = []
  const of = (code: Code): readonly Value[] => {
    if (code === 0 || column === undefined) return noValues
    const scalars = column.scalars(code)
    // Texts are their own values, and by far the most numerous.
    if (kind === 'text' && isTexts(scalars)) return scalars
    return (known[code] ??= scalars.map(read).filter(isPresent))
  }
  return {
    field,
    kind,
    get column() {
      return (column ??= table.column(field.column))
    },
    read,
    of,
    at(row) {
      return of(this.column?.codeAt(row) ?? 0)
    },
  }
}

const noValues: readonly Value[] = []

const isPresent = (value: Value | undefined): value is Value => value !== undefined

function isTexts(scalars: readonly Scalar[]): scalars is readonly string[] {
  for (const scalar of scalars) if (typeof scalar !== 'string') return false
  return true
}

type Given = Exclude<Scalar, null>

function readValue(given: Given, kind: ValueKind, field: Field): Value | undefined {
  switch (kind) {
    case 'text':
    case 'version':
      return String(given)
    case 'whole':
      return readWhole(given, field.type)
    case 'fraction':
      return readFraction(given, field.type)
    case 'boolean':
      return readBoolean(given)
    case 'ip':
      return typeof given === 'string' ? readAddress(given) : undefined
    case 'date':
      return readTimeAs(given, field.format)?.ms
    case 'nanos': {
      const instant = readTimeAs(given, field.format)
      return instant && BigInt(instant.ms) * 1_000_000n + BigInt(instant.nanos)
    }
  }
}

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/

/** A number or its text, whole ones exactly; undefined for what is no number. */
export function readNumber(given: Scalar): number | bigint | undefined {
  if (typeof given === 'bigint') return narrow(given)
  if (typeof given === 'number') return given
  if (typeof given !== 'string') return undefined
  if (/^[+-]?\d+$/.test(given)) return narrow(BigInt(given.replace('+', '')))
  return decimal.test(given) ? Number(given) : undefined
}

/**
 * A number of the long family; fractions are cut off, as Elasticsearch coerces them, and
 * what lies beyond the type is no value of it.
 */
function readWhole(given: Scalar, type: FieldType): number | bigint | undefined {
  const number = readNumber(given)
  if (number === undefined) return undefined
  const whole = typeof number === 'number' ? cutFraction(number) : number
  const [least, most] = ranges[type] ?? ranges.long
  return whole !== undefined && whole >= least && whole <= most ? whole : undefined
}

const cutFraction = (number: number): number | bigint | undefined => {
  const cut = Math.trunc(number)
  if (Number.isSafeInteger(cut)) return cut
  return Number.isFinite(cut) ? BigInt(cut) : undefined
}

/** The greatest number that a field of whole numbers holds; -1 for other fields. */
export const mostWhole = ({ kind, field }: FieldReader): number =>
  kind === 'whole' ? Number((ranges[field.type] ?? ranges.long)[1]) : -1

const ranges: Partial<Record<FieldType, readonly [least: bigint, most: bigint]>> & {
  readonly long: readonly [least: bigint, most: bigint]
} = {
  byte: [-128n, 127n],
  short: [-32_768n, 32_767n],
  integer: [-(2n ** 31n), 2n ** 31n - 1n],
  long: [-(2n ** 63n), 2n ** 63n - 1n],
  unsigned_long: [0n, 2n ** 64n - 1n],
}

const narrow = (value: bigint): number | bigint =>
  Number.isSafeInteger(Number(value)) ? Number(value) : value

function readFraction(given: Scalar, type: FieldType): number | undefined {
  const number = readNumber(given)
  return number === undefined ? undefined : roundTo(Number(number), type)
}

/** A number in the precision of a field type; `double` as it is. */
export function roundTo(value: number, type: FieldType): number {
  if (type === 'float') return Math.fround(value)
  return type === 'half_float' ? roundToHalf(value) : value
}

/** Eleven significant bits, at least 2^-24 apart (IEEE 754 binary16). */
function roundToHalf(value: number): number {
  if (value === 0 || !Number.isFinite(value)) return value
  const exponent = Math.max(Math.floor(Math.log2(Math.abs(value))), -14)
  const step = 2 ** (exponent - 10)
  const scaled = value / step
  const floor = Math.floor(scaled)
  const rest = scaled - floor
  const up = rest > 0.5 || (rest === 0.5 && floor % 2 !== 0)
  return (up ? floor + 1 : floor) * step
}

const booleans = new Map<Scalar, boolean>([
  [true, true],
  [false, false],
  ['true', true],
  ['false', false],
  ['', false],
])

/** A boolean or its text; an empty text counts as false in an event. */
export const readBoolean = (given: Scalar): boolean | undefined => booleans.get(given)

/**
 * A value as a join key: equal keys are `===`, numbers across long and double,
 * addresses as their usual text (language.md 5.3).
 */
export function keyValue(value: Value, kind: ValueKind): KeyValue {
  if (kind === 'ip' && typeof value === 'string') return printAddress(value)
  if (kind === 'nanos' && typeof value === 'bigint')
    return value % 1_000_000n === 0n ? Number(value / 1_000_000n) : value
  if (typeof value === 'number' && Number.isInteger(value) && kind === 'fraction')
    return narrow(BigInt(value))
  return value
}
