import { beforeEach, describe, expect, test } from 'vitest'
import { readClusterAnswer } from '../../src/share/cluster-answer'
import type { ClusterComparison, DifferentMatch } from '../../src/worker/cluster-api'
import { EngineHost } from '../../src/worker/host'

/*
 *   id  second  category  host  name
 *   a   1       process   h1    a.exe
 *   b   2       network   h1    -
 *   c   3       process   h2    a.exe
 *   d   4       network   h2    -
 *   e   5       process   h3    x.exe
 *   f   6       network   h3    -
 */
const source = (category: string, host: string, second: number, name?: string) => ({
  '@timestamp': `2026-01-01T10:00:0${second}Z`,
  event: { category },
  host: { id: host },
  ...(name !== undefined && { process: { name } }),
})
const EVENTS = {
  a: source('process', 'h1', 1, 'a.exe'),
  b: source('network', 'h1', 2),
  c: source('process', 'h2', 3, 'a.exe'),
  d: source('network', 'h2', 4),
  e: source('process', 'h3', 5, 'x.exe'),
  f: source('network', 'h3', 6),
}
type Id = keyof typeof EVENTS
const QUERY =
  'sequence by host.id with maxspan=10s [process where process.name == "a.exe"] [network where true]'

let host: EngineHost
beforeEach(async () => {
  host = new EngineHost()
})

const load = (lines: readonly unknown[], id = 'own') => {
  const blob = new Blob([lines.map((line) => JSON.stringify(line)).join('\n')])
  return host.load({ id, name: `${id}.ndjson`, blob })
}
const own = (...ids: Id[]) => ids.map((_id) => ({ _id, _source: EVENTS[_id] }))
const all = own('a', 'b', 'c', 'd', 'e', 'f')

/** Hits by their id, `-` for a missing step; `changes` are laid over sources. */
const sequences = (
  list: readonly string[],
  changes: Partial<Record<string, object>> = {},
) =>
  list.map((ids) => ({
    events: ids.split(' ').map((id) =>
      id === '-'
        ? { _index: '', _id: '', _source: {}, missing: true }
        : {
            _index: 'maxspan-lab',
            _id: id,
            _source: { ...EVENTS[id as Id], ...changes[id] },
          },
    ),
  }))

async function compare(
  hits: object,
  { query = QUERY, patterns = [] as string[], answer = {} } = {},
): Promise<ClusterComparison> {
  const text = JSON.stringify({ is_partial: false, ...answer, hits })
  await host.run({ ruleId: 'r', ticket: 1, query })
  const read = readClusterAnswer(text)!
  const told = { ruleId: 'r', ticket: 1, answer: new Blob([text]), patterns }
  return (await host.compareAnswer({ ...told, ...read }))!
}

const print = (list: readonly DifferentMatch[]) =>
  list.map(
    ({ steps, reasons }) =>
      `${steps.map((each) => ('missing' in each ? '-' : each.eventId)).join(' ')}: ` +
      reasons.map(({ sentence }) => sentence).join(' '),
  )

describe('the answer of a cluster beside ours', () => {
  test('is the same', async () => {
    await load(all)
    const found = await compare({ sequences: sequences(['a b', 'c d']) })
    expect(found).toMatchObject({ events: 4, known: 4, told: 2, equal: 2, cut: 0 })
    expect([found.missing.count, found.extra.count, found.notes]).toEqual([0, 0, []])
  })

  test('has what a clause of ours refuses', async () => {
    await load(all)
    const found = await compare({ sequences: sequences(['a b', 'c d', 'e f']) })
    expect(print(found.missing.list)).toEqual([
      'e f: Step 1 would match, only `process.name == "a.exe"` is false (x.exe).',
    ])
    const [reason] = found.missing.list[0]!.reasons
    expect([reason?.step, reason?.row]).toEqual([1, 4])
    expect(QUERY.slice(reason!.span!.from, reason!.span!.to)).toBe(
      'process.name == "a.exe"',
    )
  })

  test('has events that are not loaded here, or switched off, or kept away', async () => {
    await load(own('a', 'c', 'd'))
    await load(own('e', 'f'), 'off')
    await host.setActive('off', false)
    const found = await compare({ sequences: sequences(['a b', 'e f']) })
    expect(print(found.missing.list)).toEqual([
      'a b: #b is not loaded here.',
      'e f: #e is here, but its source is switched off. #f is here, but its source is switched off.',
    ])
    const hides = { kind: 'equals', field: 'host.id', values: ['h2'] } as const
    const request = { ruleId: 'h', ticket: 1, query: QUERY, hidden: [{ id: 'x', hides }] }
    await host.run(request)
    const text = JSON.stringify({ hits: { sequences: sequences(['c d']) } })
    const question = {
      ...readClusterAnswer(text)!,
      answer: new Blob([text]),
      patterns: [],
    }
    const kept = await host.compareAnswer({ ruleId: 'h', ticket: 1, ...question })
    expect(print(kept!.missing.list)[0]).toMatch(/^c d: #c is kept from the rule here/)
  })

  test('has the same event with another value', async () => {
    await load(own('a', 'b', 'e', 'f'))
    const changes = { e: { process: { name: 'a.exe' } } }
    const found = await compare({ sequences: sequences(['a b', 'e f'], changes) })
    expect(print(found.missing.list)[0]).toMatch(
      /^e f: #e says something else on the cluster: process.name is "a.exe" there and "x.exe" here\. Step 1 would match/,
    )
    const less = { c: { process: { name: 'other.exe' } } }
    await load(own('c', 'd'), 'more')
    const extra = await compare({ sequences: sequences(['a b', 'c b'], less) })
    expect(print(extra.extra.list)).toEqual([
      'c d: #c says something else on the cluster: process.name is "other.exe" there and "a.exe" here. The cluster has #c with other events: see number 1 of what is missing here.',
    ])
  })

  test('lacks what it was perhaps not told of', async () => {
    await load(all)
    const found = await compare({ sequences: sequences(['a b']) })
    expect(print(found.extra.list)).toEqual([
      'c d: The answer says nothing of #c and #d. Has the cluster these events, with the same values? Or did the request have a `filter`, another index or another tiebreaker?',
    ])
  })

  test('was cut by its size', async () => {
    const lines = Array.from({ length: 25 }, (_, n) => ({
      _id: `p${n}`,
      '@timestamp': n,
      event: { category: 'process' },
    }))
    await load(lines)
    const query = 'process where true'
    const hit = (n: number) => ({ _id: `p${n}`, _index: 'i', _source: lines[n] })
    const tail = Array.from({ length: 10 }, (_, n) => hit(n + 15))
    expect(await compare({ events: tail }, { query })).toMatchObject({
      equal: 10,
      cut: 15,
      extra: { count: 0 },
    })
    const head = Array.from({ length: 10 }, (_, n) => hit(n))
    expect(await compare({ events: head }, { query })).toMatchObject({ cut: 15 })
    const found = await compare({ events: tail.toSpliced(3, 1) }, { query })
    expect(found).toMatchObject({ equal: 9, cut: 0, extra: { count: 16 } })
  })

  test('has events of equal time in another order', async () => {
    const at = (_id: string, category: string) => ({
      _id,
      '@timestamp': 1,
      event: { category },
      host: { id: 'h' },
    })
    await load([at('p', 'process'), at('n', 'network')])
    const query = 'sequence by host.id [process where true] [network where true]'
    const { extra } = await compare({ sequences: [] }, { query })
    expect(print(extra.list)[0]).toMatch(/^p n: #p and #n have the same time/)
    const other = 'sequence by host.id [network where true] [process where true]'
    const hits = [{ events: [{ _id: 'n' }, { _id: 'p' }] }]
    const { missing } = await compare({ sequences: hits }, { query: other })
    expect(print(missing.list)[0]).toMatch(/ Events of equal time and without a tieb/)
  })

  test('lacks what the indices of the rule leave out', async () => {
    await load([{ _id: 'a', _index: 'logs-b', _source: EVENTS.a }])
    const query = 'process where true'
    const patterns = ['logs-a*']
    const { extra } = await compare({ events: [] }, { query, patterns })
    expect(print(extra.list)).toEqual([
      'a: #a would be in an index that the rule does not ask: logs-a*.',
    ])
    // Asked of another index, the patterns had no say.
    const hits = [{ _id: 'z', _index: 'maxspan-kit', _source: EVENTS.b }]
    const kit = await compare({ events: hits }, { query, patterns })
    expect(print(kit.extra.list)[0]).toMatch(/^a: The answer says nothing of #a/)
  })

  test('names events as it likes: they are known by what they say', async () => {
    await load(all.map(({ _source }) => _source))
    const renamed = JSON.parse(
      JSON.stringify(sequences(['a b', 'c d'])).replaceAll(
        /"_id":"(.)"/g,
        '"_id":"x-$1"',
      ),
    ) as object[]
    expect(await compare({ sequences: renamed })).toMatchObject({ known: 4, equal: 2 })
    // A place in a file is no name.
    const placed = [{ events: [{ _id: '1', _source: EVENTS.a }] }]
    expect(await compare({ sequences: placed })).toMatchObject({ known: 1 })
  })

  test('is of another rule, or not whole', async () => {
    await load(all)
    const { notes } = await compare(
      { events: sequences(['a'])[0]!.events },
      { answer: { timed_out: true } },
    )
    expect(notes).toEqual([
      'The answer holds single events, and this rule finds sequences. Is it the answer of another rule?',
      expect.stringMatching(/^The cluster did not tell all/),
    ])
  })

  test('goes with the run it was asked of', async () => {
    await load(all)
    await compare({ events: [] })
    const question = {
      matches: [],
      kind: 'events',
      isPartial: false,
      patterns: [],
    } as const
    const answer = new Blob(['{}'])
    const asked = { ruleId: 'r', ticket: 2, answer, ...question }
    expect(await host.compareAnswer(asked)).toBeUndefined()
  })
})
