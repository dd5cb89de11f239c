import fc from 'fast-check'
import { expect, test } from 'vitest'
import { runRule, runToEnd } from '../../src/engine/run'
import { bindPlainRule } from './hand-made-rule'
import {
  judgeSequences,
  type PlainEvent,
  type PlainMatch,
  type PlainRule,
} from './naive-sequence'

interface World {
  readonly rule: PlainRule
  readonly events: readonly PlainEvent[]
}

const shapes = fc
  .record({
    missing: fc.array(fc.boolean(), { minLength: 1, maxLength: 4 }),
    optional: fc.array(fc.boolean(), { maxLength: 2 }),
    maxspan: fc.integer({ min: 1, max: 12 }),
    isBounded: fc.boolean(),
    hasUntil: fc.boolean(),
  })
  .filter(({ missing }) => missing.includes(false))
  .map(({ isBounded, maxspan, ...shape }): PlainRule => {
    const needsSpan = isBounded || shape.missing.includes(true)
    return { ...shape, maxspan: needsSpan ? maxspan : undefined }
  })

const values = fc.uniqueArray(fc.constantFrom('a', 'b'), { maxLength: 2 })

/** Few values and little time, so that ties, replacement and crossing keys are common. */
const worldOf = (rule: PlainRule, isDistinct: boolean): fc.Arbitrary<World> =>
  fc
    .uniqueArray(
      fc.record({
        time: fc.integer({ min: 0, max: isDistinct ? 60 : 14 }),
        fits: fc.tuple(...rule.missing.map(() => fc.boolean())),
        isUntil: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
        keys: fc.tuple(...rule.optional.map(() => values)),
      }),
      { maxLength: 14, ...(isDistinct && { selector: ({ time }) => time }) },
    )
    .map((events) => ({ rule, events: events.map((event, row) => ({ ...event, row })) }))

const worlds = shapes.chain((rule) => worldOf(rule, false))
const worldsWithoutTies = shapes.chain((rule) => worldOf(rule, true))

const runPlain = ({ rule, events }: World): readonly PlainMatch[] => {
  const limits = {
    size: Infinity,
    resultPosition: 'tail',
    maxSamplesPerKey: 1,
  } as const
  const { matches, found } = runToEnd(runRule(bindPlainRule(rule, events), limits))
  expect(found).toBe(matches.length)
  return matches.map(({ rows, joinKeys }) => ({
    rows,
    key: (joinKeys ?? []) as PlainMatch['key'],
  }))
}

test('the machine finds what a stage-by-stage reading finds', () => {
  fc.assert(
    fc.property(worlds, (world) => {
      expect(runPlain(world)).toEqual(judgeSequences(world.rule, world.events))
    }),
    { numRuns: 3000 },
  )
})

test('without ties, the order in which events are loaded does not matter', () => {
  fc.assert(
    fc.property(worldsWithoutTies, ({ rule, events }) => {
      const reversed = [...events].reverse().map((event, row) => ({ ...event, row }))
      const times = (world: World): unknown =>
        runPlain(world).map(({ rows, key }) => [
          rows.map((row) => world.events[row]?.time),
          key,
        ])
      expect(times({ rule, events: reversed })).toEqual(times({ rule, events }))
    }),
    { numRuns: 500 },
  )
})

test('an event that fits no step changes nothing', () => {
  fc.assert(
    fc.property(worlds, fc.integer({ min: 0, max: 14 }), ({ rule, events }, time) => {
      const idle: PlainEvent = {
        row: events.length,
        time,
        fits: rule.missing.map(() => false),
        isUntil: false,
        keys: rule.optional.map(() => ['a']),
      }
      expect(runPlain({ rule, events: [...events, idle] })).toEqual(
        runPlain({ rule, events }),
      )
    }),
    { numRuns: 500 },
  )
})
