import type { IngestProgress, IngestReport } from '../../ingest/report'
import type { SourceFile } from '../../ingest/source'

/** `waiting` its turn, being read, in, or not readable at all. */
export type SourcePhase = 'waiting' | 'reading' | 'ready' | 'failed'

/** A source as the page keeps it. The Blob stays here, so a new engine can be fed again. */
export class OpenSource implements SourceFile {
  readonly id: string
  readonly name: string
  readonly blob: Blob
  active = $state(true)
  phase = $state<SourcePhase>('waiting')
  progress = $state.raw<IngestProgress | undefined>()
  report = $state.raw<IngestReport | undefined>()
  /** Why it is `failed`: a plain sentence. */
  problem = $state('')

  constructor(file: SourceFile, active = true) {
    this.id = file.id
    this.name = file.name
    this.blob = file.blob
    this.active = active
  }

  get isLoading(): boolean {
    return this.phase === 'waiting' || this.phase === 'reading'
  }
  /** What the engine takes: plain data, no proxy. */
  get file(): SourceFile {
    return { id: this.id, name: this.name, blob: this.blob }
  }
}
