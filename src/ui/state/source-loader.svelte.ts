import type { Keep } from '../../ingest/keep'
import type { ReadAs } from '../../ingest/read-as'
import type { SourceFile } from '../../ingest/source'
import { provisionalId } from '../../session/content-id'
import type { EngineClient } from '../../worker/client'
import { inMode, stoppedAgain, withoutMode, type MapMode } from './map-mode'
import { OpenSource } from './open-source.svelte'
import { wholeOf } from './rule-text'
import { SAY, sayRestarted } from './wording'
import type { LoadedMapping, Workbench } from './workbench.svelte'

/** So many restarts within this time, ms, and the engine is left alone. */
const RESTARTS = 3
const RESTART_TIME = 60_000

/** While a source is read, the page follows at growing distances, ms. */
const FIRST_LOOK = 500
const LOOK_GROWTH = 1.5

export interface AddedSource {
  readonly file: SourceFile
  /** Comes while it is read, where the id of the file is not that of its content. */
  readonly contentId?: Promise<string>
  readonly active?: boolean
  /** What alone to keep of it; with it, nobody is asked. */
  readonly keep?: Keep | undefined
  /** What the person decided about how it is read. */
  readonly readAs?: ReadAs | undefined
}

/**
 * Feeds the engine: sources one after another, the mapping, the switches. When the engine
 * stops and a new one starts, it is fed again from the Blobs kept here.
 */
export class SourceLoader {
  readonly #bench: Workbench
  readonly #engine: EngineClient
  /** Called whenever the engine holds other events or fields than before, or gets more. */
  readonly #onChange: () => void
  readonly #queue: OpenSource[] = []
  #restarts: number[] = []
  /** Settles when all that is to be read again has been taken out. */
  #takenOut: Promise<unknown> = Promise.resolve()

  constructor(bench: Workbench, engine: EngineClient, onChange: () => void) {
    this.#bench = bench
    this.#engine = engine
    this.#onChange = onChange
    engine.onRestart((reason) => void this.#feedAgain(reason))
  }

  /** Adds sources; one whose content is open already is left as it is. */
  async add(files: readonly AddedSource[]): Promise<void> {
    for (const { file, contentId, ...given } of files) {
      const { active, keep, readAs } = this.#takeLost(file) ?? given
      if (this.#bench.sources.some((source) => source.contentId === file.id)) continue
      const source = new OpenSource(file, active, keep, readAs, contentId)
      this.#bench.sources.push(source)
      this.#queue.push(source)
    }
    await this.#readQueue()
  }

  /** A file that comes back, hashed by then or not, is read as it was decided before. */
  #takeLost(file: SourceFile): Omit<AddedSource, 'file'> | undefined {
    const { lost } = this.#bench
    const unhashed = provisionalId(file.name, file.blob)
    const found =
      lost.find(({ id }) => id === file.id) ?? lost.find(({ id }) => id === unhashed)
    if (!found) return undefined
    this.#bench.lost = lost.filter((source) => source !== found)
    const { active, keep, readAs } = found
    return { active, keep, readAs: withoutMode(readAs) }
  }

  /** Reads a source that was too big to be read unasked, or of it what is to be kept. */
  async decide(source: OpenSource, keep: Keep): Promise<void> {
    if (source.phase !== 'asking') return
    source.keep = keep
    source.phase = 'waiting'
    this.#queue.push(source)
    await this.#readQueue()
  }

  /** Reads a source again for fields that were left out of it. */
  async readFields(source: OpenSource, fields: readonly string[]): Promise<void> {
    if (!source.keep?.fields || source.phase !== 'ready') return
    source.wanted = [...(source.wanted ?? []), ...fields]
    if (!this.#queue.includes(source)) this.#queue.push(source)
    await this.#readQueue()
  }

  /** Reads a source again from its beginning, as a person decided that it is to be read. */
  async readAgain(source: OpenSource, readAs: ReadAs): Promise<void> {
    if (source.phase !== 'ready') return
    source.keepEvents((readAs.offsetMs ?? 0) - (source.readAs?.offsetMs ?? 0))
    source.readAs = stoppedAgain(readAs, source.readAs)
    source.phase = 'waiting'
    source.report = undefined
    this.#bench.forgetEvent()
    await this.#change(() => this.#takeOut(source.id))
    // Before any is read: what is read meanwhile lets the others begin anew.
    await this.#takenOut
    if (this.#isForgotten(source)) this.#queue.push(source)
    await this.#readQueue()
  }

  /** One after the other: the engine copies all that stays, and would for each at once. */
  #takeOut(id: string): ReturnType<EngineClient['remove']> {
    const state = this.#takenOut.then(() => {
      const open = this.#bench.sources.find((source) => source.id === id)
      // A new engine may be fed with it already.
      const isOut = open !== undefined && !this.#isForgotten(open)
      return isOut ? this.#engine.state() : this.#engine.remove(id)
    })
    this.#takenOut = state.catch(() => undefined)
    return state
  }

  /** Decides how events of Windows become ECS: sources that hold any are read again. */
  async setMapMode(mode: MapMode): Promise<void> {
    this.#bench.mapMode = mode
    await Promise.all(this.#bench.sources.map((source) => this.#followMode(source)))
  }

  async #followMode(source: OpenSource): Promise<void> {
    const { mapMode, sources } = this.#bench
    const isOther = source.mapMode !== mapMode && source.isMapped
    // It may have gone while it was read, with its session or alone.
    if (isOther && sources.includes(source))
      await this.readAgain(source, source.readAs ?? {})
  }

  /** Waiting in vain: a new engine that was started meanwhile may be fed with it already. */
  #isForgotten(source: OpenSource): boolean {
    const isOpen = this.#bench.sources.includes(source)
    return isOpen && source.phase === 'waiting' && !this.#queue.includes(source)
  }

  /** Stops reading; what was read stays, marked partial. */
  async cancel(source: OpenSource): Promise<void> {
    if (source.phase !== 'reading') return this.remove(source)
    source.isStopping = true
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
    if (this.#bench.asked === source) this.#bench.asked = undefined
    const isQueued = queued >= 0 && !source.isHeld
    if (isQueued || source.phase === 'asking') return
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
    this.#bench.asked = undefined
    this.#bench.mapping = undefined
    for (const source of sources) {
      if (source.phase === 'reading') await this.#engine.cancelLoad(source.id)
      if (source.phase !== 'waiting' && source.phase !== 'asking')
        await this.#engine.remove(source.id)
    }
    await this.#takenOut
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
        await this.#read(source).then(() => void this.#followMode(source))
      // Within: until all rules run again, their answers are of other events.
      if (!this.#bench.isRestarting) await this.#change(() => this.#engine.state())
    } while (this.#queue.length > 0)
    this.#bench.isReading = false
  }

  async #read(source: OpenSource): Promise<void> {
    // Queued again by a restart that it was itself the cause of.
    if (source.phase === 'failed') return
    if (source.wanted) return this.#readWanted(source, source.wanted)
    if (!(await this.#mayRead(source))) return
    source.startReading()
    source.mapMode = this.#bench.mapMode
    const look = this.#startLooking()
    try {
      const loading = this.#engine.load(
        source.file,
        (progress) => {
          source.noteProgress(progress)
          look()
        },
        source.keep,
        inMode(source.readAs, source.mapMode),
      )
      // Rules that are asked for now answer for the events so far, again and again.
      if (source.isLarge) this.#onChange()
      const done = await loading
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

  /** Has the engine read what was left out; it keeps what it has of the source. */
  async #readWanted(source: OpenSource, wanted: readonly string[]): Promise<void> {
    const { keep } = source
    // An engine that stops meanwhile is fed with all of it at once.
    source.keep = { ...keep, fields: [...new Set([...(keep?.fields ?? []), ...wanted])] }
    source.wanted = undefined
    source.startReading()
    try {
      const done = await this.#engine.readFields(source.id, wanted, (progress) =>
        source.noteProgress(progress),
      )
      source.phase = 'ready'
      source.keep = done.ok ? done.value.keep : keep
      if (!done.ok) this.#bench.notices.warn(done.problem)
    } catch {
      // The engine stopped; the source is read again by the new one.
    }
    source.progress = undefined
  }

  /** Whether there is room for it, or it was decided on; else the person is asked. */
  async #mayRead(source: OpenSource): Promise<boolean> {
    if (source.keep || !source.isLarge) return true
    // An engine that stops is asked to read it all the same, and fed again.
    const estimate = await this.#engine
      .estimate(source.file, this.#bench.rules.map(wholeOf), this.#bench.roomFor(source))
      .catch(() => undefined)
    source.estimate = estimate
    const hasRoom = estimate?.fits ?? true
    if (hasRoom || !this.#bench.sources.includes(source)) return hasRoom
    source.phase = 'asking'
    this.#bench.asked ??= source
    return false
  }

  /** Lets the page follow what the engine holds, less and less often. */
  #startLooking(): () => void {
    let distance = FIRST_LOOK
    let next = performance.now() + distance
    let isLooking = false
    const look = async (): Promise<void> => {
      isLooking = true
      const state = await this.#engine.state().catch(() => undefined)
      if (state && this.#bench.isReading) this.#bench.engine = state
      distance *= LOOK_GROWTH
      next = performance.now() + distance
      isLooking = false
    }
    return () => {
      if (!isLooking && performance.now() >= next) void look()
    }
  }

  async #takeReport(source: OpenSource, report: OpenSource['report']): Promise<void> {
    source.report = report
    if (source.isStopping && report?.partial)
      source.readAs = { ...source.readAs, upTo: report.events + (report.leftOut ?? 0) }
    source.isMapped = (report?.variants ?? []).length > 0
    if (!source.active) await this.#engine.setActive(source.id, false)
  }

  async #feedAgain(reason: string): Promise<void> {
    if (this.#keepsStopping()) return
    this.#bench.isRestarting = true
    this.#bench.notices.warn(sayRestarted(reason))
    const fed = this.#bench.sources.filter(
      ({ phase }) => phase !== 'asking' && phase !== 'failed',
    )
    for (const source of fed) {
      source.phase = 'waiting'
      source.wanted = undefined
    }
    this.#queue.splice(0, this.#queue.length, ...fed)
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
    for (const source of this.#bench.sources)
      if (source.phase === 'failed') source.phase = 'waiting'
    this.#engine.restart(SAY.startedByHand)
  }
}
