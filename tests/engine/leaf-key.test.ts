import { expect, test } from 'vitest'
import { leafKey } from '../../src/engine/leaf-key'
import { parseExpression } from '../../src/language/parse'

const keyOf = (text: string, now = 0): string =>
  leafKey(parseExpression(text).expression!, now)

test.each([
  ['x in ("a", "b")', 'x in ("a,string1:b")'],
  ['x in ("a", "b")', 'x in ("ab")'],
  ['x in ("a")', 'x in~ ("a")'],
  ['x == "5"', 'x == 5'],
  ['x == 5', 'x == 5.0'],
  ['x == 0.0', 'x == -0.0'],
  ['x == "null"', 'x == null'],
  ['x == "true"', 'x == true'],
  ['x : "a"', 'x like~ "a"'],
  ['x == "a"', 'y == "a"'],
  ['x < 1', 'x <= 1'],
  ['startsWith(x, "a")', 'startsWith~(x, "a")'],
  ['startsWith(x, "a")', 'endsWith(x, "a")'],
  ['x + y == 1', 'x - y == 1'],
  ['-x == 1', 'x == 1'],
])('%s and %s are two leaves', (a, b) => {
  expect(keyOf(a)).not.toBe(keyOf(b))
})

test.each([
  ['x == "a"', '  x  ==  """a"""'],
  ['?x == "a"', 'x == "a"'],
])('%s and %s are one leaf', (a, b) => {
  expect(keyOf(a)).toBe(keyOf(b))
})

test('what speaks of now is another leaf at another time', () => {
  expect(keyOf('x >= "now-1d"', 1)).not.toBe(keyOf('x >= "now-1d"', 2))
  expect(keyOf('x >= "2026-01-01"', 1)).toBe(keyOf('x >= "2026-01-01"', 2))
})
