import fc from 'fast-check'
import { expect, test } from 'vitest'
import { runToEnd } from '../../src/engine/run'
import type { NearMiss } from '../../src/explain/explanation'
import { findNearMisses } from '../../src/explain/near-miss'
import { bindRule, runBound } from '../engine/rule-answer'
import { drawTable, type DrawnTable } from '../support/text-table'

interface DrawnEvent {
  readonly time: number
  readonly category: string
  readonly user: string
  readonly process: string
}

const worlds = fc.array(
  fc.record({
    time: fc.integer({ min: 0, max: 15 }),
    category: fc.constantFrom('process', 'network', 'process', 'network', 'session'),
    user: fc.constantFrom('ann', 'ann', 'ann', 'bob', '-'),
    process: fc.constantFrom('a.exe', 'b.exe', 'b.exe', 'a.exe', '-'),
  }),
  { minLength: 4, maxLength: 14, size: 'max' },
)

const draw = (events: readonly DrawnEvent[]): DrawnTable =>
  drawTable(
    [
      'row  time  category  user.name  process.name',
      ...events.map((event, row) =>
        [row, `${event.time}s`, event.category, event.user, event.process].join('  '),
      ),
    ].join('\n'),
  )

const ruleWithin = (ms: number): string =>
  `sequence by user.name with maxspan=${ms}ms
     [process where process.name == "a.exe"] [network where process.name == "b.exe"]
   until [session where true]`

const missesOf = (drawn: DrawnTable, rule: string): readonly NearMiss[] => {
  const bound = bindRule(drawn, rule)
  const search = findNearMisses(
    bound.query,
    bound.rule,
    bound.context.table.active,
    runBound(bound),
  )
  return runToEnd(search).list
}

const matchesOf = (drawn: DrawnTable, rule: string): readonly (readonly number[])[] =>
  runBound(bindRule(drawn, rule)).matches.map(({ rows }) => rows)

test('a maxspan longer by the slack matches what was too late', () => {
  fc.assert(
    fc.property(worlds, fc.integer({ min: 1, max: 10 }), (events, seconds) => {
      const drawn = draw(events)
      const misses = missesOf(drawn, ruleWithin(seconds * 1000))
      for (const { rows } of misses.filter(({ cause }) => cause === 'maxspan')) {
        const span = (events[rows[1]!]!.time - events[rows[0]!]!.time) * 1000
        expect(matchesOf(drawn, ruleWithin(span))).toContainEqual(rows)
        expect(matchesOf(drawn, ruleWithin(span - 1))).not.toContainEqual(rows)
      }
    }),
    { numRuns: 200 },
  )
})

test('an event mended in its one false term makes the match', () => {
  const wanted = ['a.exe', 'b.exe']
  fc.assert(
    fc.property(worlds, fc.integer({ min: 1, max: 10 }), (events, seconds) => {
      const rule = ruleWithin(seconds * 1000)
      for (const { cause, step, culprit, rows } of missesOf(draw(events), rule)) {
        if (cause !== 'condition' && cause !== 'null') continue
        const mended = events.map((event, row) =>
          row === culprit ? { ...event, process: wanted[step - 1]! } : event,
        )
        expect(matchesOf(draw(mended), rule)).toContainEqual(rows)
      }
    }),
    { numRuns: 200 },
  )
})

test('a culprit takes part in no match, and is told once a step', () => {
  fc.assert(
    fc.property(worlds, (events) => {
      const drawn = draw(events)
      const matched = new Set(matchesOf(drawn, ruleWithin(5000)).flat())
      const culprits = missesOf(drawn, ruleWithin(5000)).map(({ culprit, step }) => {
        expect(matched.has(culprit)).toBe(false)
        return `${culprit} ${step}`
      })
      expect(new Set(culprits).size).toBe(culprits.length)
    }),
    { numRuns: 200 },
  )
})
