import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  layMarks,
  listContext,
  nearestEvent,
  neighbour,
  readContext,
} from '../../src/ui/result/timeline-context'
import { readTimelineKey } from '../../src/ui/result/timeline-keys'
import {
  fitTimes,
  panRange,
  setEnd,
  showTime,
  zoomRange,
} from '../../src/ui/result/timeline-range'
import type { RuleTimes } from '../../src/worker/analysis-api'

const ranges = fc
  .tuple(fc.integer({ min: 0, max: 2e12 }), fc.integer({ min: 10, max: 1e9 }))
  .map(([from, span]) => ({ from, to: from + span }))
const isNear = (a: number, b: number): void =>
  expect(Math.abs(a - b)).toBeLessThan(1e-3 + Math.abs(b) * 1e-9)

describe('the stretch of time that is drawn', () => {
  test('zooming leaves what one looks at where it is', () => {
    fc.assert(
      fc.property(ranges, fc.double({ min: 0, max: 1, noNaN: true }), (range, share) => {
        const at = range.from + share * (range.to - range.from)
        const closer = zoomRange(range, 0.7, at)
        isNear((at - closer.from) / (closer.to - closer.from), share)
        isNear(closer.to - closer.from, (range.to - range.from) * 0.7)
      }),
    )
  })
  test('never gets shorter than can be drawn', () => {
    let range = { from: 0, to: 1000 }
    for (let times = 0; times < 100; times++) range = zoomRange(range, 0.5)
    expect(range.to - range.from).toBeGreaterThanOrEqual(2)
  })
  test('going there and back is going nowhere', () => {
    fc.assert(
      fc.property(ranges, (range) => {
        const back = panRange(panRange(range, 0.2), -0.2)
        isNear(back.from, range.from)
      }),
    )
  })
  test('a time is brought into view, and only if it must', () => {
    fc.assert(
      fc.property(ranges, fc.integer({ min: 0, max: 3e12 }), (range, time) => {
        const shown = showTime(range, time)
        expect(time).toBeGreaterThanOrEqual(shown.from)
        expect(time).toBeLessThanOrEqual(shown.to)
        isNear(shown.to - shown.from, range.to - range.from)
        if (time >= range.from && time <= range.to) expect(shown).toBe(range)
      }),
    )
  })
  test('begins and ends at a time, unless nothing is left of it', () => {
    expect(setEnd({ from: 0, to: 100 }, 'from', 40)).toEqual({ from: 40, to: 100 })
    expect(setEnd({ from: 0, to: 100 }, 'to', 40)).toEqual({ from: 0, to: 40 })
    expect(setEnd({ from: 0, to: 100 }, 'to', 0)).toEqual({ from: 0, to: 100 })
  })
  test('holds all times there are', () => {
    expect(fitTimes([Float64Array.of(NaN, 100), Float64Array.of(200)])).toEqual({
      from: 98,
      to: 202,
    })
    expect(fitTimes([Float64Array.of(NaN)])).toBeUndefined()
  })
})

/** Two matches of two steps, a near miss without its second. */
const times: RuleTimes = {
  matches: { count: 2, width: 2, steps: [1, 2], times: Float64Array.of(0, 10, 100, 110) },
  nearMisses: { count: 1, width: 2, steps: [1, 2], times: Float64Array.of(50, NaN) },
}
const context = readContext(times)
const first = context.get(1)!

describe('what else was found', () => {
  test('stands in the lanes of its steps, first to last', () => {
    expect(first.map(({ kind, index, time }) => `${kind} ${index} ${time}`)).toEqual([
      'match 0 0',
      'near-miss 0 50',
      'match 1 100',
    ])
    expect(context.get(2)?.map(({ time }) => time)).toEqual([10, 110])
  })
  test('is drawn once a pixel, matches up and near misses down', () => {
    const marks = layMarks(first, { from: 0, to: 100 }, (time) => time / 1000, 20)
    expect(marks).toEqual([
      { kind: 'match', path: 'M0 20V11' },
      { kind: 'near-miss', path: 'M0 20V29' },
    ])
    expect(layMarks(first, { from: 60, to: 90 }, (time) => time, 20)).toEqual([])
  })
  test('is pressed from nearby', () => {
    expect(nearestEvent(first, 53, 5)).toMatchObject({ kind: 'near-miss', index: 0 })
    expect(nearestEvent(first, 70, 5)).toBeUndefined()
  })
  test('is gone through one by one', () => {
    const chosen = { kind: 'match', index: 0 } as const
    expect(neighbour(first, chosen, 0, 1)).toMatchObject({ kind: 'near-miss' })
    expect(neighbour(first, chosen, 0, -1)).toBeUndefined()
    expect(neighbour(first, { kind: 'near-miss', index: 0 }, 50, 1)?.index).toBe(1)
  })
  test('is listed as far as it is in view', () => {
    const { rows, count } = listContext(times, { from: 5, to: 60 }, 9)
    expect(rows).toEqual([
      { kind: 'match', index: 0, from: 0, to: 10 },
      { kind: 'near-miss', index: 0, from: 50, to: 50 },
    ])
    expect(count).toBe(2)
    expect(listContext(times, { from: 0, to: 200 }, 1).rows).toHaveLength(1)
  })
})

test('keys of the timeline leave those of the browser alone', () => {
  const press = (key: string, ctrlKey = false) =>
    readTimelineKey({ key, ctrlKey, metaKey: false, altKey: false })?.do
  expect(['w', 'S', '0', 'F', '[', 'ArrowLeft'].map((key) => press(key))).toEqual([
    'zoom',
    'zoom',
    'fit-all',
    'fit-chosen',
    'end',
    'event',
  ])
  expect(press('w', true)).toBeUndefined()
  expect(press('q')).toBeUndefined()
})
