import { beforeEach, expect, test } from 'vitest'
import { EngineHost } from '../../src/worker/host'

const line = (id: string, dataset: string, category: string, second: number) =>
  JSON.stringify({
    _id: id,
    '@timestamp': `2026-01-01T10:00:0${second}Z`,
    event: { category, dataset },
    host: { id: 'h1' },
    ...(category === 'process' && { process: { entity_id: 'p1' } }),
  })
const lines = [
  line('a', 'endpoint.events.process', 'process', 1),
  line('b', 'endpoint.events.network', 'network', 2),
  line('c', 'system.security', 'process', 3),
  line('d', 'system.security', 'process', 4),
]
const query = 'sequence by host.id [process where true] [process where true]'

let host: EngineHost
const load = (id: string, text: string) =>
  host.load({ id, name: id, blob: new Blob([text]) })
const eventsOf = async (indices?: readonly string[], ticket = 1) => {
  const outcome = await host.run({ ruleId: 'r', ticket, query, indices })
  return outcome?.answer?.matches.map(({ steps }) =>
    steps.map((step) => ('eventId' in step ? step.eventId : '-')).join(''),
  )
}

beforeEach(async () => {
  host = new EngineHost()
  await load('one.ndjson', lines.join('\n'))
})

test('a rule looks at all events, or at those in its indices alone', async () => {
  expect(await eventsOf()).toEqual(['ac', 'cd'])
  expect(await eventsOf(['logs-system.*'], 2)).toEqual(['cd'])
  expect(await eventsOf(['logs-endpoint.*'], 3)).toEqual([])
  expect(await eventsOf(undefined, 4)).toEqual(['ac', 'cd'])
})

test('events that come later are told apart, too', async () => {
  await eventsOf(['logs-endpoint.*'])
  await load('two.ndjson', line('e', 'endpoint.events.process', 'process', 5))
  expect(await eventsOf(['logs-endpoint.*'], 2)).toEqual(['ae'])
  await host.setActive('one.ndjson', false)
  expect(await eventsOf(['logs-endpoint.*'], 3)).toEqual([])
})

test('how well the events fit a rule, and how many its indices leave out', async () => {
  const found = await host.fit({
    ruleId: 'r',
    query: 'sequence by process.entity_id [process where true] [network where true]',
    patterns: ['logs-endpoint.*'],
  })
  expect(found).toMatchObject({
    ruleId: 'r',
    indices: { inside: 2, outside: 2, unknown: 0 },
  })
  expect(found?.fit?.steps[1]?.findings).toEqual([
    'Step 2 can never join: `process.entity_id` is absent on the only network event. 3 events of other categories have it.',
  ])
})

test('a rule that Elasticsearch would refuse still has a fit', async () => {
  const found = await host.fit({
    ruleId: 'r',
    query: 'process where process.nonsense == 1',
    patterns: [],
  })
  expect(found?.fit?.steps[0]?.findings[0]).toMatch(/`process.nonsense` is in no loaded/)
  expect(found?.indices).toBeUndefined()
})

test('a text that does not parse has none', async () => {
  const found = await host.fit({ ruleId: 'r', query: 'process whe', patterns: [] })
  expect(found?.fit).toBeUndefined()
})
