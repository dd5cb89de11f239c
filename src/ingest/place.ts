/** Where a record stands in its source. */
export interface Place {
  /** In bytes of the unpacked UTF-8 text, or of the unpacked file where that is no text. */
  readonly offset: number
  readonly length: number
  /** 1-based line of its first character, where there are lines. */
  readonly line?: number
}
