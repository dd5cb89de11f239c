import { compareCodePoints } from './code-point-order'
import type { Column, Scalar } from './column'
import { inPieces } from './in-pieces'
import { numericTypes, type FieldType } from './schema'
import { singleScalar } from './single-scalar'
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
  const known: { code: number; value: Exclude<Scalar, null> }[] = []
  const read = (from: number, to: number): void => {
    for (let code = from + 1; code <= to; code++) {
      const value = readAs(type, singleScalar(column.scalars(code)) ?? null)
      if (value !== null) known.push({ code, value })
    }
  }
  yield* inPieces(size, read, CONTENTS)
  known.sort((a, b) => compareScalars(a.value, b.value))
  known.forEach(({ code, value }, i) => {
    const before = known[i - 1]
    const ties = before !== undefined && compareScalars(before.value, value) === 0
    places[code] = ties ? places[before.code]! : i
  })
  return places
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
  const kindA = kindOrder(a)
  const kindB = kindOrder(b)
  if (kindA !== kindB) return kindA - kindB
  if (typeof a === 'string') return compareCodePoints(a, b as string)
  return a < b ? -1 : a > b ? 1 : 0
}

const kindOrder = (value: Known) =>
  typeof value === 'boolean' ? 0 : typeof value === 'string' ? 2 : 1
