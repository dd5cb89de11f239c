import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bindRule, runBound } from '../engine/rule-answer'
import { drawTable, type DrawnTable } from '../support/text-table'
import { nearMissesOf, repairsOf } from './repair-answer'

const worlds = fc.array(
  fc.record({
    time: fc.integer({ min: 0, max: 15 }),
    category: fc.constantFrom(
      'process',
      'network',
      'process',
      'network',
      'file',
      'session',
    ),
    user: fc.constantFrom('ann', 'ann', 'ann', 'bob', '-'),
    process: fc.constantFrom('a.exe', 'b.exe', 'b.exe', 'A.EXE', '-'),
  }),
  { minLength: 4, maxLength: 12, size: 'max' },
)

type World = typeof worlds extends fc.Arbitrary<infer T> ? T : never

const draw = (events: World): DrawnTable =>
  drawTable(
    [
      'row  time  category  user.name  process.name',
      ...events.map(({ time, category, user, process }, row) =>
        [row, `${time}s`, category, user, process].join('  '),
      ),
    ].join('\n'),
  )

const rules = fc.constantFrom(
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

const matchesOf = (drawn: DrawnTable, rule: string): readonly string[] =>
  runBound(bindRule(drawn, rule)).matches.map(({ rows }) =>
    rows.filter((row) => row >= 0).join(' '),
  )

const without = (some: readonly string[], others: readonly string[]): readonly string[] =>
  some.filter((each) => !others.includes(each))

test('an applied repair makes the near miss match, and gains and loses what it says', () => {
  let tried = 0
  fc.assert(
    fc.property(worlds, rules, (events, rule) => {
      const drawn = draw(events)
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
    { numRuns: 150 },
  )
  expect(tried).toBeGreaterThan(50)
})

test('a sequence that was too late or cut by until is always mended by that alone', () => {
  const rule = `sequence by user.name with maxspan=4s
     [process where process.name == "a.exe"] [network where process.name == "b.exe"]
   until [session where true]`
  fc.assert(
    fc.property(worlds, (events) => {
      const drawn = draw(events)
      for (const miss of nearMissesOf(drawn, rule)) {
        const kinds = repairsOf(drawn, rule, miss).list.map(({ remedy }) => remedy.kind)
        if (miss.cause === 'maxspan') expect(kinds).toContain('maxspan')
        if (miss.cause === 'until') expect(kinds).toContain('drop-until')
      }
    }),
    { numRuns: 150 },
  )
})
