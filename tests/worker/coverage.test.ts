import { beforeEach, expect, test } from 'vitest'
import { EngineHost } from '../../src/worker/host'
import type { CoveragePlace } from '../../src/explain/coverage-list'

const line = (id: string, category: string, name: string | undefined, second: number) =>
  JSON.stringify({
    _id: id,
    '@timestamp': `2026-01-01T10:00:0${second}Z`,
    event: { category },
    host: { id: 'h1' },
    ...(name !== undefined && { process: { name } }),
  })
const lines = [
  line('a', 'process', 'cmd.exe', 1),
  line('b', 'process', 'sh.exe', 2),
  line('c', 'process', undefined, 3),
  line('d', 'network', undefined, 4),
]
const query =
  'sequence by host.id [process where process.name : "cmd*" and host.id != null] [network where true]'

let host: EngineHost
const load = (id: string, text: string) =>
  host.load({ id, name: id, blob: new Blob([text]) })
const run = (ticket = 1, text = query, ruleId = 'r') =>
  host.run({ ruleId, ticket, query: text })
const list = async (place: CoveragePlace, ticket = 1, search = '') => {
  const coverage = { ruleId: 'r', ticket, place }
  const page = await host.events({ fields: [], coverage, search }, 0, 10)
  return page?.rows.map(({ eventId }) => eventId)
}

beforeEach(async () => {
  host = new EngineHost()
  await load('one.ndjson', lines.join('\n'))
})

test('the coverage of a run, and the events behind its numbers', async () => {
  await run()
  const found = await host.coverage('r', 1)
  expect(found).toMatchObject({ ruleId: 'r', ticket: 1, events: 4 })
  const [first, second] = found!.steps
  expect(first).toMatchObject({ category: 3, selected: 1, keyed: 1, strictest: 0 })
  expect(first?.clauses.map(({ counts, left, alone }) => [counts, left, alone])).toEqual([
    [{ true: 1, false: 1, null: 1 }, 1, 2],
    [{ true: 3, false: 0, null: 0 }, 1, 0],
  ])
  expect(second).toMatchObject({ category: 1, selected: 1 })

  const clause = { step: 1, stage: 'clause', clause: [0] } as const
  expect(await list({ ...clause, outcome: 'fell' })).toEqual(['b', 'c'])
  expect(await list({ ...clause, outcome: 'null' })).toEqual(['c'])
  expect(await list({ ...clause, outcome: 'fell' }, 1, 'sh.')).toEqual(['b'])
  expect(await list({ stage: 'joined', outcome: 'passed' })).toEqual(['a', 'd'])
})

test('of another run, or of other events, there is none', async () => {
  await run(2)
  const place = { stage: 'joined', outcome: 'passed' } as const
  expect(await host.coverage('r', 1)).toBeUndefined()
  expect(await list(place, 1)).toBeUndefined()
  expect(await list(place, 2)).toEqual(['a', 'd'])
  await load('two.ndjson', lines[0]!)
  await host.setActive('two.ndjson', false)
  expect(await host.coverage('r', 2)).toBeUndefined()
  expect(await list(place, 2)).toBeUndefined()
})

test('the newest question alone is answered', async () => {
  await run()
  await run(1, query, 's')
  const [older, newer] = await Promise.all([host.coverage('r', 1), host.coverage('s', 1)])
  expect([older, newer?.ruleId]).toEqual([undefined, 's'])
})

test('a category no event has names those there are', async () => {
  await run(1, 'file where file.name : "x"')
  const [step] = (await host.coverage('r', 1))!.steps
  expect(step).toMatchObject({ category: 0, present: ['process', 'network'] })
})
