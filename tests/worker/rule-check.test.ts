import { expect, test } from 'vitest'
import { EngineHost } from '../../src/worker/host'

const event = (id: string, category: string, second: number) =>
  JSON.stringify({
    _id: id,
    '@timestamp': `2026-01-01T10:00:0${second}Z`,
    event: { category },
    host: { id: 'h' },
  })
const query =
  'sequence by host.id with maxspan=3s [process where true] [network where true] ![file where true]'

test('each case is run over its own events alone', async () => {
  const host = new EngineHost()
  const blob = new Blob([event('loaded', 'process', 1)])
  await host.load({ id: 'one', name: 'one', blob })
  const before = await host.state()
  const start = event('start', 'process', 0)
  const cases = [
    [start, event('soon', 'network', 2)],
    [start, event('late', 'network', 5)],
    [event('other', 'network', 5)],
  ].map((lines) => lines.join('\n'))
  expect(await host.checkTests({ query, cases })).toEqual([
    { matches: [['start', 'soon', 'missing']], nearMisses: [], error: '' },
    {
      matches: [],
      nearMisses: [{ cause: 'maxspan', culprit: 'late' }],
      error: '',
    },
    { matches: [], nearMisses: [], error: '' },
  ])
  expect(await host.state()).toEqual(before)
})

test('what cannot run says why', async () => {
  const cases = [event('a', 'process', 1)]
  const [unread] = await new EngineHost().checkTests({ query: 'process where', cases })
  expect(unread?.error).toMatch(/mismatched|extraneous|no viable|missing/)
  const wrong = 'any where number(host.id) == 1'
  const [failed] = await new EngineHost().checkTests({ query: wrong, cases })
  expect(failed?.error).toMatch(/Unable to convert/)
})
