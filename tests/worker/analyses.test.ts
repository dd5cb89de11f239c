import { beforeEach, describe, expect, test } from 'vitest'
import { EngineHost } from '../../src/worker/host'

const event = (
  id: string,
  seconds: number,
  category: string,
  pid: number,
  more: object = {},
): string =>
  JSON.stringify({
    _id: id,
    '@timestamp': new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString(),
    event: { category },
    process: { pid, ...more },
  })

const lines = [
  event('a', 0, 'process', 1, { name: 'a.exe' }),
  event('b', 4, 'network', 1),
  event('c', 5, 'process', 2, { name: 'a.exe' }),
  event('d', 65, 'network', 2),
  event('e', 66, 'process', 3, { name: 'quiet.exe' }),
  event('f', 67, 'network', 3),
]
const query =
  'sequence by process.pid with maxspan=10s [process where not process.name in ("quiet.exe", "x.exe")] [network where true]'

let host: EngineHost
const run = (ticket: number, text = query) =>
  host.run({ ruleId: 'r', ticket, query: text })

beforeEach(async () => {
  host = new EngineHost()
  await host.load({ id: 'one', name: 'one.ndjson', blob: new Blob([lines.join('\n')]) })
  await run(1)
})

describe('what a rule could be instead', () => {
  test('what each maxspan would catch', async () => {
    const tuning = await host.tuneMaxspan('r', 1)
    expect(tuning?.joined).toBe(2)
    expect(tuning?.bars.find(({ isCurrent }) => isCurrent)?.matches).toBe(1)
    expect(tuning?.bars.at(-1)).toMatchObject({ upToMs: 60_000, matches: 2 })
  })

  test('what other keys would connect', async () => {
    const check = await host.checkJoinKeys('r', 1)
    expect(check?.now).toMatchObject({ joined: 2, matches: 1 })
    expect(check?.others.map(({ change, matches }) => [change, matches])).toEqual([
      ['drop', 1],
    ])
  })

  test('what is kept out, and which events that are', async () => {
    const audit = await host.auditExclusions('r', 1)
    expect(audit).toMatchObject([
      {
        events: 1,
        hiddenMatches: 1,
        parts: [
          { seen: 1, events: 1, alone: 1 },
          { seen: 0, events: 0, alone: 0 },
        ],
      },
    ])
    const list = async (part: number, ticket = 1) => {
      const exclusion = { ruleId: 'r', ticket, clause: 0, part, count: 'events' } as const
      const page = await host.events({ fields: [], exclusion }, 0, 9)
      return page?.rows.map(({ eventId }) => eventId)
    }
    expect(await list(0)).toEqual(['e'])
    expect(await list(1)).toEqual([])
    expect(await list(0, 7)).toHaveLength(6)
  })

  test('nothing for a rule that has neither keys nor maxspan', async () => {
    await run(2, 'any where true')
    expect(await host.tuneMaxspan('r', 2)).toBeUndefined()
    expect(await host.checkJoinKeys('r', 2)).toBeUndefined()
    expect(await host.auditExclusions('r', 2)).toEqual([])
  })

  test('nothing of a run that is kept no more', async () => {
    await run(2)
    expect(await host.tuneMaxspan('r', 1)).toBeUndefined()
    expect(await host.times('r', 1)).toBeUndefined()
  })

  test('a newer question of a kind takes the place of the older', async () => {
    const [older, newer] = await Promise.all([
      host.checkJoinKeys('r', 1),
      host.checkJoinKeys('r', 1),
    ])
    expect(older).toBeUndefined()
    expect(newer?.now.matches).toBe(1)
  })

  test('is given up when other events are there', async () => {
    const asked = host.checkJoinKeys('r', 1)
    await host.setActive('one', false)
    expect(await asked).toBeUndefined()
  })
})

test('when everything was that a run found', async () => {
  await host.findNearMisses('r', 1)
  const times = await host.times('r', 1)
  expect(times?.matches).toMatchObject({ count: 1, width: 2, steps: [1, 2] })
  const [first = NaN, second] = times?.matches.times ?? []
  expect(second).toBe(first + 4000)
  expect(times?.nearMisses.count).toBeGreaterThan(0)
  expect(times?.nearMisses.times.length).toBe(2 * times!.nearMisses.count)
})

test('a near miss tells all events of a step that is written with runs', async () => {
  const text =
    'sequence by process.pid with maxspan=10s [any where true] with runs=2 [file where true]'
  await run(3, text)
  const found = await host.findNearMisses('r', 3)
  const short = found?.list.find(({ allSteps }) => (allSteps?.length ?? 0) > 1)
  expect(short?.allSteps?.map(({ step }) => step)).toEqual([1, 1])
})
