import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { EngineHost } from '../../src/worker/host'

// Events, switches and mapping change while something is read or run. Time is made to
// pass 50 ms at every look at the clock, so that all work pauses wherever it can.

const event = (host: string, category: string, second: number) =>
  `{"@timestamp":"2026-01-01T10:00:${String(second).padStart(2, '0')}Z",` +
  `"event":{"category":"${category}"},"host":{"id":"${host}"}}`
const pair = (host: string, at: number) =>
  `${event(host, 'process', at)}\n${event(host, 'network', at + 1)}\n`
const sequence =
  'sequence by host.id with maxspan=10s [process where true] [network where true]'

let host: EngineHost
const load = (id: string, text: string, name = id) =>
  host.load({ id, name, blob: new Blob([text]) })
const run = (ticket = 1, query = sequence) =>
  host.run({ ruleId: 'r', ticket, query, timestampField: '@timestamp' })
/** Lets what was just asked for do its first slice, and no more. */
async function turn() {
  for (let step = 0; step < 20; step++) await Promise.resolve()
}
/** The join keys of all matches, in order. */
const hostsOf = (outcome: Awaited<ReturnType<typeof run>>) =>
  outcome?.answer?.matches.map(({ joinKeys }) => joinKeys[0]?.value)
/** The event ids are positions in their source: told with the source's name. */
const listed = async () => {
  const page = await host.events({ fields: ['host.id'] }, 0, 100)
  return page?.rows.map(({ cells }) => cells[0]).join(' ')
}

beforeEach(async () => {
  let now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 50))
  host = new EngineHost()
  await load('a', pair('a', 0))
  await load('b', pair('b', 10))
})
afterEach(() => {
  vi.restoreAllMocks()
})

const allOf = ['a', 'b']
test.each([
  ['a source is removed', () => host.remove('a'), ['b']],
  ['a source is switched off', () => host.setActive('b', false), ['a']],
  ['a source is loaded', () => load('c', pair('c', 20)), ['a', 'b', 'c']],
  ['a removed source comes back', () => host.remove('a').then(readAgain), ['b', 'a']],
  ['an index mapping is set', () => host.setMapping(mappingText), allOf],
  ['nothing that is loaded is removed', () => host.remove('no such source'), allOf],
])('a run under which %s is of the events as they are then', async (_, change, hosts) => {
  const running = run()
  await turn()
  await change()
  const outcome = await running
  expect(outcome?.version).toBe((await host.state()).version)
  expect(hostsOf(outcome)?.toSorted()).toEqual(hosts.toSorted())
})
const readAgain = () => load('a', pair('a', 0))
const mappingText = JSON.stringify({
  properties: {
    '@timestamp': { type: 'date' },
    event: { properties: { category: { type: 'keyword' } } },
    host: { properties: { id: { type: 'keyword' } } },
  },
})

test('a run is stopped or overtaken at its next pause', async () => {
  const stopped = run(1)
  await turn()
  await host.stop()
  expect(await stopped).toBeUndefined()
  const older = run(2)
  await turn()
  const newer = run(3)
  expect([await older, (await newer)?.ticket]).toEqual([undefined, 3])
})

test('of a flood of requests only the last of each rule is run', async () => {
  const requests = Array.from({ length: 5000 }, (_, ticket) =>
    host.run({ ruleId: `rule ${ticket % 5}`, ticket, query: sequence }),
  )
  const answered = (await Promise.all(requests)).flatMap((outcome) => outcome ?? [])
  expect(answered.map(({ ticket }) => ticket)).toEqual([4995, 4996, 4997, 4998, 4999])
})

test('pages of an answer are not taken from rows that have moved', async () => {
  expect((await run())?.answer?.matchCount).toBe(2)
  expect(await host.matches('r', 1, 0, 10)).toHaveLength(2)
  await host.remove('a')
  expect(await host.matches('r', 1, 0, 10)).toBeUndefined()
  expect(await host.nearMisses('r', 1, 0, 10)).toBeUndefined()
  expect(await host.explainEvent('r', 1, 0)).toBeUndefined()
})

test('pages of an answer are not taken from columns that are others by now', async () => {
  const hosts = Array.from({ length: 50 }, (_, at) => `h${String(at)}`)
  await load('c', hosts.map((name) => pair(name, 20)).join(''))
  const file = { id: 'd', name: 'd', blob: new Blob([pair('d', 30)]) }
  await host.load(file, undefined, { fields: ['@timestamp', 'event.category'] })
  await run()
  await host.readFields('d', ['host.id'])
  expect(await host.matches('r', 1, 30, 10)).toBeUndefined()
  await run(2)
  const page = await host.matches('r', 2, 30, 10)
  const keys = page?.map(({ joinKeys }) => joinKeys[0]?.value)
  expect(keys).toEqual(hosts.slice(28, 38))
})

test('a rule has no verdict on events that came after its run', async () => {
  await run()
  await load('c', pair('c', 20))
  expect(await host.explainEvent('r', 1, 3)).toHaveLength(2)
  expect(await host.explainEvent('r', 1, 4)).toBeUndefined()
})

/** Several pieces of 256 KB, so that reading pauses. */
const EVENTS = 8000
const pairs = (name: string) => pair(name, 20).repeat(EVENTS / 2)

/** Resolves in the middle of reading a source. */
async function begin(name: string) {
  let hasBegun = (): void => undefined
  const begun = new Promise<void>((resolve) => (hasBegun = resolve))
  const file = { id: name, name, blob: new Blob([pairs(name)]) }
  const reading = host.load(file, ({ events }) => events > 0 && hasBegun())
  await begun
  return { reading }
}

test('two sources read at once are both whole, each event in its own', async () => {
  const [c, d] = await Promise.all([load('c', pairs('c')), load('d', pairs('d'))])
  expect([c, d]).toMatchObject(
    ['c', 'd'].map((name) => ({ ok: true, value: { name, report: { events: EVENTS } } })),
  )
  expect((await host.state()).events).toBe(4 + 2 * EVENTS)
  const page = await host.events({ fields: ['host.id'] }, 0, 1000)
  const rows = page?.rows ?? []
  expect(rows).toHaveLength(1000)
  for (const { row, cells } of rows) {
    const detail = await host.event(row)
    expect(detail).toMatchObject({ value: { source: cells[0] } })
    expect(detail.ok && detail.value.text).toContain(`"host":{"id":"${cells[0] ?? ''}"}`)
  }
})

test('a source is not read twice at once', async () => {
  const [first, second] = await Promise.all([load('c', pairs('c')), load('c', 'x')])
  expect([first.ok, second.ok]).toEqual([true, false])
  expect((await host.state()).sources).toHaveLength(3)
})

test('removing a source while another is read takes out just its rows', async () => {
  const { reading } = await begin('c')
  const { sources } = await host.remove('a')
  expect(sources.map(({ id }) => id)).not.toContain('a')
  expect(await reading).toMatchObject({ value: { report: { events: EVENTS } } })
  expect((await host.state()).events).toBe(2 + EVENTS)
  expect(await listed()).not.toContain('a')
  expect(hostsOf(await run())).toContain('b')
})

test('removing a source that is being read stops it, and leaves nothing', async () => {
  const { reading } = await begin('c')
  const state = await host.remove('c')
  expect(state).toMatchObject({ events: 4, sources: [{ id: 'a' }, { id: 'b' }] })
  expect((await reading).ok).toBe(true)
  expect((await load('c', pairs('c'))).ok).toBe(true)
  expect((await host.state()).events).toBe(4 + EVENTS)
})

test('a source switched off while it is read is off when it is in', async () => {
  const { reading } = await begin('c')
  await host.setActive('c', false)
  expect(await reading).toMatchObject({ value: { active: false } })
  expect((await host.state()).events).toBe(4)
})

test('a load cancelled at once is partial, and has what was read', async () => {
  const reading = load('c', pairs('c'))
  await host.cancelLoad('c')
  const done = await reading
  expect(done).toMatchObject({ ok: true, value: { report: { partial: true } } })
  expect(done.ok && !done.value.report.problem).toBe(true)
})

test('cancelling what is not being read does nothing', async () => {
  await host.cancelLoad('c')
  expect(await load('c', pairs('c'))).toMatchObject({
    value: { report: { partial: false, events: EVENTS } },
  })
})

test('the list of events keeps up with what is loaded and removed', async () => {
  expect(await listed()).toBe('a a b b')
  const { reading } = await begin('c')
  expect(await listed()).toMatch(/^a a b b c c/)
  await host.remove('a')
  await reading
  expect(await listed()).toMatch(/^b b c c/)
  await load('d', pair('d', 5))
  expect(await listed()).toMatch(/^d d b b c c/)
})
