import fc from 'fast-check'
import { expect, test } from 'vitest'
import { printBytes, sayReading } from '../../src/ui/events/load-wording'
import { notePace, remainingOf, startPace } from '../../src/ui/state/reading-pace'

const steps = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 60 })

test('an even pace is told as it is, however it is cut up', () => {
  fc.assert(
    fc.property(
      steps,
      fc.integer({ min: 1, max: 1_000_000 }),
      fc.integer({ min: 0, max: 10_000_000 }),
      (passed, rate, start) => {
        let pace = startPace(start)
        for (const ms of passed)
          pace = notePace(pace, pace.bytes + ms * rate, pace.at + ms)
        expect(pace.rate).toBeCloseTo(rate, 3)
      },
    ),
  )
})

test('a pace is between the slowest and the fastest of its parts', () => {
  const parts = fc.array(
    fc.record({
      ms: fc.integer({ min: 1, max: 500 }),
      bytes: fc.integer({ min: 0, max: 1e9 }),
    }),
    { minLength: 1, maxLength: 40 },
  )
  fc.assert(
    fc.property(parts, (list) => {
      let pace = startPace(0)
      for (const { ms, bytes } of list)
        pace = notePace(pace, pace.bytes + bytes, pace.at + ms)
      const rates = list.map(({ ms, bytes }) => bytes / ms)
      expect(pace.rate).toBeGreaterThanOrEqual(Math.min(...rates) * (1 - 1e-9))
      expect(pace.rate).toBeLessThanOrEqual(Math.max(...rates) * (1 + 1e-9))
    }),
  )
})

test('what is left is told only when the pace is known well enough', () => {
  let pace = notePace(startPace(0), 5000, 500)
  expect(remainingOf(pace, 100_000)).toBeUndefined()
  pace = notePace(pace, 20_000, 2000)
  expect(remainingOf(pace, 100_000)).toBeCloseTo(8000)
  expect(remainingOf(pace, 0)).toBe(0)
})

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1 kB'],
  [1240, '1.2 kB'],
  [41_400_000, '41 MB'],
  [999_400_000, '999 MB'],
  [999_600_000, '1 GB'],
  [3_100_000_000, '3.1 GB'],
  [1_234_000_000_000, '1,234 GB'],
])('%d bytes are printed as %s', (bytes, text) => expect(printBytes(bytes)).toBe(text))

test.each([
  [
    41e6,
    96e6,
    82_345,
    38e3,
    1400,
    'Reading 41 of 96 MB, 82,000 events, 38 MB/s, about 2 s left',
  ],
  [0, 96e6, 0, 0, undefined, 'Reading 0 B of 96 MB'],
  [800e3, 96e6, 1, 0, undefined, 'Reading 800 kB of 96 MB, 1 event'],
  [
    1e6,
    5.6e9,
    9999,
    8e3,
    700_000,
    'Reading 1 MB of 5.6 GB, 9,999 events, 8 MB/s, about 12 min left',
  ],
  [
    1e9,
    5.6e9,
    1e6,
    200e3,
    23_000,
    'Reading 1 of 5.6 GB, 1,000,000 events, 200 MB/s, about 25 s left',
  ],
  [
    5e8,
    6e8,
    1e6,
    2e3,
    55_500,
    'Reading 500 of 600 MB, 1,000,000 events, 2 MB/s, about 1 min left',
  ],
])('%d of %d bytes', (bytesRead, bytesTotal, events, rate, remaining, text) =>
  expect(sayReading({ bytesRead, bytesTotal, events, rate, remaining })).toBe(text),
)
