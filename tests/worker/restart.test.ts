import { expose } from 'comlink'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { EngineStopped, startEngine, type EngineClient } from '../../src/worker/client'
import { EngineHost } from '../../src/worker/host'

/** Real engines, each behind a message channel instead of a thread. */
const makeWorker = async (): Promise<Worker> => {
  const { port1, port2 } = new MessageChannel()
  expose(new EngineHost(), port1)
  const terminate = (): void => {
    port1.close()
    port2.close()
  }
  return Object.assign(port2, { terminate }) as unknown as Worker
}

const line =
  '{"@timestamp":"2026-01-01T10:00:00Z","event":{"category":"process"},"host":{"id":"h"}}\n'
const EVENTS = 60_000
const source = { id: 'a', name: 'a.ndjson', blob: new Blob([line.repeat(EVENTS)]) }
const query = 'process where host.id == "h"'

let engine: EngineClient
beforeEach(() => {
  // 50 ms pass at every look at the clock, so that reading pauses after every piece.
  let now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 50))
})
afterEach(() => {
  engine.dispose()
  vi.restoreAllMocks()
})

/** Resolves in the middle of reading the source. */
const begin = () =>
  new Promise<{ reading: ReturnType<EngineClient['load']> }>((resolve) => {
    const reading = engine.load(
      source,
      ({ events }) => events > 0 && resolve({ reading }),
    )
  })

test('an engine restarted in the middle of a load knows nothing, and can be fed again', async () => {
  engine = startEngine(makeWorker)
  const { reading } = await begin()
  const running = engine.run({ ruleId: 'r', ticket: 1, query })
  const lost = Promise.allSettled([reading, running])
  engine.restart('It was asked to.')
  for (const outcome of await lost)
    expect(outcome).toMatchObject({ reason: expect.any(EngineStopped) as unknown })
  expect(await engine.state()).toMatchObject({ events: 0, sources: [] })
  expect(await engine.load(source, () => undefined)).toMatchObject({
    value: { report: { events: EVENTS, partial: false } },
  })
  const outcome = await engine.run({ ruleId: 'r', ticket: 1, query })
  expect(outcome?.answer?.matchCount).toBe(EVENTS)
})

test('a request is heard in the middle of a load', async () => {
  engine = startEngine(makeWorker)
  const { reading } = await begin()
  const [{ events }] = await Promise.all([engine.state(), engine.cancelLoad('a')])
  expect(events).toBeGreaterThan(0)
  const done = await reading
  expect(done).toMatchObject({ value: { report: { partial: true } } })
  const outcome = await engine.run({ ruleId: 'r', ticket: 1, query })
  expect(outcome?.answer?.matchCount).toBe((await engine.state()).events)
})
