import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judgeSequences, type PlainEvent } from './naive-sequence'
import { runPlain, worlds, worldsWithoutTies, type World } from './plain-worlds'

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
