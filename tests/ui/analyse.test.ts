import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { MaxspanTuning } from '../../src/explain/maxspan-tuner'
import { parseQuery } from '../../src/language/parse'
import { layHistogram } from '../../src/ui/analyse/lay-histogram'
import { editMaxspan, printMaxspan } from '../../src/ui/analyse/maxspan-edit'
import { printDifference, sayDifference } from '../../src/ui/analyse/wording'

const use = (text: string, ms: number): string | undefined => {
  const fix = editMaxspan(text, ms)
  return fix?.edits.reduce(
    (made, { from, to, insert }) => made.slice(0, from) + insert + made.slice(to),
    text,
  )
}

describe('another maxspan', () => {
  test.each([
    ['sequence by a with maxspan=5m [x where true] [y where true]', 'maxspan=6m'],
    ['sequence by a, b [x where true] [y where true]', 'by a, b with maxspan=6m ['],
    ['sequence [x where true] [y where true]', 'sequence with maxspan=6m ['],
  ])('%s', (text, part) => {
    const made = use(text, 360_000)
    expect(made).toContain(part)
    const body = parseQuery(made ?? '').query?.body
    expect(body?.kind === 'sequence' && body.maxspan?.ms).toBe(360_000)
  })
  test('no other text takes one', () => {
    expect(editMaxspan('any where true', 1000)).toBeUndefined()
    expect(editMaxspan('sequence by', 1000)).toBeUndefined()
  })
  test('is read as what it was written for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 * 86_400_000 }), (ms) => {
        const text = `sequence with maxspan=${printMaxspan(ms)} [a where true] [b where true]`
        const body = parseQuery(text).query?.body
        expect(body?.kind === 'sequence' && body.maxspan?.ms).toBe(ms)
      }),
    )
  })
})

const bars = (times: readonly number[], current: number): MaxspanTuning['bars'] =>
  times.map((upToMs, at) => ({
    upToMs,
    isCurrent: at === current,
    sequences: 0,
    gaps: [],
    matches: 0,
  }))

test('bars stand side by side, none above the drawing, the line behind those caught', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(500), { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 300, max: 900 }),
      (counts, width) => {
        const current = Math.floor(counts.length / 2)
        const times = counts.map((_, at) => (at + 1) * 1000)
        const {
          bars: laid,
          limit,
          axisY,
        } = layHistogram(bars(times, current), counts, width)
        laid.forEach((bar, at) => {
          expect(bar.y).toBeGreaterThanOrEqual(0)
          expect(bar.y + bar.height).toBeCloseTo(axisY)
          expect(bar.height > 0).toBe(counts[at]! > 0)
          const next = laid[at + 1]
          if (next) expect(next.x).toBeGreaterThanOrEqual(bar.x + bar.width)
          expect(bar.x + bar.width <= limit! + 0.01).toBe(at <= current)
        })
      },
    ),
    { numRuns: 60 },
  )
})

test('differences in words and in signs', () => {
  expect(sayDifference(3, 1)).toBe('2 more than now')
  expect(sayDifference(1, 3)).toBe('2 fewer than now')
  expect(sayDifference(3, 3)).toBe('as now')
  expect(printDifference(1, 1003)).toBe('−1,002')
})
