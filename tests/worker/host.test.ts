import { beforeEach, describe, expect, test } from 'vitest'
import { EngineHost } from '../../src/worker/host'

const lines = [
  '{"_id":"a","@timestamp":"2026-01-01T10:00:00Z","event":{"category":"process"},"host":{"id":"h1"},"process":{"name":"cmd.exe","pid":7}}',
  '{"_id":"b","@timestamp":"2026-01-01T10:00:05Z","event":{"category":"network"},"host":{"id":"h1"},"destination":{"port":443}}',
  '{"_id":"late","@timestamp":"2026-01-01T09:00:00Z","event":{"category":"process"},"host":{"id":"h2"},"process":{"name":"CMD.exe","args":["a","b"]}}',
  '{"_id":"timeless","event":{"category":"process"},"process":{"name":"x"}}',
]
const sequence =
  'sequence by host.id with maxspan=10s [process where process.name : "cmd.exe"] [network where destination.port == 443]'

let host: EngineHost
const load = (id: string, text: string) =>
  host.load({ id, name: id, blob: new Blob([text]) })
const run = (query: string, ticket = 1, ruleId = 'r') =>
  host.run({ ruleId, ticket, query })

beforeEach(async () => {
  host = new EngineHost()
  await load('one.ndjson', lines.join('\n'))
})

describe('a run', () => {
  test('tells the steps of a match, its key and its span', async () => {
    const answer = (await run(sequence))?.answer
    expect(answer).toMatchObject({ matchCount: 1, stepCount: 2, maxspanMs: 10_000 })
    expect(answer?.matches[0]).toMatchObject({
      joinKeys: [{ name: 'host.id', value: 'h1' }],
      spanMs: 5000,
      steps: [
        { step: 1, eventId: 'a', category: 'process', fields: [{ value: 'cmd.exe' }] },
        { step: 2, eventId: 'b', fields: [{ name: 'destination.port', value: '443' }] },
      ],
    })
  })
  test('of a text with a mistake has its diagnostics and no answer', async () => {
    const outcome = await run('process where process.nmae == "x"')
    expect(outcome?.answer).toBeUndefined()
    expect(outcome?.diagnostics[0]).toMatchObject({ code: 'unknown-field', from: 14 })
  })
  test('that fails on the data says how', async () => {
    const outcome = await run('any where number(process.name) == 1')
    expect(outcome?.failure?.reason).toMatch(/Unable to convert/)
  })
  test('is not answered when a newer one has come, or it was stopped', async () => {
    const [older, newer] = await Promise.all([run(sequence, 1), run(sequence, 2)])
    expect([older, newer?.ticket]).toEqual([undefined, 2])
    const stopped = run(sequence, 3)
    await host.stop('r')
    expect(await stopped).toBeUndefined()
  })
  test('waits until nothing is being read any more', async () => {
    const loading = load('two.ndjson', lines.slice(0, 2).join('\n'))
    const outcome = await run('process where true')
    expect((await loading).ok).toBe(true)
    expect(outcome?.answer?.matchCount).toBe(4)
    expect(outcome?.version).toBe((await host.state()).version)
  })
})

describe('the list of events', () => {
  const list = async (query: Parameters<EngineHost['events']>[0]) =>
    (await host.events(query, 0, 10))?.rows.map(({ eventId }) => eventId)

  test('is in the order of time, those without one last', async () => {
    expect(await list({ fields: [] })).toEqual(['late', 'a', 'b', 'timeless'])
  })
  test('shows the cells asked for', async () => {
    const page = await host.events(
      { fields: ['process.args', 'process.pid', 'no'] },
      0,
      2,
    )
    expect(page?.rows.map(({ cells }) => cells)).toEqual([
      ['[a, b]', '', ''],
      ['', '7', ''],
    ])
  })
  test('cuts what no cell can show', async () => {
    const args = JSON.stringify(Array.from({ length: 5000 }, (_, i) => `arg ${i}`))
    await load('long', `{"process":{"name":"${'x'.repeat(1e5)}","args":${args}}}`)
    const search = 'arg 4999'
    const page = await host.events(
      { fields: ['process.name', 'process.args'], search },
      0,
      1,
    )
    const [name, list] = page!.rows[0]!.cells
    expect([name?.length, name?.at(-1), list?.length]).toEqual([4001, '…', 4001])
    expect(list).toMatch(/^\[arg 0, arg 1, /)
    expect(await host.values('process.name', 'xx', 9)).toEqual([])
  })
  test.each([
    ['CMD', ['late', 'a']],
    ['44', ['b']],
    ['nothing of the kind', []],
  ])('searched for %s has %s', async (search, ids) => {
    expect(await list({ fields: [], search })).toEqual(ids)
  })
  test('of one step holds what satisfies it', async () => {
    await run(sequence)
    expect(await list({ fields: [], ruleStep: { ruleId: 'r', step: 1 } })).toEqual([
      'late',
      'a',
    ])
    expect(await host.positionOf({ fields: [] }, 1)).toBe(2)
  })
})

describe('one event', () => {
  test('is told with every field and its record as it came', async () => {
    const event = await host.event(2)
    expect(event).toMatchObject({ ok: true, value: { eventId: 'late', text: lines[2] } })
    const fields = event.ok ? event.value.fields : []
    expect(fields.find(({ name }) => name === 'process.args')).toEqual({
      name: 'process.args',
      type: 'keyword',
      values: ['a', 'b'],
      isArray: true,
    })
  })
  test('has a verdict for every step of a rule that has run', async () => {
    await run(sequence)
    const steps = await host.explainEvent('r', 1, 0)
    expect(steps?.map(({ step, truth }) => [step, truth])).toEqual([
      [1, true],
      [2, false],
    ])
  })
  test('that is not loaded is said not to be', async () => {
    expect((await host.event(99)).ok).toBe(false)
  })
})

describe('sources', () => {
  test('switched off are not asked, removed are gone', async () => {
    await load('two.ndjson', lines[0] ?? '')
    expect((await host.state()).events).toBe(5)
    expect((await host.setActive('one.ndjson', false)).events).toBe(1)
    expect((await run('process where true'))?.answer?.matchCount).toBe(1)
    await host.setActive('one.ndjson', true)
    expect((await host.remove('one.ndjson')).sources.map(({ name }) => name)).toEqual([
      'two.ndjson',
    ])
    const event = await host.event(0)
    expect(event).toMatchObject({ value: { source: 'two.ndjson', text: lines[0] } })
  })
  test('are read once each', async () => {
    expect(await load('one.ndjson', '')).toMatchObject({ ok: false })
  })
})

describe('fields', () => {
  test('the events have come first, with how many events', async () => {
    const fields = await host.fields()
    expect(fields.slice(0, 3).map(({ name }) => name)).toEqual([
      '@timestamp',
      'destination.port',
      'event.category',
    ])
    expect(fields.find(({ name }) => name === 'process.pid')).toMatchObject({ events: 1 })
    expect(fields.find(({ name }) => name === 'dns.id')).toMatchObject({ events: 0 })
  })
  test('have their values, the most frequent first', async () => {
    expect(await host.values('event.category', '', 9)).toEqual(['process', 'network'])
    expect(await host.values('event.category', 'N', 9)).toEqual(['network'])
    expect(await host.values('process.args', '', 9)).toEqual(['a', 'b'])
  })
  test('are those of a loaded mapping alone', async () => {
    const mapping = { properties: { kind: { type: 'keyword' } } }
    expect(await host.setMapping(JSON.stringify(mapping))).toMatchObject({ ok: true })
    expect((await host.fields()).map(({ name }) => name)).toEqual(['kind'])
    expect((await run('any where host.id == "h1"'))?.diagnostics[0]?.code).toBe(
      'unknown-field',
    )
    expect((await host.setMapping('{')).ok).toBe(false)
    expect((await host.state()).schemaModel).toBe('mapping')
    await host.setMapping(null)
    expect((await run('any where host.id == "h1"'))?.answer?.matchCount).toBe(2)
  })
})
