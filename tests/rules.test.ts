import { parse } from 'smol-toml'
import { describe, expect, test } from 'vitest'
import { judgeTest } from '../src/rules/judge-test'
import { bundledRules, type BundledRule } from '../src/rules/library'
import { readRuleTests } from '../src/rules/rule-tests'
import type { RuleTest, TestOutcome } from '../src/rules/test-case'
import { EngineHost } from '../src/worker/host'

/** Runs a rule over NDJSON text in an engine of its own. */
async function runRule({ rule }: BundledRule, ndjson: string): Promise<TestOutcome> {
  const [outcome] = await new EngineHost().checkTests({
    query: rule.query,
    cases: [ndjson],
  })
  if (!outcome) throw new Error('no answer')
  return outcome
}

const sorted = (list: readonly unknown[]) => list.map((one) => JSON.stringify(one)).sort()

const eventsText = (bundled: BundledRule, { events }: RuleTest) =>
  'file' in events
    ? bundled.loadEvents()
    : events.map((event) => JSON.stringify(event)).join('\n')

/** The same lines in an order that the seed decides. */
function shuffle(text: string, seed: number): string {
  const lines = text.trim().split('\n')
  let state = seed
  const below = (limit: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return (state >>> 8) % limit
  }
  for (let last = lines.length - 1; last > 0; last--) {
    const other = below(last + 1)
    const line = lines[last] ?? ''
    lines[last] = lines[other] ?? ''
    lines[other] = line
  }
  return lines.join('\n')
}

describe.each(bundledRules)('$slug', (bundled) => {
  const { tests, problems } = readRuleTests(bundled.testsText)
  expect(problems).toEqual([])

  test.each(tests)('$name', async (wanted) => {
    const found = await runRule(bundled, await eventsText(bundled, wanted))
    expect(judgeTest(wanted, found)).toEqual([])
  })

  test('the order of the lines means nothing', async () => {
    const text = await bundled.loadEvents()
    const whole = await runRule(bundled, text)
    for (const seed of [1, 2, 3, 4, 5]) {
      const { matches, nearMisses } = await runRule(bundled, shuffle(text, seed))
      expect(matches).toEqual(whole.matches)
      expect(sorted(nearMisses)).toEqual(sorted(whole.nearMisses))
    }
  })

  test('every near miss is found once, for its cause', async () => {
    const { nearMisses } = await runRule(bundled, await bundled.loadEvents())
    const [recorded] = tests.filter(({ events }) => 'file' in events)
    const labelled = nearMisses.filter(({ culprit }) => culprit.startsWith('nm'))
    expect(sorted(labelled)).toEqual(sorted(recorded?.nearMisses ?? []))
  })

  test('noise takes part in no match', async () => {
    const { matches } = await runRule(bundled, await bundled.loadEvents())
    expect(matches.flat().filter((id) => !id.startsWith('tp'))).toEqual([])
  })

  test('every near miss has a test that mends it', () => {
    const written = parse(bundled.testsText)['test'] as unknown as readonly {
      readonly name: string
      readonly use?: string
      readonly expect: string
      readonly cause?: string
    }[]
    const mended = new Set(
      written.filter((one) => one.expect === 'match').map((one) => one.use),
    )
    const missed = written.filter((one) => one.cause !== undefined)
    expect(missed.filter((one) => !mended.has(one.name)).map((one) => one.name)).toEqual(
      [],
    )
  })
})

test.each(bundledRules.filter(({ rule }) => rule.query.includes('by host.id')))(
  'without host.id nothing joins: $slug',
  async (bundled) => {
    const text = await bundled.loadEvents()
    const { matches } = await runRule(
      bundled,
      text.replaceAll('"host":{"id":', '"host":{"was":'),
    )
    expect(matches).toEqual([])
  },
)
