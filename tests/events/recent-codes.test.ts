import { expect, test } from 'vitest'
import type { Scalar } from '../../src/events/column'
import { RecentCodes } from '../../src/events/recent-codes'

/** Asks for each content, and adds those that are not remembered. How many were. */
function countFound(contents: readonly Scalar[]): number {
  const recent = new RecentCodes()
  const codes = new Map<Scalar, number>()
  let found = 0
  for (const content of contents) {
    if (!codes.has(content)) codes.set(content, codes.size + 1)
    const code = recent.find(content)
    if (code === 0) recent.add(content, codes.get(content)!)
    else {
      expect(code).toBe(codes.get(content))
      found++
    }
  }
  return found
}

const numbers = (count: number, of: number) =>
  Array.from({ length: count }, (_, i) => i % of)

test('contents that come again are known', () => {
  expect(countFound(['a', 'b', 'a', 1, '1', 1n, 'b', true, 1])).toBe(3)
  expect(countFound(numbers(5000, 100))).toBe(4900)
})

test('many contents are forgotten now and then', () => {
  const threeTimes = Array.from({ length: 6000 }, (_, i) => Math.floor(i / 3) % 600)
  const found = countFound([...threeTimes, ...threeTimes])
  expect(found).toBeGreaterThanOrEqual(8000)
  expect(found).toBeLessThan(12_000 - 600)
})

test('where hardly any comes again, nothing more is remembered', () => {
  expect(countFound([...numbers(600, 600), ...numbers(600, 10)])).toBe(0)
})

test('long texts are not kept', () => {
  const long = 'x'.repeat(1000)
  expect(countFound([long, long, 'x', 'x'])).toBe(1)
})
