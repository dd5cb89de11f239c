import { expect, test } from 'vitest'
import { readRules } from '../../src/rules/rule-file'
import { BoardReader } from '../../src/ui/state/board-reader.svelte'
import { OpenRule } from '../../src/ui/state/open-rule.svelte'
import { withoutNearMisses } from '../../src/ui/state/shown-answer'
import type { AskedRun } from '../../src/worker/board-api'

/** A rule that has been run once, with so many matches. */
function answered(id: string, matchCount: number): OpenRule {
  const [rule] = readRules('any where true', 'Any').rules
  const open = new OpenRule(rule!, id)
  open.outcome = withoutNearMisses({
    ...{ ruleId: id, ticket: 1, version: 1, diagnostics: [] },
    answer: {
      ...{ kind: 'events', stepCount: 1, matchCount, tookMs: 1 },
      ...{ funnel: [], matches: [], notes: [] },
    },
  })
  return open
}

function setUp() {
  const asked: (readonly string[])[] = []
  let matches = 0
  const reader = new BoardReader({
    countBySource: (runs: readonly AskedRun[]) => {
      asked.push(runs.map(({ ruleId }) => ruleId))
      const counts = { counts: [matches], across: 0 }
      const answers = runs.map((run) => ({ ...run, matches: counts }))
      return Promise.resolve({ sources: ['s'], runs: answers })
    },
  })
  return {
    ...{ reader, asked },
    finds: (count: number) => {
      matches = count
    },
    matchesOf: (id: string) => reader.spreads.get(id)?.bySource.get('s')?.matches,
  }
}

test('an answer is asked about once', async () => {
  const { reader, asked } = setUp()
  const [one, two] = [answered('one', 1), answered('two', 1)]
  await reader.read([one])
  await reader.read([one, two])
  await reader.read([one, two])
  expect(asked).toEqual([['one'], ['two']])
})

test('a rule that takes the id of one that was closed has results of its own', async () => {
  const { reader, finds, matchesOf } = setUp()
  finds(1)
  await reader.read([answered('one', 1)])
  await reader.read([])
  finds(2)
  await reader.read([answered('one', 2)])
  expect(matchesOf('one')).toBe(2)
})
