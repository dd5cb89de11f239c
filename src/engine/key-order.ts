import { compareCodePoints } from '../events/code-point-order'
import { comparePlain } from './compare'
import type { KeyTuple } from './observer'
import type { JoinKey, KeyValue } from './plan'

/**
 * Order of sequences that end with the same event: by key, element by element,
 * nulls skipped, the shorter first (language.md 5.8).
 */
export const compareSequenceKeys = (a: KeyTuple, b: KeyTuple): number => {
  const left = a.filter((value) => value !== null)
  const right = b.filter((value) => value !== null)
  const length = Math.min(left.length, right.length)
  for (let at = 0; at < length; at++) {
    const order = compareKeyValues(left[at]!, right[at]!)
    if (order !== 0) return order
  }
  return left.length - right.length
}

/**
 * Order of samples: by key, field by field as the field's type has it, null before every
 * value (language.md 6.2).
 */
export const compareSampleKeys = (
  a: KeyTuple,
  b: KeyTuple,
  keys: readonly JoinKey[],
): number => {
  for (let at = 0; at < a.length; at++) {
    const left = a[at] ?? null
    const right = b[at] ?? null
    if (left === right) continue
    if (left === null) return -1
    if (right === null) return 1
    const order = (keys[at]?.compare ?? compareKeyValues)(left, right)
    if (order !== 0) return order
  }
  return 0
}

const compareKeyValues = (a: KeyValue, b: KeyValue): number => {
  if (typeof a === 'string' && typeof b === 'string') return compareCodePoints(a, b)
  if (isNumeric(a) && isNumeric(b)) return comparePlain(a, b)
  const left = String(a)
  const right = String(b)
  return left < right ? -1 : left > right ? 1 : 0
}

const isNumeric = (value: KeyValue): value is number | bigint =>
  typeof value === 'number' || typeof value === 'bigint'
