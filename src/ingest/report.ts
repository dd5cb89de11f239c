/** One place in a source that could not be used. */
export interface BadRecord {
  /** 1-based line on which the record begins. */
  readonly line: number
  /** A plain sentence. */
  readonly reason: string
  /** The first characters of the record, for recognising it. */
  readonly excerpt: string
}

export interface IngestProgress {
  readonly bytesRead: number
  readonly bytesTotal: number
  readonly events: number
}

/** What became of one source. */
export interface IngestReport {
  /** Such as `NDJSON` or `Elasticsearch response`; `unknown` when nothing was read. */
  readonly format: string
  readonly compressed: boolean
  readonly events: number
  readonly bytes: number
  /** Bad records in all; `bad` lists the first of them. */
  readonly badCount: number
  readonly bad: readonly BadRecord[]
  /** Events without a usable @timestamp: they take no part in sequences. */
  readonly withoutTime: number
  /** First and last @timestamp, epoch ms. */
  readonly clock?: { readonly from: number; readonly to: number }
  /** Of a source of which only a part was to be kept: events that are not in it. */
  readonly leftOut?: number
  /** Reading was stopped before the end; what was read is kept. */
  readonly partial: boolean
  /** Why nothing, or not all, was read: a plain sentence with a remedy. */
  readonly problem?: string
}
