import { expect, test } from 'vitest'
import { scaleBars } from '../../src/ui/coverage/scale-bars'

test('bars keep their order, none has no length, and one is never invisible', () => {
  const { logarithmic, lengthOf } = scaleBars([1_000_000, 1, 40, 1, 1, 0])
  expect(logarithmic).toBe(true)
  expect(lengthOf(1_000_000)).toBe(1)
  expect(lengthOf(1)).toBeGreaterThan(0.02)
  expect(lengthOf(40)).toBeGreaterThan(lengthOf(1))
  expect(lengthOf(0)).toBe(0)
})

test('counts of one size are drawn on a linear scale', () => {
  const { logarithmic, lengthOf } = scaleBars([60, 12, 30, 12, 6, 6])
  expect(logarithmic).toBe(false)
  expect([60, 12, 30, 6].map(lengthOf)).toEqual([1, 0.2, 0.5, 0.1])
})
