/** A value of a row: where its word is among those of the row. */
export interface ValuePlace {
  readonly at: number
  readonly name: string
  readonly kind: number
  /** The number of its column. */
  readonly column: number
}
