import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { EngineHost } from '../../src/worker/host'
import type { MatchView, RunAnswer, RunOutcome } from '../../src/worker/api'
import { seededChance } from '../support/seeded'

// Rules that are asked for while a source is being read tell what they come to so far.

beforeEach(() => {
  // 50 ms pass at every look at the clock, so that all work pauses wherever it can.
  let now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 50))
})
afterEach(() => {
  vi.restoreAllMocks()
})

const chance = seededChance(7)
/** Drawn events of a few hosts, some out of order, some without a usable time. */
const lines = Array.from({ length: 7000 }, (_, at) =>
  JSON.stringify({
    ...(chance.below(50) > 0 && { '@timestamp': (at + chance.below(9)) * 1000 }),
    event: { category: chance.pick(['process', 'network', 'file']) },
    host: { id: `h${chance.below(20)}` },
    // A field whose values go on growing, and change their kind near the end.
    name: at < 6500 ? `name ${chance.below(at + 1)}` : at,
    filler: 'x'.repeat(700),
  }),
)
const fileOf = (count: number) => ({
  id: 'drawn',
  name: 'drawn.ndjson',
  blob: new Blob([lines.slice(0, count).join('\n')]),
})

const QUERIES = [
  'process where host.id == "h3"',
  'any where name == "name 12" or name like "name 1?5*"',
  'sequence by host.id with maxspan=9s [process where true] [network where true]',
  'sequence by host.id with maxspan=4s [file where true] ![process where true] [network where true]',
  'sequence with maxspan=1m [process where host.id == "h1"] with runs=3 until [file where host.id == "h2"]',
  'sample by host.id [process where name like "*7"] [file where name like "*8"]',
]

/** An answer without what differs from run to run. */
async function wholeAnswer(host: EngineHost, answer: RunAnswer | undefined, ticket = 1) {
  const { tookMs: _, partial: _partial, heavy: _heavy, ...rest } = answer!
  const matches: readonly MatchView[] | undefined = await host.matches(
    'r',
    ticket,
    0,
    1e6,
  )
  return { ...rest, matches }
}

describe.each(QUERIES)('%s', (query) => {
  test('tells verdicts of the events so far, then that of all', async () => {
    const host = new EngineHost()
    const partials: { readonly outcome: RunOutcome; readonly whole: Promise<unknown> }[] =
      []
    const loading = host.load(fileOf(lines.length))
    const outcome = await host.run({ ruleId: 'r', ticket: 1, query }, (partial) =>
      partials.push({ outcome: partial, whole: wholeAnswer(host, partial.answer) }),
    )
    expect((await loading).ok).toBe(true)
    expect(outcome?.answer?.partial).toBeUndefined()
    const counts = partials.map(({ outcome: { answer } }) => answer?.partial?.events ?? 0)
    expect(counts.length).toBeGreaterThan(0)
    expect(counts).toEqual(counts.toSorted((a, b) => a - b))

    const all = [
      ...partials.map(({ whole }, at) => ({ count: counts[at] ?? 0, whole })),
      { count: lines.length, whole: wholeAnswer(host, outcome?.answer) },
    ]
    for (const { count, whole } of all) {
      const loaded = new EngineHost()
      await loaded.load(fileOf(count))
      const run = await loaded.run({ ruleId: 'r', ticket: 1, query })
      expect(await whole).toEqual(await wholeAnswer(loaded, run?.answer))
    }
  })
})

test('the events so far are the same for all rules until there are twice as many', async () => {
  const { store } = new EngineHost()
  const seen: (typeof store.soFar)[] = []
  await store.load(fileOf(lines.length), { onProgress: () => seen.push(store.soFar) })
  const all = [...new Set(seen)].filter(({ table }) => table.rowCount > 0)
  expect(all.length).toBeGreaterThan(1)
  expect(all.length).toBeLessThan(seen.length)
  for (const [at, { table, version }] of all.slice(1).entries()) {
    expect(table.rowCount).toBeGreaterThanOrEqual(2 * all[at]!.table.rowCount)
    expect(version).toBeGreaterThan(all[at]!.version)
  }
})

test('a run without an ear for it waits for the end', async () => {
  const host = new EngineHost()
  const loading = host.load(fileOf(500))
  const outcome = await host.run({ ruleId: 'r', ticket: 1, query: 'any where true' })
  expect(outcome?.answer).toMatchObject({ matchCount: 500 })
  expect(outcome?.answer?.partial).toBeUndefined()
  await loading
})

test('what waits for a source is stopped, or overtaken, at once', async () => {
  const host = new EngineHost()
  const loading = host.load(fileOf(lines.length))
  let isRead = false
  void loading.then(() => (isRead = true))
  const run = (ruleId: string, ticket: number) =>
    host.run({ ruleId, ticket, query: 'any where true' })
  const [stopped, older, newer] = [run('a', 1), run('b', 1), run('b', 2)]
  await host.stop('a')
  expect([await stopped, await older, isRead]).toEqual([undefined, undefined, false])
  expect((await newer)?.answer?.matchCount).toBe(lines.length)
})

test('near misses are of the whole, when they are asked for early', async () => {
  const host = new EngineHost()
  const query = 'sequence by host.id [file where name == 6999] [process where name == 3]'
  const loading = host.load(fileOf(lines.length))
  const [outcome, found] = await Promise.all([
    host.run({ ruleId: 'r', ticket: 1, query }, () => undefined),
    host.findNearMisses('r', 1),
  ])
  await loading
  expect(found).toMatchObject({ ticket: 1, version: outcome?.version })
  expect(await host.findNearMisses('r', 0)).toBeUndefined()
})
