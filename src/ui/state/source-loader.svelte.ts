import type { IngestProgress } from '../../ingest/report'
import type { SourceFile } from '../../ingest/source'
import type { EngineClient } from '../../worker/client'
import { OpenSource } from './open-source.svelte'
import { SAY, sayRestarted } from './wording'
import type { LoadedMapping, Workbench } from './workbench.svelte'

/** So many restarts within this time, ms, and the engine is left alone. */
const RESTARTS = 3
const RESTART_TIME = 60_000

/**
 * Feeds the engine: sources one after another, the mapping, the switches. When the engine
 * stops and a new one starts, it is fed again from the Blobs kept here.
 */
export class SourceLoader {
  readonly #bench: Workbench
  readonly #engine: EngineClient
  /** Called whenever the engine holds other events or fields than before. */
  readonly #onChange: () => void
  readonly #queue: OpenSource[] = []
  #restarts: number[] = []

  constructor(bench: Workbench, engine: EngineClient, onChange: () => void) {
    this.#bench = bench
    this.#engine = engine
    this.#onChange = onChange
    engine.onRestart((reason) => void this.#feedAgain(reason))
  }

  /** Adds sources; one that is open already (same id) is left as it is. */
  async add(files: readonly { file: SourceFile; active?: boolean }[]): Promise<void> {
    for (const { file, active } of files) {
      if (this.#bench.sources.some((source) => source.id === file.id)) continue
      const source = new OpenSource(file, active)
      this.#bench.sources.push(source)
      this.#queue.push(source)
    }
    await this.#readQueue()
  }

  /** Stops reading; what was read stays, marked partial. */
  async cancel(source: OpenSource): Promise<void> {
    if (source.phase === 'waiting') return this.remove(source)
    await this.#cancelLoad(source)
  }

  async setActive(source: OpenSource, active: boolean): Promise<void> {
    source.active = active
    if (source.phase !== 'ready') return
    await this.#change(() => this.#engine.setActive(source.id, active))
  }

  async remove(source: OpenSource): Promise<void> {
    const queued = this.#queue.indexOf(source)
    if (queued >= 0) this.#queue.splice(queued, 1)
    this.#bench.sources = this.#bench.sources.filter((other) => other !== source)
    if (source.phase === 'reading') await this.#cancelLoad(source)
    if (queued >= 0) return
    this.#bench.forgetEvent()
    await this.#change(() => this.#engine.remove(source.id))
  }

  /** Sets the index mapping, or with undefined the union model. Says what is wrong with it. */
  async setMapping(mapping: LoadedMapping | undefined): Promise<string | undefined> {
    const done = await this.#engine
      .setMapping(mapping?.text ?? null)
      .catch(() => ({ ok: false, problem: SAY.mappingNotSet }) as const)
    if (!done.ok) return done.problem
    this.#bench.mapping = mapping
    this.#bench.engine = done.value
    this.#onChange()
    return undefined
  }

  /** Closes all that is open, before another session is opened. */
  async clear(): Promise<void> {
    const { sources, mapping } = this.#bench
    this.#queue.length = 0
    // At once: an engine that stops meanwhile is fed with what stands here.
    this.#bench.sources = []
    this.#bench.mapping = undefined
    for (const source of sources) {
      if (source.phase === 'reading') await this.#engine.cancelLoad(source.id)
      if (source.phase !== 'waiting') await this.#engine.remove(source.id)
    }
    if (mapping) await this.#engine.setMapping(null)
    this.#bench.engine = await this.#engine.state()
  }

  /** An engine that stopped reads no more. */
  async #cancelLoad(source: OpenSource): Promise<void> {
    await this.#engine.cancelLoad(source.id).catch(() => undefined)
  }

  async #change(ask: () => Promise<Workbench['engine']>): Promise<void> {
    try {
      this.#bench.engine = await ask()
      this.#onChange()
    } catch {
      // The engine stopped; the new one is told when it is fed.
    }
  }

  async #readQueue(): Promise<void> {
    if (this.#bench.isReading) return
    this.#bench.isReading = true
    do {
      for (let source = this.#queue.shift(); source; source = this.#queue.shift())
        await this.#read(source)
      // Within: until all rules run again, their answers are of other events.
      if (!this.#bench.isRestarting) await this.#change(() => this.#engine.state())
    } while (this.#queue.length > 0)
    this.#bench.isReading = false
  }

  async #read(source: OpenSource): Promise<void> {
    source.phase = 'reading'
    try {
      const done = await this.#engine.load(source.file, (progress: IngestProgress) => {
        source.progress = progress
      })
      source.phase = done.ok ? 'ready' : 'failed'
      if (!done.ok) source.problem = done.problem
      else await this.#takeReport(source, done.value.report)
    } catch {
      // The engine stopped; the source is read again by the new one.
    }
    source.progress = undefined
    // Removed while it was being read.
    if (!this.#bench.sources.includes(source))
      await this.#engine.remove(source.id).catch(() => undefined)
  }

  async #takeReport(source: OpenSource, report: OpenSource['report']): Promise<void> {
    source.report = report
    if (!source.active) await this.#engine.setActive(source.id, false)
  }

  async #feedAgain(reason: string): Promise<void> {
    if (this.#keepsStopping()) return
    this.#bench.isRestarting = true
    this.#bench.notices.warn(sayRestarted(reason))
    for (const source of this.#bench.sources) source.phase = 'waiting'
    this.#queue.splice(0, this.#queue.length, ...this.#bench.sources)
    const mapping = this.#bench.mapping
    if (mapping) await this.#engine.setMapping(mapping.text).catch(() => undefined)
    await this.#readQueue()
    this.#bench.isRestarting = false
    await this.#change(() => this.#engine.state())
  }

  #keepsStopping(): boolean {
    const now = Date.now()
    this.#restarts = [...this.#restarts.filter((at) => now - at < RESTART_TIME), now]
    if (this.#restarts.length <= RESTARTS) return false
    this.#queue.length = 0
    for (const source of this.#bench.sources) source.phase = 'failed'
    for (const rule of this.#bench.rules) rule.state = 'idle'
    this.#bench.notices.fail(SAY.keepsStopping, [
      { label: SAY.startAgain, run: () => this.#startOver() },
    ])
    return true
  }

  #startOver(): void {
    this.#restarts = []
    this.#engine.restart(SAY.startedByHand)
  }
}
