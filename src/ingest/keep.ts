/**
 * What alone is kept of a source that would not fit whole. Several may be given; then an
 * event must pass all.
 */
export interface Keep {
  /** Only these columns; others can be had by reading the source again. */
  readonly fields?: readonly string[]
  /** Whole values of a field, chosen by hash: about this share of them, 0 to 1. */
  readonly keys?: { readonly field: string; readonly share: number }
  /** Events with an @timestamp from `from` to before `to`, epoch ms. */
  readonly time?: { readonly from: number; readonly to: number }
}
