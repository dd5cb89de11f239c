import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findSimilar } from '../../src/language/similar'

test.each([
  [
    'process.nmae',
    ['user.name', 'process.name', 'process.pid'],
    'process.name process.pid',
  ],
  ['haed', ['tail', 'head', 'count'], 'head'],
  ['xyzzy', ['process.name', 'a'], ''],
  ['ab', ['abcd', 'abcde'], 'abcd'],
  ['same', ['same', 'sane'], 'same sane'],
  ['bad', ['bed', 'bid', 'bud'], 'bed bid bud'],
])('%s is like %s', (asked, names, similar) => {
  expect(findSimilar(asked, names).join(' ')).toBe(similar)
})

/** By definition: the cheapest way to make one of the other. */
function distance(a: string, b: string): number {
  if (!a || !b) return a.length + b.length
  const [restA, restB] = [a.slice(1), b.slice(1)]
  if (b.startsWith(a[0]!)) return distance(restA, restB)
  return 1 + Math.min(distance(restA, b), distance(a, restB), distance(restA, restB))
}

test('as many units are kept as Levenshtein says', () => {
  const name = fc.string({
    minLength: 1,
    maxLength: 6,
    unit: fc.constantFrom('a', 'b', '.'),
  })
  fc.assert(
    fc.property(name, fc.uniqueArray(name, { maxLength: 8 }), (asked, names) => {
      const scored = names.map((one) => ({
        one,
        score: 1 - distance(asked, one) / Math.max(asked.length, one.length),
      }))
      const similar = scored.filter(({ score }) => score >= 0.5)
      similar.sort((a, b) => b.score - a.score)
      expect(findSimilar(asked, names)).toEqual(similar.map(({ one }) => one))
    }),
  )
})
