import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { EngineHost } from '../../src/worker/host'
import { WorkQueue, type Lane } from '../../src/worker/work-queue'

// Whose turn it is. Time is made to pass 50 ms at every look at the clock, so that every
// piece of work is a slice of its own.

beforeEach(() => {
  let now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 50))
})
afterEach(() => {
  vi.restoreAllMocks()
})

/** Work of so many slices that notes each, and calls out after the first. */
function* slices(
  name: string,
  count: number,
  log: string[],
  callOut: () => void = () => undefined,
): Generator<void, string> {
  for (let slice = 1; slice <= count; slice++) {
    log.push(`${name}${slice}`)
    if (slice === 1) callOut()
    if (slice < count) yield
  }
  return name
}

test.each<[string, (readonly [Lane, string, number])[], string | undefined, string]>([
  [
    'in turn',
    [
      ['run', 'a', 2],
      ['run', 'b', 1],
    ],
    undefined,
    'a1 a2 b1',
  ],
  [
    'the preferred first',
    [
      ['run', 'a', 2],
      ['run', 'b', 2],
    ],
    'b',
    'b1 b2 a1 a2',
  ],
  [
    'runs before what explains',
    [
      ['near-misses', 'a', 2],
      ['run', 'b', 1],
    ],
    'a',
    'b1 a1 a2',
  ],
  [
    'views before all',
    [
      ['run', 'a', 2],
      ['view', 'list', 1],
    ],
    'a',
    'list1 a1 a2',
  ],
])('%s', async (_, handedIn, preferred, expected) => {
  const queue = new WorkQueue()
  queue.preferred = preferred
  const log: string[] = []
  await Promise.all(
    handedIn.map(([lane, name, count]) => queue.do(lane, name, slices(name, count, log))),
  )
  expect(log.join(' ')).toBe(expected)
})

test('work that comes in between goes before what is less urgent', async () => {
  const queue = new WorkQueue()
  const log: string[] = []
  let run: Promise<unknown> | undefined
  const callOut = (): void => {
    run = queue.do('run', 'b', slices('b', 2, log))
  }
  await queue.do('near-misses', 'a', slices('a', 3, log, callOut))
  await run
  expect(log.join(' ')).toBe('a1 b1 b2 a2 a3')
})

test('work is dropped by hand, by newer work of its name, and when it is stale', async () => {
  const queue = new WorkQueue()
  const log: string[] = []
  let isStale = false
  const older = queue.do('run', 'a', slices('older', 3, log))
  const newer = queue.do('run', 'a', slices('newer', 1, log))
  const byHand = queue.do('run', 'b', slices('b', 1, log))
  queue.drop('run', 'b')
  const callOut = (): void => {
    isStale = true
  }
  const stale = queue.do('run', 'c', slices('c', 9, log, callOut), () => isStale)
  const ends = await Promise.all([older, newer, byHand, stale])
  expect(ends.map(({ end }) => end)).toEqual(['dropped', 'done', 'dropped', 'stale'])
  expect(log).toEqual(['newer1', 'c1'])
})

test('a fault in one piece of work is its own', async () => {
  const queue = new WorkQueue()
  const log: string[] = []
  function* fail(): Generator<void, void> {
    yield
    throw new Error('planted')
  }
  const [failed, fine] = await Promise.allSettled([
    queue.do('run', 'a', fail()),
    queue.do('run', 'b', slices('b', 2, log)),
  ])
  expect([failed.status, fine.status]).toEqual(['rejected', 'fulfilled'])
})

test('where memory runs out, room is made and the work has no end but that', async () => {
  const made: string[] = []
  const queue = new WorkQueue(() => made.push('room'))
  const log: string[] = []
  function* fill(): Generator<void, void> {
    yield
    throw new RangeError('Array buffer allocation failed')
  }
  const ends = await Promise.all([
    queue.do('run', 'a', fill()),
    queue.do('run', 'b', slices('b', 2, log)),
  ])
  expect(ends.map(({ end }) => end)).toEqual(['no-room', 'done'])
  expect(made).toEqual(['room'])
})

const event = (host: string, category: string, second: number) =>
  `{"@timestamp":"2026-01-01T10:00:${String(second).padStart(2, '0')}Z",` +
  `"event":{"category":"${category}"},"host":{"id":"${host}"}}\n`
const pairs = (count: number) =>
  Array.from(
    { length: count },
    (_, at) => event(`h${at}`, 'process', 1) + event(`h${at}`, 'network', 5),
  ).join('')
const query =
  'sequence by host.id with maxspan=2s [process where true] [network where true]'

async function loadedHost(): Promise<EngineHost> {
  const host = new EngineHost()
  await host.load({ id: 'a', name: 'a', blob: new Blob([pairs(120)]) })
  return host
}

test('all verdicts come before the first near miss', async () => {
  const host = await loadedHost()
  const done: string[] = []
  const ask = async (ruleId: string): Promise<void> => {
    await host.run({ ruleId, ticket: 1, query })
    done.push(`run ${ruleId}`)
    await host.findNearMisses(ruleId, 1)
    done.push(`near ${ruleId}`)
  }
  await host.prefer('c')
  await Promise.all(['a', 'b', 'c'].map(ask))
  expect(done).toEqual(['run c', 'run a', 'run b', 'near c', 'near a', 'near b'])
})

test('near misses come by pages, those of another ticket not at all', async () => {
  const host = await loadedHost()
  await host.run({ ruleId: 'r', ticket: 1, query })
  expect(await host.nearMisses('r', 1, 0, 10)).toBeUndefined()
  const found = await host.findNearMisses('r', 1)
  expect(found).toMatchObject({ count: 120, capped: false, advice: [] })
  expect(found?.list).toHaveLength(50)
  expect(found?.list[0]).toMatchObject({ cause: 'maxspan', slack: '+2 s' })
  expect(await host.nearMisses('r', 1, 50, 100)).toHaveLength(70)
  expect(await host.nearMisses('r', 2, 50, 100)).toBeUndefined()
  expect(await host.matches('r', 1, 0, 10)).toEqual([])
  const next = host.run({ ruleId: 'r', ticket: 2, query })
  expect(await host.findNearMisses('r', 1)).toBeUndefined()
  await next
  expect(await host.matches('r', 1, 0, 10)).toBeUndefined()
  expect(await host.matches('r', 2, 0, 10)).toEqual([])
})

test('of what runs, one rule is stopped alone', async () => {
  const host = await loadedHost()
  const run = (ruleId: string) => host.run({ ruleId, ticket: 1, query })
  const running = ['a', 'b', 'c'].map(run)
  await Promise.resolve()
  await host.stop('b')
  const outcomes = await Promise.all(running)
  expect(outcomes.map((outcome) => outcome?.ruleId)).toEqual(['a', undefined, 'c'])
  const searches = ['a', 'c'].map((ruleId) => host.findNearMisses(ruleId, 1))
  await host.stop('a')
  const found = await Promise.all(searches)
  expect(found.map((each) => each?.count)).toEqual([undefined, 120])
  expect(await host.findNearMisses('b', 1)).toBeUndefined()
})

test('near misses of events that are gone or switched are not told', async () => {
  const host = await loadedHost()
  await host.run({ ruleId: 'r', ticket: 1, query })
  await host.setActive('a', false)
  expect(await host.findNearMisses('r', 1)).toBeUndefined()
})

test('a list that another one overtakes is not made to its end', async () => {
  const host = await loadedHost()
  const [older, same, newer] = await Promise.all([
    host.events({ fields: [], search: 'h1' }, 0, 5),
    host.events({ fields: ['host.id'], search: 'h1' }, 5, 5),
    host.events({ fields: [], search: 'h11' }, 0, 50),
  ])
  expect([older, same, newer?.total]).toEqual([undefined, undefined, 22])
})
