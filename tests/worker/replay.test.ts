import { beforeEach, describe, expect, test } from 'vitest'
import { EngineHost } from '../../src/worker/host'
import type { ReplayOf, ReplayView } from '../../src/worker/replay-api'

const event = (id: string, second: number, category: string, host: string, more = '') =>
  `{"_id":"${id}","@timestamp":"2026-01-01T10:00:${String(second).padStart(2, '0')}Z",` +
  `"event":{"category":"${category}"},"host":{"id":"${host}"}${more}}`

const lines = [
  event('a1', 0, 'process', 'h1'),
  event('x', 1, 'library', 'h1'),
  event('a2', 2, 'process', 'h1'),
  event('b3', 5, 'network', 'h1'),
  event('b4', 6, 'network', 'h1'),
  event('c1', 0, 'process', 'h2'),
  event('u', 3, 'session', 'h2'),
  event('d', 8, 'network', 'h2'),
  event('e1', 0, 'process', 'h3'),
  event('late', 30, 'network', 'h3'),
  event('n', 9, 'network', 'h4'),
  event('p', 9, 'process', 'h4'),
]
const rule =
  'sequence by host.id with maxspan=10s [process where true] [network where true] until [session where true]'

let host: EngineHost
beforeEach(async () => {
  host = new EngineHost()
  await host.load({ id: 's', name: 's.ndjson', blob: new Blob([lines.join('\n')]) })
  await host.run({ ruleId: 'r', ticket: 1, query: rule })
  await host.findNearMisses('r', 1)
})

const upTo = (count: number): readonly number[] => [...Array(count).keys()]

async function replay(of: ReplayOf, withOthers = false): Promise<ReplayView> {
  const answer = await host.replay('r', 1, of, withOthers)
  if (answer?.kind !== 'frames') throw new Error(answer?.sentence)
  return answer
}
const told = ({ frames }: ReplayView) =>
  frames.map(({ eventId, sentence }) => `${eventId}: ${sentence}`)

describe('a replay', () => {
  test('tells what every event of the key of a match did', async () => {
    const view = await replay({ match: 0 })
    expect(view.joinKeys).toEqual([{ name: 'host.id', value: 'h1' }])
    expect(view.maxspanMs).toBe(10_000)
    expect(told(view)).toEqual([
      'a1: Begins a sequence as step 1, which now waits for step 2.',
      'a2: Begins a sequence as step 1, which now waits for step 2. It takes the place of the sequence #a1, which is dropped: of two that wait for one step, the newer goes on.',
      'b3: Is step 2 and completes a match: #a2 → #b3.',
      'b4: Fits step 2, but nothing waits for it: no sequence stands at step 1.',
    ])
    const pending = view.frames.map((frame) => frame.pending.map((p) => p.eventIds))
    expect(pending).toEqual([[['a1']], [['a2']], [], []])
    expect(view.frames[0]?.pending[0]?.deadline).toBe(Date.UTC(2026, 0, 1, 10, 0, 10))
    expect(view.frames.map(({ changes }) => changes)).toEqual([true, true, true, false])
    expect(view.frames[view.start]?.eventId).toBe('a2')
  })

  test('of a near miss begins at what broke it', async () => {
    const misses = (await host.nearMisses('r', 1, 0, 50)) ?? []
    const at = misses.findIndex(({ cause }) => cause === 'until')
    const view = await replay({ nearMiss: at })
    expect(view.frames[view.start]?.eventId).toBe('u')
    expect(told(view).slice(1)).toEqual([
      'u: Satisfies until: the sequence that waits can go no further.',
      'd: Would be step 2, but until came 5 s before, with #u: the sequence #c1 began is dropped.',
    ])
    expect(view.frames[1]?.pending).toMatchObject([{ eventIds: ['c1'], until: 'u' }])
  })

  test('tells by how much an event is too late', async () => {
    const view = await replay({ row: 9 })
    expect(told(view).at(-1)).toBe(
      'late: Would be step 2, but comes 20 s after the 10 s limit: the sequence #e1 began is dropped.',
    )
  })

  test('has what broke a near miss even where that has another key', async () => {
    const user = (name: string) => `,"user":{"name":"${name}"}`
    const text = [
      event('of ann', 0, 'process', 'h9', user('ann')),
      event('of bob', 1, 'network', 'h9', user('bob')),
    ].join('\n')
    await host.load({ id: 'u', name: 'u.ndjson', blob: new Blob([text]) })
    const query = rule.replace('host.id', 'host.id, user.name')
    await host.run({ ruleId: 'r', ticket: 1, query })
    const found = await host.findNearMisses('r', 1)
    const at = found?.list.findIndex(({ cause }) => cause === 'key') ?? -1
    expect(told(await replay({ nearMiss: at }))).toEqual([
      'of ann: Begins a sequence as step 1, which now waits for step 2.',
      'of bob: Is ignored: it fits step 2, but with another user.name.',
    ])
  })

  test('has events that satisfy nothing when they are asked for', async () => {
    const view = await replay({ match: 0 }, true)
    expect(told(view)[1]).toBe(
      'x: Is ignored: it fits no step. Nearest is step 1, of which `process` is false.',
    )
  })

  test('of what has none says so', async () => {
    await host.run({ ruleId: 'e', ticket: 1, query: 'process where true' })
    const answer = await host.replay('e', 1, { match: 0 })
    expect(answer).toMatchObject({ kind: 'nothing', sentence: /event query/ })
    expect(await host.replay('r', 1, { match: 99 })).toMatchObject({ kind: 'nothing' })
    expect(await host.replay('r', 2, { match: 0 })).toBeUndefined()
  })
})

describe('the keys', () => {
  test('come with the most advanced first, in pages', async () => {
    const page = await host.joinKeys('r', 1, 0, 2)
    expect(page).toMatchObject({ total: 4 })
    expect(page?.list).toMatchObject([
      { joinKeys: [{ value: 'h1' }], step: 2, matches: 1, pending: 0 },
      { joinKeys: [{ value: 'h2' }], step: 1, matches: 0, pending: 0 },
    ])
    const { key } = page!.list[1]!
    expect((await replay({ key })).joinKeys[0]?.value).toBe('h2')
  })
  test('can be searched', async () => {
    const page = await host.joinKeys('r', 1, 0, 10, 'H3')
    expect(page).toMatchObject({ total: 1, list: [{ joinKeys: [{ value: 'h3' }] }] })
  })
})

test('a near miss that hangs on equal times says so, with both orders', async () => {
  const misses = (await host.nearMisses('r', 1, 0, 50)) ?? []
  const index = misses.findIndex(({ cause }) => cause === 'order')
  expect(await host.findTies('r', 1, 'near-miss', upTo(50))).toEqual([
    {
      index,
      sentence:
        '#n and #p have the same time and no tiebreaker. As loaded, with #n before #p, it does not match; with #p before #n it does.',
    },
  ])
  expect(await host.findTies('r', 1, 'match', upTo(50))).toEqual([])
  const places = [index, ...upTo(index).toReversed(), 99]
  const ties = await host.findTies('r', 1, 'near-miss', places)
  expect(ties?.map((tie) => tie.index)).toEqual([index])
})
