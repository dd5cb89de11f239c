import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { runToEnd } from '../../src/engine/run'
import { readSampleRoles, type SampleRole } from '../../src/explain/sample-role'
import { printSampleRole } from '../../src/explain/sample-role-wording'
import { checkDrawnRules } from '../engine/drawn-rules'
import { bindRule, runBound } from '../engine/rule-answer'
import { drawTable, type DrawnTable } from '../support/text-table'

const rolesOf = (drawn: DrawnTable, text: string, row: number): readonly SampleRole[] => {
  const { rule } = bindRule(drawn, text)
  if (rule.kind !== 'sample') throw new Error(text)
  return runToEnd(readSampleRoles(rule, row))
}

test('what an event is to the samples of its keys', () => {
  checkDrawnRules(join(import.meta.dirname, 'sample-role.txt'), (drawn, question) => {
    const [, label = '', text = ''] = /^(\w+): (.*)$/.exec(question) ?? []
    const nameOf = (row: number): string => `#${drawn.table.id(row)}`
    return (
      rolesOf(drawn, text, drawn.row(label))
        .map((role) => printSampleRole(role, nameOf))
        .join(' | ') || 'nothing'
    )
  })
})

const worlds = fc.array(
  fc.record({
    category: fc.constantFrom('process', 'network', 'file'),
    user: fc.constantFrom('ann', 'bob', '-', '[ann, bob]', '[bob, cid]'),
    name: fc.constantFrom('a.exe', 'b.exe', '-'),
  }),
  { minLength: 1, maxLength: 8 },
)
const rules = fc.constantFrom(
  'sample by user.name [process where true] [network where true]',
  'sample by ?user.name [any where process.name == "a.exe"] [any where true]',
  'sample by user.name [process where true] [any where true] [any where process.name == "b.exe"]',
  'sample by user.name, process.name [process where true] [network where true]',
)

test('the events told to be in a sample are those of the samples, and each is told why not', () => {
  fc.assert(
    fc.property(worlds, rules, (events, text) => {
      const drawn = drawTable(
        [
          'row  time  category  user.name  process.name',
          ...events.map(({ category, user, name }, row) =>
            [row, '1s', category, user, name].join('  '),
          ),
        ].join('\n'),
      )
      const bound = bindRule(drawn, text)
      const { rule } = bound
      if (rule.kind !== 'sample') throw new Error(text)
      const found = runBound(bound).matches.map(({ rows, joinKeys }) => ({
        rows,
        key: String(joinKeys),
      }))
      const sampled: string[] = []
      for (const row of events.keys())
        for (const { step, keys, deed } of rolesOf(drawn, text, row)) {
          const key = String(keys.map(({ value }) => value))
          const ofKey = found.find((match) => match.key === key)
          expect(rule.steps[step - 1]!.condition.rows().has(row)).toBe(true)
          if (deed.kind === 'sampled') sampled.push(`${row} ${step} ${key}`)
          else if (deed.kind === 'spare') expect(ofKey?.rows[step - 1]).toBe(deed.by)
          else expect(ofKey).toBeUndefined()
          if (deed.kind === 'lacking') expect(deed.steps).not.toContain(step)
        }
      const expected = found.flatMap(({ rows, key }) =>
        rows.map((row, at) => `${row} ${at + 1} ${key}`),
      )
      expect(sampled.sort()).toEqual(expected.sort())
    }),
    { numRuns: 200 },
  )
})
