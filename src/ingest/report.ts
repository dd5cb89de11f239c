/** One place in a source that could not be used. */
export interface BadRecord {
  /** 1-based line on which the record begins, where there are lines. */
  readonly line?: number
  /** Where there are none: bytes from the beginning of the file. */
  readonly offset?: number
  /** Of an archive, the name of the file in it. */
  readonly part?: string
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

/** Events of one way of writing records down, such as `Sysmon (flat JSON)`. */
export interface VariantCount {
  readonly name: string
  readonly events: number
}

/** What became of one file of an archive. */
export interface PartReport {
  /** Its name without folders. */
  readonly name: string
  /** As in `IngestReport`; `unknown` when nothing of it was read. */
  readonly format: string
  readonly events: number
  readonly variants: readonly VariantCount[]
  readonly badCount: number
  /** Why nothing, or not all, of it was read. */
  readonly problem?: string
}

/** The beginning of a file that nothing here can read, and what it might be. */
export interface FormatGuess {
  /** The first 200 bytes at most, as lines of hexadecimal numbers and text. */
  readonly firstBytes: string
  /** The likeliest first, three at most: what it might be, and a sentence why. */
  readonly guesses: readonly { readonly format: string; readonly reason: string }[]
}

/** The zone of a clock, by its IANA name. */
export interface TimeZone {
  readonly name: string
  /** No one has said so. */
  readonly isAssumed: boolean
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
  /** Records that were no ECS events and were made into some, by what they were. */
  readonly variants?: readonly VariantCount[]
  /** Whole sentences about what was done to the events, such as a clock set right. */
  readonly notes?: readonly string[]
  /** By which zone times were read that say none of their own. */
  readonly zone?: TimeZone
  /** Of an archive: the files in it, in their order. */
  readonly parts?: readonly PartReport[]
  /** Of a file that nothing here can read. */
  readonly guess?: FormatGuess
}
