import { expose } from 'comlink'
import { afterEach, expect, test, vi } from 'vitest'
import { EngineStopped, startEngine, type EngineClient } from '../../src/worker/client'

/** A worker whose engine answers `state` when told to, over a real message channel. */
function makeFakeWorkers() {
  const made: {
    worker: Worker
    answer: (version: number) => void
    terminated: boolean
  }[] = []
  const make = async (): Promise<Worker> => {
    const { port1, port2 } = new MessageChannel()
    const waiting: ((state: unknown) => void)[] = []
    expose({ state: () => new Promise((resolve) => waiting.push(resolve)) }, port1)
    const entry = {
      worker: port2 as unknown as Worker,
      answer: (version: number) => waiting.splice(0).forEach((tell) => tell({ version })),
      terminated: false,
    }
    const terminate = (): void => {
      entry.terminated = true
      port1.close()
      port2.close()
    }
    Object.assign(port2, { terminate })
    made.push(entry)
    return entry.worker
  }
  return { made, make }
}

let engine: EngineClient | undefined
afterEach(() => {
  engine?.dispose()
  vi.useRealTimers()
})

test('a call is answered', async () => {
  const { made, make } = makeFakeWorkers()
  engine = startEngine(make)
  const state = engine.state()
  const timer = setInterval(() => made[0]?.answer(7), 1)
  expect(await state).toEqual({ version: 7 })
  clearInterval(timer)
})

test('when the engine stops, pending calls are rejected and a new one is started', async () => {
  const { made, make } = makeFakeWorkers()
  engine = startEngine(make)
  const reasons: string[] = []
  engine.onRestart((reason) => reasons.push(reason))
  const lost = engine.state()
  engine.restart('It was asked to.')
  await expect(lost).rejects.toThrow(EngineStopped)
  await vi.waitFor(() =>
    expect(made.map(({ terminated }) => terminated)).toEqual([true, false]),
  )
  expect(reasons).toEqual(['It was asked to.'])
  const state = engine.state()
  const timer = setInterval(() => made[1]?.answer(8), 1)
  expect(await state).toEqual({ version: 8 })
  clearInterval(timer)
})

test('an error in the worker restarts it', async () => {
  const { made, make } = makeFakeWorkers()
  engine = startEngine(make)
  const lost = engine.state()
  lost.catch(() => undefined)
  await vi.waitFor(() => expect(made[0]?.worker.onerror).toBeTypeOf('function'))
  made[0]?.worker.onerror?.({} as ErrorEvent)
  await expect(lost).rejects.toThrow(/stopped unexpectedly/)
  expect(made).toHaveLength(2)
})

test('an engine that falls silent while it is asked is replaced', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] })
  const { made, make } = makeFakeWorkers()
  engine = startEngine(make)
  const lost = engine.state()
  lost.catch(() => undefined)
  vi.advanceTimersByTime(29_000)
  expect(made).toHaveLength(1)
  vi.advanceTimersByTime(10_000)
  await expect(lost).rejects.toThrow(/did not answer/)
  expect(made).toHaveLength(2)
})

test('an engine nobody asks may be silent for ever', () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] })
  const { made, make } = makeFakeWorkers()
  engine = startEngine(make)
  vi.advanceTimersByTime(600_000)
  expect(made).toHaveLength(1)
})
