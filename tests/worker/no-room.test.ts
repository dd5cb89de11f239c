import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { RowSet } from '../../src/events/row-set'
import { EngineHost } from '../../src/worker/host'

const event = (second: number, category: string): string =>
  JSON.stringify({
    '@timestamp': `2026-01-01T10:00:0${second}Z`,
    event: { category },
    host: { id: 'h' },
    process: { name: 'a.exe' },
  })
const lines = [event(0, 'process'), event(1, 'network'), event(2, 'file')]
const query =
  'sequence by host.id [process where process.name == "a.exe"] [file where process.name == "b.exe"]'
const tooMuch = expect.stringMatching(/^There was not enough memory/) as string
const failure = { type: 'out_of_memory', status: 500, reason: tooMuch }

let host: EngineHost
beforeEach(async () => {
  host = new EngineHost()
  await host.load({ id: 'one', name: 'one', blob: new Blob([lines.join('\n')]) })
  await host.run({ ruleId: 'r', ticket: 1, query })
  await host.findNearMisses('r', 1)
})
afterEach(() => {
  vi.restoreAllMocks()
})

/** No set of rows can be made any more, and no order. */
const fillMemory = (): void => {
  const noRoom = (): never => {
    throw new RangeError('Array buffer allocation failed')
  }
  vi.spyOn(RowSet, 'ofList').mockImplementation(noRoom)
  vi.spyOn(RowSet.prototype, 'and').mockImplementation(noRoom)
  vi.spyOn(host.store.table, 'order').mockImplementation(noRoom)
}

test('what cannot be found out for lack of memory is said so, and the engine goes on', async () => {
  const at = query.indexOf('process.name')
  const span = { from: at, to: at + 5 }
  const ask = () =>
    Promise.all([
      host.evaluate('r', 1, span),
      host.replay('r', 1, { row: 0 }),
      host.findRepairs('r', 1, 0),
      host.compare({ before: query, query: query.replace('b.exe', 'a.exe') }),
      host.coverage('r', 1),
      host.checkJoinKeys('r', 1),
    ])
  fillMemory()
  expect(await ask()).toMatchObject([
    { failure },
    { kind: 'nothing', sentence: tooMuch },
    { list: [], tried: 0, failure },
    { ok: false, failure },
    undefined,
    undefined,
  ])
  vi.restoreAllMocks()
  expect(await ask()).toMatchObject([
    { counts: { true: 3 } },
    { kind: 'frames' },
    { tried: expect.any(Number) as number, list: [{}, {}] },
    { ok: true, comparison: { counts: { gained: 1 } } },
    { steps: [{}, {}] },
    { now: { joined: 0 } },
  ])
})
