import { compareCodePoints } from './code-point-order'
import type { Code, Column, Scalar } from './column'
import { inPieces } from './in-pieces'
import { sortRows } from './radix-sort'
import { numericTypes, type FieldType } from './schema'
import { singleScalar } from './single-scalar'
import { sortSlowly } from './slow-sort'
import { readTime } from './time'

const NUMERIC: ReadonlySet<FieldType> = new Set(numericTypes)

const TEXTS: ReadonlySet<FieldType> = new Set<FieldType>([
  'keyword',
  'wildcard',
  'version',
])

/**
 * By row, the place of its tiebreaker value among all of them. Equal values share a
 * place; rows without a value, or with several, come last (language.md 5.2).
 */
export function* rankTiebreakers(
  column: Column,
  type: FieldType,
  rowCount: number,
): Generator<void, Uint32Array> {
  const ranks = new Uint32Array(rowCount).fill(0xffffffff)
  if (column.prepare) yield* column.prepare()
  const places = yield* rankCodes(column, type)
  const put = (row: number, code: number): void => {
    if (row < rowCount) ranks[row] = places[code]!
  }
  yield* inPieces(rowCount, (from, to) => column.forEach(put, from, to))
  return ranks
}

/** Contents read between two pauses. */
const CONTENTS = 1 << 13

function* rankCodes(column: Column, type: FieldType): Generator<void, Uint32Array> {
  const { size } = column
  const places = new Uint32Array(size + 1).fill(0xffffffff)
  const known: KnownCode[] = []
  const read = (from: number, to: number): void => {
    for (let code = from + 1; code <= to; code++) {
      const value = readAs(type, singleScalar(column.scalars(code)) ?? null)
      if (value !== null) known.push({ code, value })
    }
  }
  yield* inPieces(size, read, CONTENTS)
  const sorted = yield* sortKnown(known)
  const place = (from: number, to: number): void => {
    for (let i = from; i < to; i++) {
      const { code, value } = sorted[i]!
      const before = sorted[i - 1]
      const ties = before !== undefined && compareScalars(before.value, value) === 0
      places[code] = ties ? places[before.code]! : i
    }
  }
  yield* inPieces(sorted.length, place)
  return places
}

interface KnownCode {
  readonly code: Code
  readonly value: Known
}

function* sortKnown(known: readonly KnownCode[]): Generator<void, readonly KnownCode[]> {
  const numbers = new Float64Array(known.length)
  for (let i = 0; i < known.length; i++) {
    const { value } = known[i]!
    if (typeof value !== 'number')
      return yield* sortSlowly(known, (a, b) => compareScalars(a.value, b.value))
    numbers[i] = value + 0
  }
  const places = Uint32Array.from(known, (_, i) => i)
  const sorted = yield* sortRows(places, sortableBits(numbers))
  return Array.from(sorted, (place) => known[place]!)
}

/** Numbers as keys of 32 bits, the upper first, that are in the same order. */
function sortableBits(numbers: Float64Array): readonly Uint32Array[] {
  const bits = new DataView(new ArrayBuffer(8))
  const high = new Uint32Array(numbers.length)
  const low = new Uint32Array(numbers.length)
  for (let i = 0; i < numbers.length; i++) {
    bits.setFloat64(0, numbers[i]!)
    const isNegative = numbers[i]! < 0
    high[i] = isNegative ? ~bits.getUint32(0) : bits.getUint32(0) | 0x80000000
    low[i] = isNegative ? ~bits.getUint32(4) : bits.getUint32(4)
  }
  return [high, low]
}

/** The value as its field type holds it: numbers and times as such, all else as text. */
function readAs(type: FieldType, value: Scalar): Scalar {
  if (value === null) return null
  if (typeof value !== 'string') return TEXTS.has(type) ? String(value) : value
  if (type === 'date' || type === 'date_nanos') {
    const time = readTime(value)
    return time ? BigInt(time.ms) * 1_000_000n + BigInt(time.nanos) : null
  }
  if (!NUMERIC.has(type)) return value
  if (/^-?\d{16,}$/.test(value)) return BigInt(value)
  const number = Number(value)
  return value.trim() === '' || Number.isNaN(number) ? null : number
}

type Known = Exclude<Scalar, null>

function compareScalars(a: Known, b: Known): number {
  if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : Number(a > b)
  const kindA = kindOrder(a)
  const kindB = kindOrder(b)
  if (kindA !== kindB) return kindA - kindB
  if (typeof a === 'string') return compareCodePoints(a, b as string)
  return a < b ? -1 : a > b ? 1 : 0
}

const kindOrder = (value: Known) =>
  typeof value === 'boolean' ? 0 : typeof value === 'string' ? 2 : 1
