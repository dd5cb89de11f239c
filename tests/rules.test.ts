import { parse } from 'smol-toml'
import { describe, expect, test } from 'vitest'
import { bundledRules, type BundledRule } from '../src/rules/library'
import { readRuleTests } from '../src/rules/rule-tests'
import type { ExpectedMiss, RuleTest } from '../src/rules/test-case'
import type { RunAnswer, RunOutcome } from '../src/worker/api'
import { EngineHost } from '../src/worker/host'

interface Verdict {
  readonly matches: readonly (readonly string[])[]
  readonly misses: readonly ExpectedMiss[]
  readonly error: string
}

/** Runs a rule over NDJSON text in an engine of its own. */
async function runRule({ rule }: BundledRule, ndjson: string): Promise<Verdict> {
  const host = new EngineHost()
  const blob = new Blob([ndjson])
  const loaded = await host.load({ id: 'events', name: 'events.ndjson', blob })
  if (!loaded.ok) throw new Error(loaded.problem)
  expect(loaded.value.report.badCount).toBe(0)
  const { id: ruleId, query } = rule
  const outcome = await host.run({ ruleId, ticket: 1, query })
  if (!outcome) throw new Error('no answer')
  return readVerdict(host, outcome)
}

async function readVerdict(host: EngineHost, outcome: RunOutcome): Promise<Verdict> {
  const { answer, failure, diagnostics } = outcome
  if (!answer) {
    const said = [failure?.reason, ...diagnostics.map((one) => one.elastic?.message)]
    return { matches: [], misses: [], error: said.join('\n') }
  }
  return { matches: idsOf(answer), misses: await missesOf(host, outcome), error: '' }
}

const idsOf = (answer: RunAnswer) =>
  answer.matches.map(({ steps }) =>
    steps.map((step) => ('missing' in step ? 'missing' : step.eventId)),
  )

async function missesOf(host: EngineHost, { ruleId }: RunOutcome) {
  const all = await host.nearMisses(ruleId, 0, 1000)
  return Promise.all(
    all.map(async ({ cause, culprit }) => {
      const event = await host.event(culprit)
      return { cause, culprit: event.ok ? event.value.eventId : '' }
    }),
  )
}

function checkVerdict(wanted: RuleTest, { matches, misses, error }: Verdict) {
  if (wanted.expect === 'error') expect(error).toContain(wanted.error ?? '')
  else expect(error).toBe('')
  expect(matches.length > 0).toBe(wanted.expect === 'match')
  if (wanted.count !== undefined) expect(matches).toHaveLength(wanted.count)
  if (wanted.matches && wanted.atLeast)
    expect(matches).toEqual(expect.arrayContaining([...wanted.matches]))
  else if (wanted.matches) expect(sorted(matches)).toEqual(sorted(wanted.matches))
  for (const id of wanted.not ?? []) expect(matches.flat()).not.toContain(id)
  expect(misses).toEqual(expect.arrayContaining([...wanted.nearMisses]))
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
    checkVerdict(wanted, await runRule(bundled, await eventsText(bundled, wanted)))
  })

  test('the order of the lines means nothing', async () => {
    const text = await bundled.loadEvents()
    const whole = await runRule(bundled, text)
    for (const seed of [1, 2, 3, 4, 5]) {
      const { matches, misses } = await runRule(bundled, shuffle(text, seed))
      expect(matches).toEqual(whole.matches)
      expect(sorted(misses)).toEqual(sorted(whole.misses))
    }
  })

  test('every near miss is found once, for its cause', async () => {
    const { misses } = await runRule(bundled, await bundled.loadEvents())
    const [recorded] = tests.filter(({ events }) => 'file' in events)
    const labelled = misses.filter(({ culprit }) => culprit.startsWith('nm'))
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
