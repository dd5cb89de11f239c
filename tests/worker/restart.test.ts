import { expose } from 'comlink'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { EngineStopped, startEngine, type EngineClient } from '../../src/worker/client'
import { EngineHost } from '../../src/worker/host'

/** Real engines, each behind a message channel instead of a thread. */
const makeWorker = async (host = new EngineHost()): Promise<Worker> => {
  const { port1, port2 } = new MessageChannel()
  expose(host, port1)
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

const noRoom = (): never => {
  throw new RangeError('Array buffer allocation failed')
}

test('a source there is no memory for is left out, in words, and the engine starts anew', async () => {
  /** An engine in which there is no room for one source. */
  class FullHost extends EngineHost {
    override load: EngineHost['load'] = (file, onProgress) =>
      super.load(file, file.id === 'big' ? noRoom : onProgress)
  }
  engine = startEngine(() => makeWorker(new FullHost()))
  const told: string[] = []
  engine.onRestart((reason) => told.push(reason))
  await engine.load(source, () => undefined)
  const waiting = engine.run({ ruleId: 'r', ticket: 1, query })
  const big = await engine.load(
    { ...source, id: 'big', name: 'big.ndjson' },
    () => undefined,
  )
  const problem = expect.stringMatching(/not enough memory for big.ndjson/) as string
  expect(big).toEqual({ ok: false, problem })
  await waiting.catch((error: unknown) => expect(error).toBeInstanceOf(EngineStopped))
  expect(told).toEqual([problem])
  expect(await engine.state()).toMatchObject({ events: 0, sources: [] })
  expect((await engine.load(source, () => undefined)).ok).toBe(true)
})

test('an engine without the memory to take a source out starts anew', async () => {
  const host = new EngineHost()
  engine = startEngine(() => makeWorker(host))
  const told: string[] = []
  engine.onRestart((reason) => told.push(reason))
  await engine.load(source, () => undefined)
  vi.spyOn(host.store.table, 'removeSource').mockImplementation(noRoom)
  await expect(engine.remove('a')).rejects.toThrow(
    /not enough memory to take a.ndjson out/,
  )
  expect(told).toHaveLength(1)
})

test('a run there is no memory for fails in words, and others go on', async () => {
  const host = new EngineHost()
  engine = startEngine(() => makeWorker(host))
  await engine.load(source, () => undefined)
  const full = vi.spyOn(host.store.table, 'order').mockImplementation(noRoom)
  const outcome = await engine.run({ ruleId: 'r', ticket: 1, query })
  expect(outcome?.failure).toMatchObject({ type: 'out_of_memory', status: 500 })
  full.mockRestore()
  const next = await engine.run({ ruleId: 'r', ticket: 2, query })
  expect(next?.answer?.matchCount).toBe(EVENTS)
})

test('a callback is let go of when its call is over', async () => {
  engine = startEngine(() => makeWorker())
  await engine.state()
  const closed = vi.spyOn(MessagePort.prototype, 'close')
  await engine.load(source, () => undefined)
  await engine.run({ ruleId: 'r', ticket: 1, query }, () => undefined)
  // Either end of either callback's channel.
  await vi.waitFor(() => expect(closed.mock.contexts.length).toBeGreaterThanOrEqual(4))
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
  engine = startEngine(() => makeWorker())
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
  engine = startEngine(() => makeWorker())
  const { reading } = await begin()
  const [{ events }] = await Promise.all([engine.state(), engine.cancelLoad('a')])
  expect(events).toBeGreaterThan(0)
  const done = await reading
  expect(done).toMatchObject({ value: { report: { partial: true } } })
  const outcome = await engine.run({ ruleId: 'r', ticket: 1, query })
  expect(outcome?.answer?.matchCount).toBe((await engine.state()).events)
})
