import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { LeafCost } from '../../src/engine/plan'
import { findHeavyPart, type RunTimes } from '../../src/worker/heavy-part'
import { EngineHost } from '../../src/worker/host'
import { bindRule } from '../engine/rule-answer'
import { drawTable } from '../support/text-table'

const drawn = drawTable(`
  row  time  category  user.name  process.name
  1    0s    process   ann        a.exe
  2    1s    process   ann        b.exe
  3    2s    network   ann        c.exe
`)
const sequence =
  'sequence by user.name with maxspan=1m [process where process.name like~ "*b*"] ![file where true] [network where true]'

/** The rule with costs that its leaves tell of, found by their texts. */
function bindWithCosts(text: string, costs: Readonly<Record<string, number>>) {
  const { rule } = bindRule(drawn, text)
  const told = Object.entries(costs).map(([leaf, ms]): LeafCost => {
    const from = text.indexOf(leaf)
    return { from, to: from + leaf.length, ms, contents: 3 }
  })
  if (rule.kind === 'events') vi.spyOn(rule.condition, 'costs').mockReturnValue(told)
  else
    for (const { condition } of rule.steps)
      vi.spyOn(condition, 'costs').mockReturnValue(
        told.filter(({ from }) => from >= condition.from && from < condition.to),
      )
  return rule
}

const times = (part: Partial<RunTimes>): RunTimes => ({
  order: 1,
  conditions: 1,
  rest: 1,
  keys: 0,
  missing: 0,
  ...part,
})

test.each<[RunTimes, Record<string, number>, object | undefined]>([
  [times({ conditions: 190 }), {}, undefined],
  [
    times({ conditions: 250 }),
    { 'process.name like~ "*b*"': 240, process: 8 },
    { part: 'condition', text: 'process.name like~ "*b*"', contents: 3, ms: 252 },
  ],
  [times({ rest: 250 }), {}, { part: 'join', rows: 2 }],
  [times({ rest: 250, keys: 150 }), {}, { part: 'keys', rows: 2 }],
  [times({ rest: 250, keys: 50, missing: 110 }), {}, { part: 'missing', rows: 2 }],
  [times({ order: 250 }), {}, { part: 'order', rows: 3 }],
])('of %j it is what took most of it', (ms, costs, expected) => {
  const heavy = findHeavyPart(bindWithCosts(sequence, costs), sequence, ms)
  const text =
    heavy?.from === undefined ? undefined : sequence.slice(heavy.from, heavy.to)
  const told = heavy && { ...heavy, ...(text !== undefined && { text }) }
  if (expected) expect(told).toMatchObject(expected)
  else expect(told).toBeUndefined()
  if (heavy) expect(heavy.sentence).toMatch(/^Most of the time, 0\.\d s, went into .*\.$/)
  if (text !== undefined) expect(heavy?.sentence).toContain(text)
})

beforeEach(() => {
  let now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 50))
})
afterEach(() => {
  vi.restoreAllMocks()
})

test('the answer of a long run names it', async () => {
  const host = new EngineHost()
  const line = (at: number) =>
    `{"@timestamp":${at},"event":{"category":"process"},"process":{"name":"p${at}"}}\n`
  const blob = new Blob(Array.from({ length: 5000 }, (_, at) => line(at)))
  await host.load({ id: 'a', name: 'a', blob })
  const query = 'process where process.name regex~ "p[0-9]*7"'
  const outcome = await host.run({ ruleId: 'r', ticket: 1, query })
  const { from, to, part, contents } = outcome!.answer!.heavy!
  expect([part, contents, query.slice(from, to)]).toEqual([
    'condition',
    5000,
    'process.name regex~ "p[0-9]*7"',
  ])
})
