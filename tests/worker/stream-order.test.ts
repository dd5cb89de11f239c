import { expect, test } from 'vitest'
import { EngineHost } from '../../src/worker/host'

// An incident within one second, as two hosts told it, in files of several orders.

const at = '2026-01-01T10:00:00.123Z'
const endpoint = (sequence: number, category: string, host: string) =>
  JSON.stringify({
    _id: `${host}-${sequence}`,
    '@timestamp': at,
    agent: { id: `agent of ${host}` },
    event: { category: [category], sequence },
    host: { id: host },
  })
const winlogbeat = (record: number, category: string, host: string) =>
  JSON.stringify({
    _id: `${host}-${record}`,
    '@timestamp': at,
    event: { category: [category] },
    host: { id: host, name: host },
    winlog: { channel: 'Security', computer_name: host, record_id: String(record) },
  })

const incident = [
  endpoint(99, 'process', 'a'),
  winlogbeat(999, 'process', 'b'),
  endpoint(100, 'file', 'a'),
  endpoint(101, 'network', 'a'),
  winlogbeat(1000, 'file', 'b'),
  winlogbeat(1001, 'network', 'b'),
]
const query =
  'sequence by host.id [process where true] [file where true] [network where true]'

async function load(...files: readonly (readonly string[])[]): Promise<EngineHost> {
  const host = new EngineHost()
  for (const [i, lines] of files.entries())
    await host.load({
      id: String(i),
      name: `${i}.ndjson`,
      blob: new Blob([lines.join('\n')]),
    })
  return host
}

async function matchesOf(host: EngineHost): Promise<readonly (readonly string[])[]> {
  await host.run({ ruleId: 'r', ticket: 1, query })
  const matches = (await host.matches('r', 1, 0, 10)) ?? []
  return matches
    .map(({ steps }) =>
      steps.map((step) => ('eventId' in step ? step.eventId : 'missing')),
    )
    .sort()
}

const wanted = [
  ['a-99', 'a-100', 'a-101'],
  ['b-999', 'b-1000', 'b-1001'],
]

test.each([
  ['the oldest first', [incident]],
  ['the newest first', [incident.toReversed()]],
  ['all mixed', [[3, 1, 5, 0, 4, 2].map((i) => incident[i]!)]],
  ['in two files, the later one first', [incident.slice(3), incident.slice(0, 3)]],
] as const)('%s: the same matches', async (_, files) => {
  expect(await matchesOf(await load(...files))).toEqual(wanted)
})

test('the grid lists events as they are ordered', async () => {
  const host = await load(incident.toReversed())
  const page = await host.events({ fields: [] }, 0, 10)
  const ids = page?.rows.map(({ eventId }) => eventId) ?? []
  expect(ids.filter((id) => id.startsWith('a'))).toEqual(wanted[0])
  expect(ids.filter((id) => id.startsWith('b'))).toEqual(wanted[1])
})

test('where only fields of rules are kept, what orders them is kept too', async () => {
  const host = new EngineHost()
  const source = {
    id: 's',
    name: 's.ndjson',
    blob: new Blob([incident.toReversed().join('\n')]),
  }
  const { choices } = await host.estimate(source, [{ query }], 10)
  const { keep } = choices.find(({ kind }) => kind === 'fields')!
  await host.load(source, undefined, keep)
  expect(await matchesOf(host)).toEqual(wanted)
})

test('a result that hangs on it says what put its events in order', async () => {
  const pair = [endpoint(8, 'network', 'a'), endpoint(7, 'process', 'a')]
  const host = await load(pair)
  const two = 'sequence by host.id [process where true] [network where true]'
  await host.run({ ruleId: 'r', ticket: 1, query: two })
  await host.findNearMisses('r', 1)
  expect(await host.findTies('r', 1, 'match', [0])).toEqual([
    {
      index: 0,
      sentence:
        '#a-7 and #a-8 have the same time and no tiebreaker. In the order of event.sequence, with #a-7 before #a-8, it matches; with #a-8 before #a-7 it does not.',
    },
  ])
})

test('what is passed on of a result may hold what put its events in order', async () => {
  const named = async (lines: readonly string[]) => {
    const host = await load(lines)
    await host.run({ ruleId: 'r', ticket: 1, query })
    const context = await host.witnessContext('r', 1, { kind: 'match', place: 0 })
    return context?.fields
  }
  const tied = incident.filter((line) => line.includes('agent of'))
  expect(await named(tied.toReversed())).toContain('event.sequence')
  const apart = tied.map((line, i) => line.replace('.123Z', `.${String(200 + i)}Z`))
  expect(await named(apart)).not.toContain('event.sequence')
})
