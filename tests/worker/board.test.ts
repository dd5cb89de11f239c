import { beforeEach, describe, expect, test } from 'vitest'
import { EngineHost } from '../../src/worker/host'

/*
 * Rules by the sources their results are from.
 *
 *   source  second  host  name
 *   a       1       h1    one
 *   a       2       h1    two
 *   b       3       h2    one
 *   c       4       h2    two     its sequence spans b and c
 *   c       5       h3    one
 *   b       40      h3    two     too late: a near miss of c and b
 */
const event = (second: number, host: string, name: string): string =>
  JSON.stringify({
    '@timestamp': new Date(Date.UTC(2026, 2, 1, 10, 0, second)).toISOString(),
    'event.category': 'process',
    'host.id': host,
    'process.name': name,
  })
const FILES = {
  a: [event(1, 'h1', 'one'), event(2, 'h1', 'two')],
  b: [event(3, 'h2', 'one'), event(40, 'h3', 'two')],
  c: [event(4, 'h2', 'two'), event(5, 'h3', 'one')],
}
const PAIR =
  'sequence by host.id with maxspan=10s [process where process.name == "one"] ' +
  '[process where process.name == "two"]'
const ONE = 'process where process.name == "one"'

let host: EngineHost
let ticket: number
const run = async (ruleId: string, query: string): Promise<void> => {
  await host.run({ ruleId, ticket: ++ticket, query })
  await host.findNearMisses(ruleId, ticket)
}

beforeEach(async () => {
  host = new EngineHost()
  ticket = 0
  for (const [id, lines] of Object.entries(FILES))
    await host.load({ id, name: `${id}.ndjson`, blob: new Blob([lines.join('\n')]) })
})

describe('a board of rules by sources', () => {
  test('counts what holds events of several sources with each of them', async () => {
    await run('one', ONE)
    await run('pair', PAIR)
    const asked = [
      { ruleId: 'one', ticket: 1 },
      { ruleId: 'pair', ticket: 2 },
    ]
    expect(await host.countBySource(asked)).toEqual({
      sources: ['a', 'b', 'c'],
      runs: [
        {
          ...asked[0],
          matches: { counts: [1, 1, 1], across: 0 },
          nearMisses: { counts: [1, 1, 1], across: 0 },
        },
        {
          ...asked[1],
          matches: { counts: [1, 1, 1], across: 1 },
          nearMisses: { counts: [0, 1, 1], across: 1 },
        },
      ],
    })
  })

  test('knows near misses when they have been looked for, and no other runs', async () => {
    await host.run({ ruleId: 'one', ticket: 1, query: ONE })
    const runs = [
      { ruleId: 'one', ticket: 1 },
      { ruleId: 'one', ticket: 7 },
      { ruleId: 'nobody', ticket: 1 },
    ]
    const before = await host.countBySource(runs)
    expect(before?.runs.map(({ nearMisses }) => nearMisses)).toEqual([undefined])
    await host.findNearMisses('one', 1)
    const after = await host.countBySource(runs)
    expect(after?.runs.map(({ nearMisses }) => nearMisses?.counts)).toEqual([[1, 1, 1]])
  })

  test('follows sources that go and come', async () => {
    await run('one', ONE)
    await host.remove('b')
    expect((await host.countBySource([{ ruleId: 'one', ticket: 1 }]))?.runs).toEqual([])
    await run('one', ONE)
    const board = await host.countBySource([{ ruleId: 'one', ticket: 2 }])
    expect(board?.sources).toEqual(['a', 'c'])
    expect(board?.runs[0]?.matches.counts).toEqual([1, 1])
  })
})

describe('the results of one source', () => {
  const placesOf = async (
    kind: 'match' | 'near-miss',
    source: string | undefined,
    from = 0,
    count = 10,
  ) => {
    const found = await host.resultsOfSource(
      { ruleId: 'pair', ticket },
      kind,
      source,
      from,
      count,
    )
    const list = kind === 'match' ? found?.matches : found?.nearMisses
    return { count: found?.count, places: list?.map(({ place }) => place) }
  }

  test('keep their places in the list of all', async () => {
    await run('pair', PAIR)
    expect(await placesOf('match', 'a')).toEqual({ count: 1, places: [0] })
    expect(await placesOf('match', 'c')).toEqual({ count: 1, places: [1] })
    expect(await placesOf('match', undefined)).toEqual({ count: 1, places: [1] })
    expect(await placesOf('near-miss', 'a')).toEqual({ count: 0, places: [] })
    expect(await placesOf('near-miss', 'b')).toEqual({ count: 1, places: [0] })
    expect(await placesOf('match', 'no such source')).toEqual({ count: 0, places: [] })
    const all = await host.matches('pair', ticket, 0, 10)
    const found = await host.resultsOfSource(
      { ruleId: 'pair', ticket },
      'match',
      'c',
      0,
      10,
    )
    expect(found?.matches).toEqual([{ place: 1, match: all?.[1] }])
  })

  test('come in pages, and of other runs not at all', async () => {
    await host.load({
      id: 'd',
      name: 'd.ndjson',
      blob: new Blob([
        Array.from({ length: 5 }, (_, at) => event(at, 'h4', 'one')).join('\n'),
      ]),
    })
    await run('pair', ONE)
    const first = await placesOf('match', 'd', 0, 3)
    const rest = await placesOf('match', 'd', 3, 3)
    expect([first.count, first.places?.length, rest.places?.length]).toEqual([5, 3, 2])
    expect(new Set([...first.places!, ...rest.places!]).size).toBe(5)
    const stale = { ruleId: 'pair', ticket: 99 }
    expect(await host.resultsOfSource(stale, 'match', 'd', 0, 3)).toBeUndefined()
  })
})
