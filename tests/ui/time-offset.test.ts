import { expect, test } from 'vitest'
import { parseOffset, printOffset } from '../../src/ui/events/time-offset'

test.each([
  ['', 0],
  ['+2:00', 7_200_000],
  ['2:00', 7_200_000],
  ['-0:30:00', -1_800_000],
  ['−19:00', -68_400_000],
  ['+1 d', 86_400_000],
  ['-1.5h', -5_400_000],
  ['90 s', 90_000],
  ['272:45', 981_900_000],
  ['2:60', undefined],
  ['an hour', undefined],
  ['2', undefined],
  ['+2:00 h', undefined],
])('“%s” is %s ms', (text, ms) => {
  expect(parseOffset(text)).toBe(ms)
  if (ms !== undefined) expect(parseOffset(printOffset(ms))).toBe(ms)
})
