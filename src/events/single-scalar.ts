import type { Scalar } from './column'

/** The one value among scalars, nulls left out; undefined for none and for several. */
export function singleScalar(scalars: readonly Scalar[]): Scalar | undefined {
  if (scalars.length === 1) return scalars[0]
  const kept = scalars.filter((scalar) => scalar !== null)
  return kept.length === 1 ? kept[0] : undefined
}
