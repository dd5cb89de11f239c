/** Which answer of a run is passed on: a place in the list of its kind. */
export interface SharedResult {
  readonly kind: 'match' | 'near-miss'
  readonly place: number
}

/** The events a result is made of, and those that may bear on it. */
export interface WitnessContext {
  /** Its own events, rows ascending. */
  readonly chosen: readonly number[]
  /** Others in groups, rows ascending, the likeliest to bear on it first. */
  readonly context: readonly (readonly number[])[]
  /** Names of columns: those the rule reads, and those its events have besides. */
  readonly fields: readonly string[]
  readonly otherFields: readonly string[]
}

/** What is asked of the engine when something is to be passed on. */
export interface ShareApi {
  /**
   * Rows as NDJSON lines of dotted fields, `_id` among them where the record had one, that
   * give the same values when they are read again: of these fields, or of all. Rows that
   * are gone are empty objects.
   */
  exportEvents(
    rows: readonly number[],
    fields: readonly string[] | 'whole',
  ): Promise<readonly string[]>
  /** Rows that are switched on, ascending, of one source or of all: the first `count`. */
  activeRows(count: number, sourceId?: string): Promise<readonly number[]>
  /** Undefined when the run with this ticket is kept no more, or has no such result. */
  witnessContext(
    ruleId: string,
    ticket: number,
    of: SharedResult,
  ): Promise<WitnessContext | undefined>
}
