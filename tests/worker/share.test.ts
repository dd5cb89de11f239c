import { describe, expect, test } from 'vitest'
import { EngineHost } from '../../src/worker/host'

const load = async (text: string): Promise<EngineHost> => {
  const host = new EngineHost()
  await host.load({ id: 'a', name: 'a.ndjson', blob: new Blob([text]) })
  return host
}

/** Anything an export has to keep exactly. */
const EVENTS = [
  '{"_id":"own","@timestamp":"2026-03-01T10:00:00.000Z","event":{"category":["process","file"],"sequence":9007199254740993}}',
  '{"@timestamp":1772359201000,"event.category":"process","a":{"b":1.50,"c":[1,"x",null,true]},"z":"\\ud83d\\ude00 \\"q\\""}',
  '{"@timestamp":"2026-03-01T10:00:02Z","event.category":"network","list":[{"n":1},{"n":2}],"big":1e400,"no":null}',
].join('\n')

const valuesOf = async (host: EngineHost, row: number) => {
  const read = await host.event(row)
  return read.ok ? [read.value.eventId, read.value.fields] : undefined
}

describe('exported events', () => {
  test('are the same events when they are read again', async () => {
    const host = await load(EVENTS)
    const lines = await host.exportEvents([0, 1, 2], 'whole')
    const again = await load(lines.join('\n'))
    for (const row of [0, 1, 2])
      expect(await valuesOf(again, row)).toEqual(await valuesOf(host, row))
  })

  test('hold the fields asked for, and of rows that are gone nothing', async () => {
    const host = await load(EVENTS)
    expect(await host.exportEvents([1, 7], ['a.b', 'nowhere'])).toEqual([
      '{"a.b":1.5}',
      '{}',
    ])
    expect(await host.exportEvents([0], ['event.sequence'])).toEqual([
      '{"_id":"own","event.sequence":9007199254740993}',
    ])
  })

  test('are those that are switched on', async () => {
    const host = await load(EVENTS)
    const blob = new Blob(['{"@timestamp":"2026-03-01T10:00:00Z"}'])
    await host.load({ id: 'b', name: 'b.ndjson', blob })
    await host.setActive('a', false)
    expect(await host.activeRows(10)).toEqual([3])
  })
})

const event = (seconds: number, host: string, name: string): string =>
  JSON.stringify({
    '@timestamp': new Date(Date.UTC(2026, 2, 1, 10, 0, seconds)).toISOString(),
    'event.category': 'process',
    'host.id': host,
    'process.name': name,
    'process.pid': seconds,
  })

describe('the context of a result', () => {
  const query =
    'sequence by host.id with maxspan=10s [process where process.name == "a"] [process where process.name == "b"]'

  test('is its own events, then others of its key, then others beside', async () => {
    const host = await load(
      [
        event(-5, 'h', 'x'),
        event(0, 'h', 'a'),
        event(1, 'other', 'x'),
        event(2, 'h', 'x'),
        event(3, 'h', 'b'),
        event(60, 'h', 'x'),
      ].join('\n'),
    )
    await host.run({ ruleId: 'r', ticket: 1, query })
    const around = await host.witnessContext('r', 1, { kind: 'match', place: 0 })
    expect(around).toEqual({
      chosen: [1, 4],
      context: [[3], [0, 3], [2, 3], [0, 2, 3]],
      fields: ['@timestamp', 'event.category', 'host.id', 'process.name'],
      otherFields: ['process.pid'],
    })
    expect(await host.witnessContext('r', 1, { kind: 'match', place: 1 })).toBeUndefined()
    expect(await host.witnessContext('r', 2, { kind: 'match', place: 0 })).toBeUndefined()
  })

  test('of a near miss holds the event that broke it', async () => {
    const host = await load([event(0, 'h', 'a'), event(30, 'h', 'b')].join('\n'))
    await host.run({ ruleId: 'r', ticket: 1, query })
    await host.findNearMisses('r', 1)
    const around = await host.witnessContext('r', 1, { kind: 'near-miss', place: 0 })
    expect(around?.chosen).toEqual([0, 1])
  })
})
