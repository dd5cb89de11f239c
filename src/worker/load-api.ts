import type { Keep } from '../ingest/keep'
import type { ReadAs } from '../ingest/read-as'
import type { IngestReport } from '../ingest/report'

/** A loaded source as the page lists it. */
export interface SourceState {
  readonly id: string
  readonly name: string
  readonly active: boolean
  readonly report: IngestReport
  /** What alone was kept of it, when that was not everything. */
  readonly keep?: Keep
  /** What a person decided about how it was read. */
  readonly readAs?: ReadAs
}

/** One way to read a source, with what it would take. */
export interface LoadChoice {
  readonly kind: 'all' | 'fields' | 'keys' | 'time'
  readonly memoryBytes: number
  readonly events: number
  readonly keep: Keep
}

/** What reading a source would take, from a look at its beginning. */
export interface LoadEstimate {
  /** Of the file as it is stored. */
  readonly bytes: number
  readonly events: number
  /** For everything in it. */
  readonly memoryBytes: number
  /** What there is room for beside what is loaded. */
  readonly budgetBytes: number
  readonly fits: boolean
  /** `all` first, then what takes less; those that make no sense here are left out. */
  readonly choices: readonly LoadChoice[]
}

/** What the engine holds now. */
export interface EngineState {
  /** Changes with every change of events, switches or mapping: results older than it are stale. */
  readonly version: number
  readonly sources: readonly SourceState[]
  /** Events of the sources that are switched on. */
  readonly events: number
  readonly schemaModel: 'union' | 'mapping'
  /** Names of the formats that a text can be taken for by hand. */
  readonly formats: readonly string[]
  readonly clock?: { readonly from: number; readonly to: number }
}
