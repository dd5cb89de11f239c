import type { Keep } from '../../ingest/keep'
import type { ReadAs } from '../../ingest/read-as'
import type { IngestProgress, IngestReport } from '../../ingest/report'
import type { SourceFile } from '../../ingest/source'
import type { LoadEstimate } from '../../worker/load-api'
import type { MapMode } from './map-mode'
import { notePace, remainingOf, startPace } from './reading-pace'

/** Bytes; a file of fewer is in before one could ask about it. */
const LARGE = 4_000_000

/** `waiting` its turn, too big to be read unasked, being read, in, or not readable at all. */
export type SourcePhase = 'waiting' | 'asking' | 'reading' | 'ready' | 'failed'

/** A source as the page keeps it. The Blob stays here, so a new engine can be fed again. */
export class OpenSource implements SourceFile {
  /** By which the engine and the page know it while it is open. */
  readonly id: string
  /** Under which its content is stored; undefined until that was hashed, if it can be. */
  contentId = $state<string | undefined>()
  /** Settles when that is over. */
  readonly identified: Promise<void>
  readonly name: string
  readonly blob: Blob
  active = $state(true)
  phase = $state<SourcePhase>('waiting')
  progress = $state.raw<IngestProgress | undefined>()
  report = $state.raw<IngestReport | undefined>()
  /** Why it is `failed`: a plain sentence. */
  problem = $state('')
  /** What reading it takes; known when its turn to be read has come. */
  estimate = $state.raw<LoadEstimate | undefined>()
  /** What alone is kept of it; nothing named: all of it, by decision. */
  keep = $state.raw<Keep | undefined>()
  /** What the person decided about how it is read. */
  readAs = $state.raw<ReadAs | undefined>()
  /** How its events of Windows became ECS when it was last read. */
  mapMode: MapMode = 'faithful'
  /** It held some that were no ECS then. */
  isMapped = $state(false)
  /** A person stopped the reading that goes on. */
  isStopping = false
  /** Fields that were left out of it, and are to be read now. */
  wanted: readonly string[] | undefined
  #pace = startPace(0)

  /** What comes from a session, or was hashed, has the content id for its id. */
  constructor(
    file: SourceFile,
    active = true,
    keep?: Keep,
    readAs?: ReadAs,
    contentId?: Promise<string>,
  ) {
    this.id = file.id
    this.contentId = contentId ? undefined : file.id
    this.identified = this.#waitFor(contentId)
    this.name = file.name
    this.blob = file.blob
    this.active = active
    this.keep = keep
    this.readAs = readAs
  }

  async #waitFor(contentId: Promise<string> | undefined): Promise<void> {
    // Why a file cannot be read is told by who reads its events.
    if (contentId) this.contentId = await contentId.catch(() => undefined)
  }

  /** Reading it takes a while, and memory: a smaller one is read unasked. */
  get isLarge(): boolean {
    return this.blob.size >= LARGE
  }
  get isLoading(): boolean {
    return this.phase === 'waiting' || this.phase === 'reading'
  }
  /** The engine holds events of it. */
  get isHeld(): boolean {
    return this.phase === 'reading' || this.phase === 'ready'
  }
  /** Something was left out of it when it was read. */
  get isPart(): boolean {
    return this.phase === 'ready' && (this.isCut || this.keepsPart)
  }
  /** Reading it was stopped. */
  get isCut(): boolean {
    return this.report?.partial ?? false
  }
  get keepsPart(): boolean {
    return Object.keys(this.keep ?? {}).length > 0
  }
  /** Whether a field was left out of it when it was read. */
  lacks(field: string): boolean {
    const fields = this.keep?.fields
    return fields !== undefined && !fields.includes(field)
  }
  /** What the engine takes: plain data, no proxy. */
  get file(): SourceFile {
    return { id: this.id, name: this.name, blob: this.blob }
  }
  /** How much memory its events take, as far as that is known, bytes. */
  get memoryBytes(): number {
    const { estimate, keep, report } = this
    const kept = estimate?.choices.find((choice) => isSame(choice.keep, keep)) ?? estimate
    if (!kept) return 0
    // Reading may have been stopped on the way.
    const part = report ? report.events / Math.max(1, kept.events) : 1
    return kept.memoryBytes * Math.min(1, part)
  }

  /** Of a source of which a span of time is kept: its times move by so many ms. */
  keepEvents(ms: number): void {
    const { time } = this.keep ?? {}
    if (time && ms !== 0)
      this.keep = { ...this.keep, time: { from: time.from + ms, to: time.to + ms } }
  }
  startReading(at = performance.now()): void {
    this.phase = 'reading'
    this.isStopping = false
    this.#pace = startPace(at)
  }
  noteProgress(progress: IngestProgress, at = performance.now()): void {
    this.#pace = notePace(this.#pace, progress.bytesRead, at)
    this.progress = progress
  }
  /** How it gets on, as words and bars want it. */
  get reading() {
    const { bytesRead, bytesTotal, events } = this.progress ?? {
      bytesRead: 0,
      bytesTotal: this.blob.size,
      events: 0,
    }
    const { rate } = this.#pace
    const remaining = remainingOf(this.#pace, bytesTotal)
    return { bytesRead, bytesTotal, events, rate, remaining }
  }
}

const isSame = (a: Keep, b: Keep | undefined): boolean =>
  JSON.stringify(a) === JSON.stringify(b ?? {})
