import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Scalar } from '../../src/events/column'
import { atOnce } from '../../src/events/in-pieces'
import { MapDictionary } from '../../src/events/map-dictionary'
import { StoredColumn } from '../../src/events/stored-column'
import { rankTiebreakers } from '../../src/events/tiebreaker'

const NONE = 0xffffffff

const ranksOf = (values: readonly Scalar[], type: 'long' | 'double' | 'keyword') => {
  const column = new StoredColumn('n', new MapDictionary())
  values.forEach((value, row) => column.put(row, value))
  return atOnce(rankTiebreakers(column, type, values.length))
}

const number = fc.oneof(
  fc.integer({ min: -5, max: 5 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(-0.5, 0.5, 1e300, -1e300),
)

/** So that they are sorted in either way: few by comparing, many by their digits. */
const repeated = (values: readonly number[]): readonly number[] =>
  values.length === 0
    ? []
    : Array.from({ length: 5000 }, (_, i) => values[i % values.length]! + i * 1e-3)

test.for([
  ['few', (values: readonly number[]) => values],
  ['many', repeated],
] as const)('numbers rank by their size: %s', ([, made]) => {
  fc.assert(
    fc.property(fc.array(number, { maxLength: 30 }), (few) => {
      const values = made(few)
      const ranks = ranksOf(values, 'double')
      const rows = [...values.keys()].sort((a, b) => ranks[a]! - ranks[b]!)
      for (const [i, row] of rows.entries()) {
        const before = rows[i - 1]
        if (before === undefined) continue
        const [lower, upper] = [values[before]!, values[row]!]
        if (lower > upper || (lower === upper) !== (ranks[before] === ranks[row]))
          expect([lower, upper, ranks[before], ranks[row]]).toBe('in order')
      }
    }),
    { numRuns: 50 },
  )
})

test('numbers, their texts and what is beyond them rank together; the rest comes last', () => {
  const values = [3, '2', 2, 2n ** 60n, '-7', 'x', null, 2.5]
  const ranks = ranksOf(values, 'long')
  const order = [...values.keys()].sort((a, b) => ranks[a]! - ranks[b]!)
  expect(order.map((row) => values[row])).toEqual([
    ...['-7', '2', 2, 2.5, 3, 2n ** 60n],
    ...['x', null],
  ])
  expect(ranks[1]).toBe(ranks[2])
  expect([ranks[5], ranks[6]]).toEqual([NONE, NONE])
})

test('numbers beyond all bounds are of one size', () => {
  const ranks = ranksOf(['1e999', 5, Infinity, '-1e999', -Infinity, 2n ** 60n], 'double')
  expect(ranks[0]).toBe(ranks[2])
  expect(ranks[3]).toBe(ranks[4])
  expect(ranks[0]).toBeGreaterThan(ranks[5]!)
})
