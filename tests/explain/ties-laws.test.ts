import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findTies } from '../../src/engine/match-ties'
import { runToEnd } from '../../src/engine/run'
import { runSequence } from '../../src/engine/sequence'
import { findMatchTie, findNearMissTie } from '../../src/explain/ties'
import { bindPlainRule } from '../engine/hand-made-rule'
import { runPlain, worlds, type World } from '../engine/plain-worlds'

const ALL = { size: Infinity, resultPosition: 'tail', maxSamplesPerKey: 1 } as const

/** The same events, but two have changed places. */
const swapped = ({ rule, events }: World, a: number, b: number): World => ({
  rule,
  events: events.map((_, row) => {
    const other = row === a ? b : row === b ? a : row
    return { ...events[other]!, row }
  }),
})

const swapRows = (rows: readonly number[], a: number, b: number): readonly number[] =>
  rows.map((row) => (row === a ? b : row === b ? a : row))

test('a match is tied when the run in the other order says so, and by the pair named', () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const bound = bindPlainRule(world.rule, world.events)
      for (const match of runToEnd(runSequence(bound, ALL)).matches) {
        const tie = runToEnd(findMatchTie(bound, match))
        const whole = runToEnd(findTies(bound, match))
        expect(tie !== undefined).toBe(whole !== undefined)
        if (!tie?.pair) continue
        const [a, b] = tie.pair
        expect(world.events[a]!.time).toBe(world.events[b]!.time)
        const found = runPlain(swapped(world, a, b)).some(
          ({ rows, key }) =>
            String(swapRows(rows, a, b)) === String(match.rows) &&
            JSON.stringify(key) === JSON.stringify(match.joinKeys ?? []),
        )
        expect(found).toBe(false)
      }
    }),
    { numRuns: 300 },
  )
})

const twoSteps: World['rule'] = {
  missing: [false, false],
  optional: [],
  maxspan: undefined,
  hasUntil: true,
}

const crowded = fc
  .array(
    fc.record({
      time: fc.integer({ min: 0, max: 3 }),
      fits: fc.tuple(fc.boolean(), fc.boolean()),
      isUntil: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
    }),
    { maxLength: 8 },
  )
  .map((events): World => ({
    rule: twoSteps,
    events: events.map((event, row) => ({ ...event, row, keys: [] })),
  }))

test('two events in the wrong order at one time match when the pair named is swapped', () => {
  fc.assert(
    fc.property(crowded, (world) => {
      const { events } = world
      for (const first of events)
        for (const { row: second, time } of events.slice(first.row + 1)) {
          if (time !== first.time) continue
          const miss = { rows: [second, first.row], joinKeys: [], culprit: first.row }
          const bound = bindPlainRule(world.rule, events)
          const tie = runToEnd(findNearMissTie(bound, miss))
          if (!tie?.pair) continue
          const [a, b] = tie.pair
          const found = runPlain(swapped(world, a, b)).some(
            ({ rows }) => String(swapRows(rows, a, b)) === String(miss.rows),
          )
          expect(found).toBe(true)
        }
    }),
    { numRuns: 150 },
  )
})

test('a step loaded just before the one it should follow is named with it', () => {
  const event = { time: 0, isUntil: false, keys: [] }
  const events = [
    { ...event, row: 0, fits: [false, true] },
    { ...event, row: 1, fits: [true, false] },
  ]
  const miss = { rows: [1, 0], joinKeys: [], culprit: 0 }
  const tie = runToEnd(findNearMissTie(bindPlainRule(twoSteps, events), miss))
  expect(tie).toEqual({ matchesAsOrdered: false, pair: [0, 1], by: 'loading' })
})
