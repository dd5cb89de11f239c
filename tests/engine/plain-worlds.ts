import fc from 'fast-check'
import { expect } from 'vitest'
import { runRule, runToEnd } from '../../src/engine/run'
import { bindPlainRule } from './hand-made-rule'
import type { PlainEvent, PlainMatch, PlainRule } from './naive-sequence'

/** A rule and events for it. */
export interface World {
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

export const worlds = shapes.chain((rule) => worldOf(rule, false))
export const worldsWithoutTies = shapes.chain((rule) => worldOf(rule, true))

/** What the machine finds in a world. */
export const runPlain = ({ rule, events }: World): readonly PlainMatch[] => {
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
