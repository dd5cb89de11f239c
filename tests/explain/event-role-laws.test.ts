import fc from 'fast-check'
import { expect, test } from 'vitest'
import { runToEnd } from '../../src/engine/run'
import { readEventRoles, type EventRole } from '../../src/explain/event-role'
import { bindPlainRule } from '../engine/hand-made-rule'
import { runPlain, worlds } from '../engine/plain-worlds'

const isOfMatch = ({ deed }: EventRole): boolean =>
  'end' in deed && deed.end.kind === 'matched'

/** Every place that events have in sequences, `event step key`. */
const sorted = (places: readonly string[]): readonly string[] => [...places].sort()

test('the events that are told to be of a match are those of the matches', () => {
  fc.assert(
    fc.property(worlds, ({ rule, events }) => {
      const bound = bindPlainRule(rule, events)
      const told = events.flatMap(({ row }) =>
        runToEnd(readEventRoles(bound, row))
          .filter(isOfMatch)
          .map(
            ({ step, keys }) => `${row} ${step} ${keys.map(({ value }) => value).join()}`,
          ),
      )
      const steps = rule.missing.map((_, at) => at + 1)
      const found = runPlain({ rule, events }).flatMap(({ rows, key }) =>
        rows.flatMap((row, at) => (row < 0 ? [] : [`${row} ${steps[at]} ${key.join()}`])),
      )
      expect(sorted(told)).toEqual(sorted(found))
    }),
    { numRuns: 400 },
  )
})

test('an event is told of for every step that it fits, and for no other', () => {
  fc.assert(
    fc.property(worlds, ({ rule, events }) => {
      const bound = bindPlainRule(rule, events)
      for (const { row, fits, isUntil } of events) {
        const told = runToEnd(readEventRoles(bound, row)).map(({ step }) => step)
        const wanted = fits.flatMap((fit, at) => (fit ? [at + 1] : []))
        const until = rule.hasUntil && isUntil ? [fits.length + 1] : []
        expect([...new Set(told)]).toEqual([...wanted, ...until])
      }
    }),
    { numRuns: 200 },
  )
})
