import { proxy, wrap } from 'comlink'
import type { Done, EngineApi } from './api'
import type { BoardApi } from './board-api'
import type { ClusterApi } from './cluster-api'
import type { HidingApi } from './hiding-api'
import type { RepairApi } from './repair-api'
import type { ShareApi } from './share-api'

/** The engine as the page sees it. Calls pending when the engine stops are rejected. */
export interface EngineClient
  extends EngineApi, BoardApi, ClusterApi, HidingApi, RepairApi, ShareApi {
  /**
   * Called after the engine stopped and a new, empty one was started: whoever holds the
   * sources loads them again. `reason` is a plain sentence.
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

/** How the worker is made; tests have their own way. */
export type MakeWorker = () => Promise<Worker>

/** The engine travels inside the page's own script: a worker made from a blob is bound
 * by the page's content policy, one loaded from an address is not. */
const makeInlinedWorker: MakeWorker = async () => {
  const { default: InlinedWorker } = await import('./worker?worker&inline')
  return new InlinedWorker()
}

/** A worker that died silently is noticed by its silence. */
const ASK_EVERY_MS = 5_000
const SILENT_FOR_MS = 30_000

/**
 * Starts the engine. A call to a dead worker would never settle, so pending calls are
 * kept here and rejected when it dies.
 */
export function startEngine(makeWorker: MakeWorker = makeInlinedWorker): EngineClient {
  const engine = new SupervisedEngine(makeWorker)
  return {
    onRestart: (listener) => engine.listeners.push(listener),
    restart: (reason) => engine.restart(reason),
    dispose: () => engine.dispose(),
    state: () => engine.ask((far) => far.state()),
    estimate: (source, rules, limitBytes) =>
      engine.ask((far) => far.estimate(source, rules, limitBytes)),
    lookInside: (blob, wants) => engine.ask((far) => far.lookInside(blob, proxy(wants))),
    load: (source, onProgress, keep, readAs) =>
      during(onProgress, (heard) =>
        engine.askInRoom((far) => far.load(source, heard, keep, readAs)),
      ),
    readFields: (sourceId, fields, onProgress) =>
      during(onProgress, (heard) =>
        engine.askInRoom((far) => far.readFields(sourceId, fields, heard)),
      ),
    rejects: (sourceId) => engine.ask((far) => far.rejects(sourceId)),
    cancelLoad: (sourceId) => engine.ask((far) => far.cancelLoad(sourceId)),
    setActive: (sourceId, active) => engine.ask((far) => far.setActive(sourceId, active)),
    remove: (sourceId) => engine.ask((far) => far.remove(sourceId)),
    setMapping: (text) => engine.ask((far) => far.setMapping(text)),
    run: (request, onPartial) =>
      onPartial
        ? during(onPartial, (heard) => engine.ask((far) => far.run(request, heard)))
        : engine.ask((far) => far.run(request)),
    findNearMisses: (ruleId, ticket) =>
      engine.ask((far) => far.findNearMisses(ruleId, ticket)),
    prefer: (ruleId) => engine.ask((far) => far.prefer(ruleId)),
    stop: (ruleId) => engine.ask((far) => far.stop(ruleId)),
    checkTests: (request) => engine.ask((far) => far.checkTests(request)),
    forget: (ruleId) => engine.ask((far) => far.forget(ruleId)),
    matches: (ruleId, ticket, from, count) =>
      engine.ask((far) => far.matches(ruleId, ticket, from, count)),
    nearMisses: (ruleId, ticket, from, count) =>
      engine.ask((far) => far.nearMisses(ruleId, ticket, from, count)),
    events: (query, from, count) => engine.ask((far) => far.events(query, from, count)),
    positionOf: (query, row) => engine.ask((far) => far.positionOf(query, row)),
    event: (row) => engine.ask((far) => far.event(row)),
    explainEvent: (ruleId, ticket, row) =>
      engine.ask((far) => far.explainEvent(ruleId, ticket, row)),
    findRoles: (ruleId, ticket, row) =>
      engine.ask((far) => far.findRoles(ruleId, ticket, row)),
    tuneMaxspan: (ruleId, ticket) => engine.ask((far) => far.tuneMaxspan(ruleId, ticket)),
    checkJoinKeys: (ruleId, ticket) =>
      engine.ask((far) => far.checkJoinKeys(ruleId, ticket)),
    auditExclusions: (ruleId, ticket) =>
      engine.ask((far) => far.auditExclusions(ruleId, ticket)),
    coverage: (ruleId, ticket) => engine.ask((far) => far.coverage(ruleId, ticket)),
    fit: (request) => engine.ask((far) => far.fit(request)),
    countHidden: (request) => engine.ask((far) => far.countHidden(request)),
    times: (ruleId, ticket) => engine.ask((far) => far.times(ruleId, ticket)),
    evaluate: (ruleId, ticket, span) =>
      engine.ask((far) => far.evaluate(ruleId, ticket, span)),
    tell: (query) => engine.ask((far) => far.tell(query)),
    replay: (ruleId, ticket, of, withOthers) =>
      engine.ask((far) => far.replay(ruleId, ticket, of, withOthers)),
    joinKeys: (ruleId, ticket, from, count, search) =>
      engine.ask((far) => far.joinKeys(ruleId, ticket, from, count, search)),
    findTies: (ruleId, ticket, kind, places) =>
      engine.ask((far) => far.findTies(ruleId, ticket, kind, places)),
    nearMissGroups: (ruleId, ticket, from, count) =>
      engine.ask((far) => far.nearMissGroups(ruleId, ticket, from, count)),
    groupMembers: (ruleId, ticket, group, from, count) =>
      engine.ask((far) => far.groupMembers(ruleId, ticket, group, from, count)),
    groupOf: (ruleId, ticket, nearMiss) =>
      engine.ask((far) => far.groupOf(ruleId, ticket, nearMiss)),
    findRepairs: (ruleId, ticket, nearMiss) =>
      engine.ask((far) => far.findRepairs(ruleId, ticket, nearMiss)),
    compare: (request) => engine.ask((far) => far.compare(request)),
    comparedMatches: (id, kind, from, count) =>
      engine.ask((far) => far.comparedMatches(id, kind, from, count)),
    countBySource: (runs) => engine.ask((far) => far.countBySource(runs)),
    resultsOfSource: (run, kind, source, from, count) =>
      engine.ask((far) => far.resultsOfSource(run, kind, source, from, count)),
    compareAnswer: (question) => engine.ask((far) => far.compareAnswer(question)),
    exportEvents: (rows, fields) => engine.ask((far) => far.exportEvents(rows, fields)),
    activeRows: (count, sourceId) => engine.ask((far) => far.activeRows(count, sourceId)),
    witnessContext: (ruleId, ticket, of) =>
      engine.ask((far) => far.witnessContext(ruleId, ticket, of)),
    fields: () => engine.ask((far) => far.fields()),
    values: (field, prefix, count) =>
      engine.ask((far) => far.values(field, prefix, count)),
  }
}

/**
 * Makes a call with a callback that is heard no more once the call is over: what it is
 * told goes a way of its own, and may come later than the answer.
 */
async function during<V, T>(
  callback: (value: V) => void,
  call: (heard: (value: V) => void) => Promise<T>,
): Promise<T> {
  let isOver = false
  try {
    return await call(
      proxy((value: V) => {
        if (!isOver) callback(value)
      }),
    )
  } finally {
    isOver = true
  }
}

/**
 * The far side, in a coat: Comlink's proxy answers every property, `then` too, so a
 * promise of the proxy itself would never resolve. Every call of EngineApi is a promise
 * already; Comlink's own type for it takes the either-or answers apart and says less.
 */
interface Far {
  readonly engine: EngineApi & BoardApi & ClusterApi & HidingApi & RepairApi & ShareApi
}

/** What the engine holds may be damaged: it ran out of memory while it changed it. */
const saysNoRoom = (error: unknown): error is Error =>
  error instanceof Error && error.name === 'OutOfMemory'

/** One worker at a time, watched, and replaced when it stops. */
class SupervisedEngine {
  readonly listeners: ((reason: string) => void)[] = []
  private readonly makeWorker: MakeWorker
  private readonly pending = new Set<(error: EngineStopped) => void>()
  private readonly watch: ReturnType<typeof setInterval>
  private worker: Promise<Worker>
  private far: Promise<Far>
  private lastHeard = 0

  constructor(makeWorker: MakeWorker) {
    this.makeWorker = makeWorker
    this.worker = makeWorker()
    this.far = this.connect(this.worker)
    this.watch = setInterval(() => this.checkAlive(), ASK_EVERY_MS)
  }

  ask<T>(question: (far: Far['engine']) => Promise<T>): Promise<T> {
    if (this.pending.size === 0) this.lastHeard = performance.now()
    return new Promise<T>((resolve, reject) => {
      this.pending.add(reject)
      const heard = (): boolean => {
        this.lastHeard = performance.now()
        return this.pending.delete(reject)
      }
      this.far
        .then(({ engine }) => question(engine))
        .then(
          (value) => heard() && resolve(value),
          (error: unknown) => {
            if (!heard()) return
            if (saysNoRoom(error)) this.restart(error.message)
            reject(error instanceof Error ? error : new Error(String(error)))
          },
        )
    })
  }

  /** As `ask`, for what may be too much: then the sentence that says so is the answer. */
  async askInRoom<T>(
    question: (far: Far['engine']) => Promise<Done<T>>,
  ): Promise<Done<T>> {
    try {
      return await this.ask(question)
    } catch (error) {
      if (saysNoRoom(error)) return { ok: false, problem: error.message }
      throw error
    }
  }

  restart(reason: string): void {
    this.stop(reason)
    this.worker = this.makeWorker()
    this.far = this.connect(this.worker)
    for (const listener of this.listeners) listener(reason)
  }

  dispose(): void {
    clearInterval(this.watch)
    this.stop('The engine was closed.')
  }

  private async connect(starting: Promise<Worker>): Promise<Far> {
    const worker = await starting
    const stopped = (reason: string) => (): void => {
      if (starting === this.worker) this.restart(reason)
    }
    worker.onerror = stopped('The engine stopped unexpectedly and was started anew.')
    worker.onmessageerror = stopped('The engine sent something unreadable.')
    return { engine: wrap<EngineApi>(worker) as unknown as Far['engine'] }
  }

  private stop(reason: string): void {
    void this.worker.then((worker) => worker.terminate())
    for (const reject of this.pending) reject(new EngineStopped(reason))
    this.pending.clear()
  }

  private checkAlive(): void {
    if (this.pending.size === 0) return
    if (performance.now() - this.lastHeard > SILENT_FOR_MS)
      return this.restart(
        'The engine did not answer for 30 seconds and was started anew.',
      )
    const hear = (): void => {
      this.lastHeard = performance.now()
    }
    void this.far.then(({ engine }) => engine.state()).then(hear, hear)
  }
}
