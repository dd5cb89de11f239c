/** What of a run took most of its time. */
export interface HeavyPart {
  /** Of the whole run. */
  readonly ms: number
  readonly part: 'condition' | 'keys' | 'join' | 'missing' | 'order'
  /** Where it stands in the query text. */
  readonly from?: number
  readonly to?: number
  /** Distinct contents that were judged. */
  readonly contents?: number
  /** Events that were walked. */
  readonly rows?: number
  /** One whole sentence, with what could be done. */
  readonly sentence: string
}
