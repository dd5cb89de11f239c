import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findDifference } from '../../src/ui/repair/text-diff'

const print = (old: string, now: string): string => {
  const { before, removed, added, after } = findDifference(old, now)
  return `${before}[-${removed}-][+${added}+]${after}`
}

test.each([
  ['with maxspan=5m', 'with maxspan=6m', 'with maxspan=[-5-][+6+]m'],
  ['a == 1 and b == 2', 'a == 1', 'a == 1[- and b == 2-][++]'],
  ['a == 1', 'a == 1 or b', 'a == 1[--][+ or b+]'],
  ['a\n  and b', 'a\n  and c', 'a and [-b-][+c+]'],
  ['same', 'same', 'same[--][++]'],
])('%j and %j', (old, now, expected) => expect(print(old, now)).toBe(expected))

test('what is the same is cut where it is long', () => {
  const lead = 'x'.repeat(100)
  expect(print(`${lead}1${lead}`, `${lead}2${lead}`)).toBe(
    `…${'x'.repeat(32)}[-1-][+2+]${'x'.repeat(32)}…`,
  )
})

test('it is the one stretch that changed, whatever the texts', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 12 })
  fc.assert(
    fc.property(word, word, (old, now) => {
      const { before, removed, added, after } = findDifference(old, now)
      expect([before + removed + after, before + added + after]).toEqual([old, now])
    }),
  )
})
