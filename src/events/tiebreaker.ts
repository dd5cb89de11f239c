import { compareCodePoints } from './code-point-order'
import type { Column, Scalar } from './column'
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
export function rankTiebreakers(
  column: Column,
  type: FieldType,
  rowCount: number,
): Uint32Array {
  const ranks = new Uint32Array(rowCount).fill(0xffffffff)
  const places = rankCodes(column, type)
  column.forEach((row, code) => {
    ranks[row] = places[code]!
  })
  return ranks
}

function rankCodes(column: Column, type: FieldType): Uint32Array {
  const places = new Uint32Array(column.size + 1).fill(0xffffffff)
  const known: { code: number; value: Exclude<Scalar, null> }[] = []
  for (let code = 1; code <= column.size; code++) {
    const value = readAs(type, singleScalar(column.scalars(code)) ?? null)
    if (value !== null) known.push({ code, value })
  }
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
