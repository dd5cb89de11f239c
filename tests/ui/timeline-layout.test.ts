import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Lane } from '../../src/ui/result/timeline-lane'
import { layTimeline, sayMaxspan } from '../../src/ui/result/timeline-layout'
import type { MissingStep, StepEvent } from '../../src/worker/api'

type Step = StepEvent | MissingStep
const event = (step: number, time: number): StepEvent => ({
  step,
  row: step,
  eventId: String(step),
  time,
  category: 'process',
  fields: [],
})

/** Draws steps from times; a dash is a missing step. */
const stepsAt = (...times: readonly (number | '-')[]): Step[] =>
  times.map((time, at) =>
    time === '-' ? { step: at + 1, missing: true } : event(at + 1, time),
  )
const START = Date.UTC(2026, 10, 20, 10)
const YEAR = 365 * 86_400_000

const layout = (steps: Step[], maxspan: number | undefined, width = 600) => {
  const laid = layTimeline(steps, maxspan, width)
  if (!laid) throw new Error('nothing was laid out')
  return laid
}

test('maxspan runs from the first event, and says what is left', () => {
  const steps = stepsAt(START, START + 6000)
  const { ruler } = layout(steps, 30_000)
  expect(ruler?.over).toBe(false)
  expect((ruler!.used - ruler!.from) / (ruler!.limit - ruler!.from)).toBeCloseTo(0.2)
  expect(sayMaxspan(steps, 30_000)).toBe('maxspan 30 s, 24 s left')
})

test('what came too late lies beyond the limit', () => {
  const steps = stepsAt(START, START + 340_000)
  const { ruler } = layout(steps, 300_000)
  expect(ruler?.over).toBe(true)
  expect(ruler!.used).toBeGreaterThan(ruler!.limit)
  expect(sayMaxspan(steps, 300_000)).toBe('maxspan 5 m, 40 s over')
})

test('a missing step is a window between its neighbours', () => {
  const { lanes } = layout(stepsAt(START, '-', START + 5000), 10_000)
  expect(lanes[1]?.window?.from).toBe(lanes[0]?.marks[0]?.x)
  expect(lanes[1]?.window?.to).toBe(lanes[2]?.marks[0]?.x)
})

test('a missing last step watches until maxspan ends', () => {
  const { lanes, ruler } = layout(stepsAt(START, '-'), 10_000)
  expect(lanes[1]?.window?.to).toBe(ruler?.limit)
})

test('a missing first step still has its window', () => {
  const { lanes } = layout(stepsAt('-', START), 10_000)
  expect(lanes[0]?.window?.to).toBeGreaterThan(lanes[0]!.window!.from)
})

test('nothing is laid out without a time', () =>
  expect(layTimeline(stepsAt(NaN, '-'), 1000, 600)).toBeUndefined())

/** Whether a line of points goes through the label of a lane. */
function meets(points: readonly { x: number; y: number }[], lane: Lane): boolean {
  const length = lane.label.length * 6.7
  const left = lane.anchor === 'start' ? lane.labelX : lane.labelX - length
  return points.slice(1).some((to, at) => {
    const from = points[at]!
    const steps = Array.from({ length: 101 }, (_, part) => part / 100)
    return steps.some((part) => {
      const x = from.x + (to.x - from.x) * part
      const y = from.y + (to.y - from.y) * part
      return x > left && x < left + length && Math.abs(y - lane.y) < 6
    })
  })
}

describe.each([390 - 60, 600, 1400])('at %i px', (width) => {
  const times = fc.array(
    fc.oneof(
      fc.constant('-' as const),
      fc.integer({ min: START, max: START + 9 * YEAR }),
    ),
    { minLength: 1, maxLength: 8 },
  )
  const maxspans = fc.option(fc.integer({ min: 1, max: YEAR }), { nil: undefined })

  test('all stays inside, no ticks run together, no link crosses a label', () => {
    fc.assert(
      fc.property(times, maxspans, (drawn, maxspan) => {
        const laid = layTimeline(stepsAt(START, ...drawn), maxspan, width)!
        for (const lane of laid.lanes) {
          const length = lane.label.length * 6.7
          const left = lane.anchor === 'start' ? lane.labelX : lane.labelX - length
          for (const { x } of lane.marks) {
            expect(x).toBeGreaterThanOrEqual(0)
            expect(x).toBeLessThanOrEqual(width)
          }
          expect(left).toBeGreaterThanOrEqual(-0.01)
          expect(left + length).toBeLessThanOrEqual(width + 0.01)
        }
        for (const { points } of laid.links)
          for (const lane of laid.lanes) expect(meets(points, lane)).toBe(false)
        const half = (label: string) => (label.length * 6.7) / 2
        laid.ticks.slice(1).forEach((tick, at) => {
          const before = laid.ticks[at]!
          const room = tick.x - half(tick.label) - before.x - half(before.label)
          expect(room).toBeGreaterThanOrEqual(0)
        })
      }),
      { numRuns: 150 },
    )
  })
})

test('a link back in time goes round the label of its event', () => {
  const { links, lanes } = layout(stepsAt(START + 5000, START), 10_000)
  const [from, to] = lanes.map((lane) => lane.marks[0]!)
  expect(links[0]?.points.map(({ x, y }) => [x, y])).toEqual([
    [from!.x, from!.y],
    [from!.x, to!.y - 14],
    [to!.x, to!.y - 14],
    [to!.x, to!.y],
  ])
})

test('events of the same millisecond stand under each other', () => {
  const { lanes } = layout(stepsAt(START, START, START), undefined)
  expect(new Set(lanes.map((lane) => lane.marks[0]?.x)).size).toBe(1)
  expect(new Set(lanes.map((lane) => lane.y)).size).toBe(3)
})

test('an event of another day shows its date', () => {
  const { lanes } = layout(stepsAt(START, START + 3 * YEAR), 300_000)
  expect(lanes[0]?.label).toBe('10:00:00.000')
  expect(lanes[1]?.label).toBe('2029-11-19 10:00:00.000  +1,095 d')
})

test('runs of a step share its lane and are counted', () => {
  const runs = [event(1, START), event(1, START + 1000), event(2, START + 3000)]
  const { lanes, links } = layout(runs, 10_000)
  expect(lanes.map(({ step, marks }) => [step, marks.length])).toEqual([
    [1, 2],
    [2, 1],
  ])
  expect(lanes[0]?.label).toMatch(/^2\/2 {2}10:00:01\.000/)
  expect(links).toHaveLength(2)
})

test('what lies outside of what is shown is not labelled', () => {
  const steps = stepsAt(START, START + 5000)
  const { lanes } = layTimeline(steps, 10_000, 600, {
    range: { from: START + 4000, to: START + 6000 },
  })!
  expect(lanes.map(({ label }) => label)).toEqual(['', '10:00:05.000  +5 s'])
})

test('until is a cut where it ended the sequence', () => {
  const { cut, lanes } = layTimeline(stepsAt(START, START + 5000), 10_000, 600, {
    cut: START + 2000,
  })!
  expect(cut?.label).toBe('until 10:00:02.000')
  expect(cut?.x).toBeGreaterThan(lanes[0]!.marks[0]!.x)
  expect(cut?.x).toBeLessThan(lanes[1]!.marks[0]!.x)
})

test('the witness of a missing step stands in its window, and uses up no maxspan', () => {
  const steps = stepsAt(START, START + 30_000, START + 5000)
  const { lanes, ruler } = layTimeline(steps, 10_000, 600, { violated: 2 })!
  expect(lanes[1]?.marks).toEqual([])
  expect(lanes[1]?.witness?.event.time).toBe(START + 30_000)
  expect(lanes[1]?.window).toBeDefined()
  expect(ruler?.over).toBe(false)
  expect(sayMaxspan(steps, 10_000, 2)).toBe('maxspan 10 s, 5 s left')
})
