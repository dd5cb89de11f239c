import { proxy, releaseProxy, wrap, type ProxyMethods } from 'comlink'
import type { EngineApi } from './api'

/** The engine as the page sees it. Calls pending when the engine stops are rejected. */
export interface EngineClient extends EngineApi {
  /**
   * Called after the engine stopped unexpectedly and a new, empty one has started:
   * whoever holds the sources loads them again. `reason` is a plain sentence.
   */
  onRestart(listener: (reason: string) => void): void
  /** Stops the engine at once, whatever it does, and starts a new, empty one. */
  restart(reason: string): void
  dispose(): void
}

/** What a call that was pending when the engine stopped is rejected with. */
export class EngineStopped extends Error {
  override readonly name = 'EngineStopped'
}

/** Makes the worker; the page and tests pass their own way of making it. */
export type MakeWorker = () => Worker

/** A worker that died silently is noticed by its silence. */
const ASK_EVERY_MS = 5_000
const SILENT_FOR_MS = 30_000

/**
 * The far side of EngineApi. Every call of it is a promise already, so Comlink's own
 * type for it, which takes the either-or answers apart, says less.
 */
type RemoteEngine = EngineApi & ProxyMethods

/**
 * Starts the engine. A call to a dead worker would never settle, so pending calls
 * are kept here and rejected when it dies.
 */
export function startEngine(makeWorker: MakeWorker): EngineClient {
  let worker: Worker
  let remote: RemoteEngine
  let lastHeard = 0
  const pending = new Set<(error: EngineStopped) => void>()
  const listeners: ((reason: string) => void)[] = []

  const askWhetherAlive = (): void => {
    if (pending.size === 0) return
    if (performance.now() - lastHeard > SILENT_FOR_MS)
      return restart('The engine did not answer for 30 seconds and was started anew.')
    void remote.state().then(hear, hear)
  }
  const hear = (): void => {
    lastHeard = performance.now()
  }
  const watch = setInterval(askWhetherAlive, ASK_EVERY_MS)

  const stop = (reason: string): void => {
    worker.terminate()
    remote[releaseProxy]()
    for (const reject of pending) reject(new EngineStopped(reason))
    pending.clear()
  }
  const start = (): void => {
    worker = makeWorker()
    remote = wrap<EngineApi>(worker) as unknown as RemoteEngine
    const current = worker
    worker.onerror = (event) => {
      if (current === worker) restart(event.message || 'The engine stopped unexpectedly.')
    }
    worker.onmessageerror = () => {
      if (current === worker) restart('The engine sent something unreadable.')
    }
  }
  const restart = (reason: string): void => {
    stop(reason)
    start()
    for (const listener of listeners) listener(reason)
  }

  const call = <T>(ask: (engine: EngineApi) => Promise<T>): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      if (pending.size === 0) hear()
      pending.add(reject)
      const settle = (): boolean => {
        hear()
        return pending.delete(reject)
      }
      ask(remote).then(
        (value) => {
          if (settle()) resolve(value)
        },
        (error: unknown) => {
          if (settle()) reject(error instanceof Error ? error : new Error(String(error)))
        },
      )
    })

  start()
  return {
    onRestart: (listener) => listeners.push(listener),
    restart,
    dispose: () => {
      clearInterval(watch)
      stop('The engine was closed.')
    },
    state: () => call((engine) => engine.state()),
    load: (source, onProgress) =>
      call((engine) => engine.load(source, proxy(onProgress))),
    cancelLoad: (sourceId) => call((engine) => engine.cancelLoad(sourceId)),
    setActive: (sourceId, active) => call((engine) => engine.setActive(sourceId, active)),
    remove: (sourceId) => call((engine) => engine.remove(sourceId)),
    setMapping: (text) => call((engine) => engine.setMapping(text)),
    run: (request) => call((engine) => engine.run(request)),
    stop: (ruleId) => call((engine) => engine.stop(ruleId)),
    forget: (ruleId) => call((engine) => engine.forget(ruleId)),
    matches: (ruleId, from, count) =>
      call((engine) => engine.matches(ruleId, from, count)),
    nearMisses: (ruleId, from, count) =>
      call((engine) => engine.nearMisses(ruleId, from, count)),
    events: (query, from, count) => call((engine) => engine.events(query, from, count)),
    positionOf: (query, row) => call((engine) => engine.positionOf(query, row)),
    event: (row) => call((engine) => engine.event(row)),
    verdicts: (ruleId, row) => call((engine) => engine.verdicts(ruleId, row)),
    fields: () => call((engine) => engine.fields()),
    values: (field, prefix, count) =>
      call((engine) => engine.values(field, prefix, count)),
  }
}
