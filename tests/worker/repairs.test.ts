import { beforeEach, describe, expect, test } from 'vitest'
import { EngineHost } from '../../src/worker/host'

const event = (second: number, category: string, host: string, name?: string): string =>
  JSON.stringify({
    _id: `${host}${category[0]}`,
    '@timestamp': `2026-01-01T10:00:${String(second).padStart(2, '0')}Z`,
    event: { category },
    host: { id: host },
    ...(name !== undefined && { process: { name } }),
  })

const lines = [
  event(0, 'process', 'ok', 'cmd.exe'),
  event(1, 'network', 'ok'),
  event(10, 'process', 'late', 'cmd.exe'),
  event(18, 'network', 'late'),
  event(20, 'process', 'other', 'pwsh.exe'),
  event(21, 'network', 'other'),
  event(22, 'process', 'third', 'pwsh.exe'),
  event(23, 'network', 'third'),
]
const query =
  'sequence by host.id with maxspan=5s [process where process.name == "cmd.exe"] [network where true]'

let host: EngineHost
beforeEach(async () => {
  host = new EngineHost()
  await host.load({ id: 'one', name: 'one', blob: new Blob([lines.join('\n')]) })
  await host.run({ ruleId: 'r', ticket: 1, query })
  await host.findNearMisses('r', 1)
})

describe('groups of near misses', () => {
  test('come with the near misses, and their members in pages', async () => {
    const found = await host.findNearMisses('r', 1)
    expect(found).toMatchObject({ count: 3, groupCount: 2 })
    expect(found?.groups).toMatchObject([
      { count: 1, sentence: '', place: 0, nearest: { cause: 'maxspan' } },
      { count: 2, place: 1, sentence: expect.stringMatching(/^2 hosts miss/) as string },
    ])
    expect(await host.nearMissGroups('r', 1, 1, 9)).toEqual(found?.groups.slice(1))
    const members = await host.groupMembers('r', 1, 1, 1, 9)
    expect(members).toMatchObject([{ place: 2, nearMiss: { cause: 'condition' } }])
    expect(members?.[0]?.nearMiss).toEqual(found?.list[2])
    expect(await host.groupMembers('r', 2, 1, 0, 9)).toBeUndefined()
  })

  test('each has its place in one of them', async () => {
    const places = [0, 1, 2, 3].map((place) => host.groupOf('r', 1, place))
    expect(await Promise.all(places)).toEqual([
      { group: 0, member: 0 },
      { group: 1, member: 0 },
      { group: 1, member: 1 },
      undefined,
    ])
    expect(await host.groupOf('r', 2, 0)).toBeUndefined()
  })
})

describe('repairs of a near miss', () => {
  test('are not looked for any more once events have come', async () => {
    const asked = host.findRepairs('r', 1, 0)
    const { table } = host.store
    const source = table.startSource()
    const put = (second: number, category: string): void => {
      table.beginRow(source)
      table.put(table.root.child('@timestamp'), `2026-01-01T11:00:0${second}Z`, false)
      table.put(table.root.child('event.category'), category, false)
      table.put(table.root.child('host.id'), 'new', false)
      table.put(table.root.child('process.name'), 'cmd.exe', false)
      table.endRow()
    }
    put(0, 'process')
    put(7, 'network')
    expect(await asked).toBeUndefined()
  })

  test('are edits of the text, with what they let in', async () => {
    const found = await host.findRepairs('r', 1, 0)
    expect(found).toMatchObject({ nearMiss: 0, tried: 1, of: 1, wanted: [2, 3] })
    expect(found?.list).toEqual([
      {
        sentence: 'maxspan=8s',
        edits: [{ from: 33, to: 35, insert: '8s' }],
        text: query.replace('5s', '8s'),
        others: 0,
        lost: 0,
      },
    ])
    const condition = await host.findRepairs('r', 1, 1)
    expect(condition?.list[0]).toMatchObject({ others: 1, lost: 0 })
  })

  test('are not told when stale, or overtaken by those of another near miss', async () => {
    expect(await host.findRepairs('r', 2, 0)).toBeUndefined()
    const [older, newer] = await Promise.all([
      host.findRepairs('r', 1, 0),
      host.findRepairs('r', 1, 1),
    ])
    expect([older, newer?.nearMiss]).toEqual([undefined, 1])
    await host.setActive('one', false)
    expect(await host.findRepairs('r', 1, 0)).toBeUndefined()
  })
})

describe('a comparison of two texts', () => {
  const compare = (before: string, after: string, wanted: readonly number[] = []) =>
    host.compare({ before, query: after, wanted })

  test('tells gained, lost and unchanged matches, the wanted one first', async () => {
    const after = query.replace('process.name == "cmd.exe"', 'process.name : "p*"')
    const answer = await compare(query, after, [6, 7])
    if (!answer?.ok) throw new Error('It was not compared.')
    const { id, counts, lists } = answer.comparison
    expect(counts).toEqual({ gained: 2, lost: 1, unchanged: 0 })
    expect(lists.gained[0]).toMatchObject({
      match: { steps: [{ row: 6 }, { row: 7 }] },
      why: {
        step: 1,
        sentence: expect.stringMatching(/process\.name == "cmd\.exe"/) as string,
      },
    })
    expect(lists.lost[0]?.why?.sentence).toMatch(/process\.name : "p\*"/)
    expect(await host.comparedMatches(id, 'gained', 1, 9)).toMatchObject([
      { match: { steps: [{ row: 4 }, { row: 5 }] } },
    ])
    expect(await host.comparedMatches(id + 1, 'gained', 0, 9)).toBeUndefined()
  })

  test('runs each of two rules with the fields that it names itself', async () => {
    const answer = await host.compare({
      before: 'ok where true',
      beforeFields: { eventCategoryField: 'host.id' },
      query: 'process where true',
    })
    if (!answer?.ok) throw new Error('It was not compared.')
    expect(answer.comparison.counts).toEqual({ gained: 3, lost: 1, unchanged: 1 })
  })

  test('of a text with a mistake says which', async () => {
    const answer = await compare(query, 'process where process.nmae == "x"')
    expect(answer).toMatchObject({ ok: false, problems: [{ code: 'unknown-field' }] })
  })
})
