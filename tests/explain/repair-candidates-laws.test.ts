import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bindRule, runBound } from '../engine/rule-answer'
import type { Cause } from '../../src/explain/explanation'
import type { DrawnTable } from '../support/text-table'
import { drawEvents, drawnEvents, drawnSamples, drawnSequences } from './drawn-worlds'
import { nearMissesOf, repairsOf } from './repair-answer'

const written = fc.constantFrom(
  `sequence by user.name with maxspan=4s
     [process where process.name == "a.exe"] [network where process.name == "b.exe"]
   until [session where true]`,
  `sequence with maxspan=5s
     [process where process.name == "a.exe" and user.name != "bob"] by user.name
     ![file where process.name == "b.exe" or process.name == null] by user.name
     [network where process.name in ("b.exe", "c.exe")] by user.name`,
  `sequence by user.name with maxspan=8s [process where true] with runs=3`,
  `sample by user.name [process where process.name == "a.exe"]
     [network where process.name like "b*"]`,
  `process where process.name == "a.exe" and (user.name == "bob" or user.name == "eve")`,
)

const rules = fc.oneof(written, drawnSequences, drawnSamples)

const matchesOf = (drawn: DrawnTable, rule: string): readonly string[] =>
  runBound(bindRule(drawn, rule)).matches.map(({ rows }) =>
    rows.filter((row) => row >= 0).join(' '),
  )

const without = (some: readonly string[], others: readonly string[]): readonly string[] =>
  some.filter((each) => !others.includes(each))

test('an applied repair makes the near miss match, and gains and loses what it says', () => {
  let tried = 0
  fc.assert(
    fc.property(drawnEvents, rules, (events, rule) => {
      const drawn = drawEvents(events)
      const before = matchesOf(drawn, rule)
      for (const miss of nearMissesOf(drawn, rule))
        for (const { text, others, lost } of repairsOf(drawn, rule, miss).list) {
          tried++
          const after = matchesOf(drawn, text)
          const gained = without(after, before)
          const wanted = miss.rows.filter(
            (row) =>
              row !== undefined && (miss.cause !== 'missing' || row !== miss.culprit),
          )
          const isWanted = (match: string): boolean =>
            wanted.every((row) => match.split(' ').includes(String(row)))
          expect(gained.some(isWanted)).toBe(true)
          expect(others).toBe(gained.length - 1)
          expect(lost).toBe(without(before, after).length)
        }
    }),
    { numRuns: 100 },
  )
  expect(tried).toBeGreaterThan(50)
})

/** The edit that undoes just what a near miss names. */
const named: Partial<Record<Cause, string>> = {
  maxspan: 'maxspan',
  until: 'drop-until',
  missing: 'drop-missing',
}

test('what only was too late, cut by until or forbidden is always mended by that alone', () => {
  fc.assert(
    fc.property(drawnEvents, drawnSequences, (events, text) => {
      const drawn = drawEvents(events)
      const { rule } = bindRule(drawn, text)
      const steps = rule.kind === 'sequence' ? rule.steps : []
      const positive = steps.filter(({ missing }) => !missing)
      const matches = matchesOf(drawn, text)
      for (const miss of nearMissesOf(drawn, text)) {
        const remedy = named[miss.cause]
        // In longer ones a newer start may come in between, once it is not kept from it;
        // events with several keys may match already by another one.
        if (!remedy || positive.length > 2 || miss.events.length < positive.length)
          continue
        if (matches.includes(miss.events.join(' '))) continue
        const { list } = repairsOf(drawn, text, miss)
        expect(list.map(({ remedy: { kind } }) => kind)).toContain(remedy)
      }
    }),
    { numRuns: 100 },
  )
})
