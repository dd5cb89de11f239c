/** A part of a text that is shown. */
export interface TextRange {
  readonly from: number
  readonly to: number
}
