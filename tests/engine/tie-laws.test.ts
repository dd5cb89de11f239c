import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keyOf } from '../../src/engine/match-key'
import { findTies } from '../../src/engine/match-ties'
import { runToEnd } from '../../src/engine/run'
import { runSequence } from '../../src/engine/sequence'
import { bindPlainRule } from './hand-made-rule'
import { runPlain, worlds, worldsWithoutTies, type World } from './plain-worlds'

const LIMITS = { size: Infinity, resultPosition: 'tail', maxSamplesPerKey: 1 } as const

/** The same events, loaded the other way round; row n is then the last but n. */
const turned = ({ rule, events }: World): World => ({
  rule,
  events: [...events].reverse().map((event, row) => ({ ...event, row })),
})

test('a match hangs on ties if it is not found with the events turned round', () => {
  fc.assert(
    fc.property(worlds, ({ rule, events }) => {
      const bound = bindPlainRule(rule, events)
      const places = (rows: readonly number[]): readonly number[] =>
        rows.map((row) => (row < 0 ? row : events.length - 1 - row))
      const other = runPlain(turned({ rule, events }))
      for (const match of runToEnd(runSequence(bound, LIMITS)).matches) {
        const key = match.joinKeys ?? []
        expect(keyOf(bound, match)).toEqual(key)
        const stands = other.some(
          (each) =>
            String(each.rows) === String(places(match.rows)) &&
            JSON.stringify(each.key) === JSON.stringify(key),
        )
        expect(runToEnd(findTies(bound, match)) === undefined).toBe(stands)
      }
    }),
    { numRuns: 300 },
  )
})

test('where all times differ, no match hangs on ties', () => {
  fc.assert(
    fc.property(worldsWithoutTies, ({ rule, events }) => {
      const bound = bindPlainRule(rule, events)
      for (const match of runToEnd(runSequence(bound, LIMITS)).matches)
        expect(runToEnd(findTies(bound, match))).toBeUndefined()
    }),
    { numRuns: 100 },
  )
})
