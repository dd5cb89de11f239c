import { beforeEach, expect, test } from 'vitest'
import type { EventTest } from '../../src/rules/event-test'
import { EngineHost } from '../../src/worker/host'

/*
 *   id  category  host  user
 *   a   process   h1    ada
 *   b   network   h1    ada
 *   c   process   h2    svc-scan
 *   d   network   h2    -
 *   e   process   h3    bob
 */
const line = (
  id: string,
  category: string,
  host: string,
  second: number,
  user?: string,
) =>
  JSON.stringify({
    _id: id,
    '@timestamp': `2026-01-01T10:00:0${second}Z`,
    event: { category },
    host: { id: host },
    ...(user !== undefined && { user: { name: user } }),
  })
const lines = [
  line('a', 'process', 'h1', 1, 'ada'),
  line('b', 'network', 'h1', 2, 'ada'),
  line('c', 'process', 'h2', 3, 'svc-scan'),
  line('d', 'network', 'h2', 4),
  line('e', 'process', 'h3', 5, 'bob'),
]
const query = 'sequence by host.id [process where true] [network where true]'
const withMissing =
  'sequence by host.id with maxspan=1m [process where true] ![network where true]'

const user = (...values: string[]): EventTest => ({
  kind: 'equals',
  field: 'user.name',
  values,
})
const scanner = { id: 'scanner', hides: user('svc-scan') }
const noUser = {
  id: 'no user',
  hides: { kind: 'not', test: { kind: 'exists', field: 'user.name' } },
} as const
const unknownField = {
  id: 'unknown',
  hides: { kind: 'equals', field: 'made.up', values: ['x'] },
} as const

let host: EngineHost
let ticket = 0
const matchesOf = async (text: string, ...hidden: (typeof scanner | typeof noUser)[]) => {
  const outcome = await host.run({ ruleId: 'r', ticket: ++ticket, query: text, hidden })
  return outcome?.answer?.matches.map(({ steps }) =>
    steps.map((step) => ('eventId' in step ? step.eventId : '-')).join(''),
  )
}

beforeEach(async () => {
  host = new EngineHost()
  await host.load({ id: 's', name: 's', blob: new Blob([lines.join('\n')]) })
})

test('what an exception hides is as if it were not there, for every step', async () => {
  expect(await matchesOf(query)).toEqual(['ab', 'cd'])
  expect(await matchesOf(query, scanner)).toEqual(['ab'])
  expect(await matchesOf(query, noUser)).toEqual(['ab'])
  expect(await matchesOf(query)).toEqual(['ab', 'cd'])
})

test('hiding what should be missing makes a match', async () => {
  expect(await matchesOf(withMissing)).toEqual(['e-'])
  expect(await matchesOf(withMissing, noUser)).toEqual(['c-', 'e-'])
})

test('events that come later are hidden, too', async () => {
  await matchesOf(query, scanner)
  const more = [line('f', 'process', 'h3', 6, 'svc-scan'), line('g', 'network', 'h3', 7)]
  await host.load({ id: 't', name: 't', blob: new Blob([more.join('\n')]) })
  expect(await matchesOf(query)).toEqual(['ab', 'cd', 'fg'])
  expect(await matchesOf(query, scanner)).toEqual(['ab', 'eg'])
})

test('each says how many events it hides, and matches there would be', async () => {
  const filters = [scanner, noUser, unknownField]
  const answer = await host.countHidden({ ruleId: 'r', query, filters })
  expect(answer?.counts).toEqual([
    { id: 'scanner', events: 1, matches: 1, isApproximate: false },
    { id: 'no user', events: 1, matches: 1, isApproximate: false },
    { id: 'unknown', events: 0, matches: 0, isApproximate: false },
  ])
})

test('of a rule that cannot run only events are counted', async () => {
  const answer = await host.countHidden({
    ruleId: 'r',
    query: 'any whe',
    filters: [scanner],
  })
  expect(answer?.counts).toEqual([{ id: 'scanner', events: 1, isApproximate: false }])
})

test('a test that does not suit the fields hides nothing, and says why', async () => {
  const hides: EventTest = {
    kind: 'wildcard',
    field: '@timestamp',
    pattern: '2026*',
    ignoresCase: false,
  }
  const filters = [{ id: 'odd', hides }]
  const answer = await host.countHidden({ ruleId: 'r', query, filters })
  expect(answer?.counts[0]).toMatchObject({ events: 0, matches: 0 })
  expect(answer?.counts[0]?.problem).toMatch(/not on a date/)
})

test('a repair is tried on the events that are not hidden', async () => {
  const text = query.replace('host.id', 'host.id with maxspan=500ms')
  const othersOf = async (...hidden: (typeof scanner)[]) => {
    await host.run({ ruleId: 'r', ticket: ++ticket, query: text, hidden })
    await host.findNearMisses('r', ticket)
    const found = await host.findRepairs('r', ticket, 0)
    return found?.list.map(({ sentence, others }) => `${sentence}: ${others}`)
  }
  expect(await othersOf()).toEqual(['maxspan=1s: 1'])
  expect(await othersOf(scanner)).toEqual(['maxspan=1s: 0'])
})

test('two texts are compared over the events that are not hidden', async () => {
  const gained = async (hidden: (typeof scanner)[]) => {
    const answer = await host.compare({ before: withMissing, query, hidden })
    return answer?.ok ? answer.comparison.counts.gained : undefined
  }
  expect(await gained([])).toBe(2)
  expect(await gained([scanner])).toBe(1)
})

test('of two texts each may have exceptions of its own, which tell what is lost', async () => {
  const request = { before: query, query, beforeLimits: {}, hidden: [scanner] }
  const answer = await host.compare(request)
  if (!answer?.ok) throw new Error('It was not compared.')
  const { counts, lists } = answer.comparison
  expect(counts).toMatchObject({ gained: 0, lost: 1 })
  expect(lists.lost[0]?.why?.sentence).toMatch(/kept from the rule, by an exception/)
})

test('nothing is said of an event that is hidden', async () => {
  await matchesOf(query, scanner)
  expect(await host.explainEvent('r', ticket, 0)).toHaveLength(2)
  expect(await host.explainEvent('r', ticket, 2)).toBeUndefined()
  expect(await host.replay('r', ticket, { row: 2 })).toMatchObject({ kind: 'nothing' })
})
