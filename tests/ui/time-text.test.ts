import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  printDate,
  printDateTime,
  printDuration,
  printGap,
  printShare,
  printTime,
} from '../../src/ui/result/time-text'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

test.each([
  [0, '0 ms'],
  [180, '180 ms'],
  [0.5, '0.5 ms'],
  [999, '999 ms'],
  [SECOND, '1 s'],
  [6 * SECOND, '6 s'],
  [6012, '6.012 s'],
  [MINUTE, '1 m'],
  [5 * MINUTE + 40 * SECOND, '5 m 40 s'],
  [5 * MINUTE + 250, '5 m 0.25 s'],
  [HOUR, '1 h'],
  [HOUR + SECOND, '1 h 0 m 1 s'],
  [3 * DAY + 4 * HOUR, '3 d 4 h'],
  [1200 * DAY, '1,200 d'],
  [-180, '−180 ms'],
  [-(2 * MINUTE), '−2 m'],
  [NaN, 'unknown'],
])('%d ms is %s', (ms, text) => expect(printDuration(ms)).toBe(text))

test('a duration says its milliseconds exactly', () => {
  const units = { d: DAY, h: HOUR, m: MINUTE, s: SECOND, ms: 1 } as const
  const read = (text: string) =>
    [...text.matchAll(/([\d,.]+) (d|h|ms|m|s)\b/g)].reduce(
      (sum, [, count, unit]) =>
        sum + Number(count!.replaceAll(',', '')) * units[unit as keyof typeof units],
      0,
    )
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4000 * DAY }), (ms) => {
      expect(read(printDuration(ms))).toBeCloseTo(ms, 6)
    }),
  )
})

test.each([
  [6000, '+6 s'],
  [0, '+0 ms'],
  [-180, '−180 ms'],
])('the gap of %d ms is %s', (ms, text) => expect(printGap(ms)).toBe(text))

test.each([
  [6, 30, '20 %'],
  [0, 30, '0 %'],
  [30, 30, '100 %'],
  [1, 1000, '<1 %'],
  [999, 1000, '>99 %'],
  [1001, 1000, '>100 %'],
  [340, 300, '113 %'],
  [0, 0, '0 %'],
])('%d of %d is %s', (part, whole, text) => expect(printShare(part, whole)).toBe(text))

test.each([
  [Date.UTC(2026, 10, 20, 10, 5, 42, 7), '2026-11-20', '10:05:42.007'],
  [-1, '1969-12-31', '23:59:59.999'],
  [8.64e15, '+275760-09-13', '00:00:00.000'],
  [NaN, 'no date', 'no time'],
  [1e300, 'no date', 'no time'],
])('%d is %s at %s', (ms, date, time) => {
  expect(printDate(ms)).toBe(date)
  expect(printTime(ms)).toBe(time)
})

test('a time that is none says so in one breath', () =>
  expect(printDateTime(NaN)).toBe('no usable time'))
