/** What is chosen in the result: a card, and perhaps one step of it. */
export interface Selection {
  readonly kind: ResultKind
  /** 0-based place in the list of its kind. */
  readonly index: number
  /** 1-based number of the step as written. */
  readonly step?: number | undefined
}

export type ResultKind = 'match' | 'near-miss'
