import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { KeyTuple } from '../../src/engine/observer'
import { runRule, runToEnd } from '../../src/engine/run'
import { listBegunKeys } from '../../src/explain/begun-keys'
import { bindPlainRule } from '../engine/hand-made-rule'
import { worlds, type World } from '../engine/plain-worlds'

const NOTHING = { size: 0, resultPosition: 'tail', maxSamplesPerKey: 1 } as const

interface Count {
  furthest: number
  matches: number
  pending: number
}

/** The same, counted of everything a run tells. */
function countAll({ rule, events }: World): ReadonlyMap<string, Count> {
  const counts = new Map<string, Count>()
  const countOf = (key: KeyTuple, rows: readonly number[]): Count => {
    const name = JSON.stringify(key)
    const count = counts.get(name) ?? { furthest: 0, matches: 0, pending: 0 }
    counts.set(name, count)
    count.furthest = Math.max(count.furthest, rows.length)
    return count
  }
  runToEnd(
    runRule(bindPlainRule(rule, events), NOTHING, {
      opened: countOf,
      advanced: countOf,
      violated: countOf,
      matched: (key, rows) => countOf(key, rows).matches++,
      waiting: (key, rows) => countOf(key, rows).pending++,
    }),
  )
  return counts
}

test('every key that begins a sequence is listed with how far it came, the furthest first', () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const keys = runToEnd(listBegunKeys(bindPlainRule(world.rule, world.events)))
      const listed = Array.from({ length: keys.length }, (_, place) => keys.at(place))
      const told = listed.map(({ key, ...count }) => [JSON.stringify(key), count])
      expect(new Map(told as [string, Count][])).toEqual(countAll(world))
      for (const [place, { furthest, matches }] of listed.slice(1).entries()) {
        const before = listed[place]!
        expect(before.furthest).toBeGreaterThanOrEqual(furthest)
        if (before.furthest === furthest)
          expect(before.matches).toBeGreaterThanOrEqual(matches)
      }
    }),
    { numRuns: 200 },
  )
})
