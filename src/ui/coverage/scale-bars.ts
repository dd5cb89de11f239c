/** Beyond this ratio small counts would vanish on a linear scale. */
const LINEAR_RATIO = 40

/**
 * The scale of some bars, and the length of each on it, 0 … 1. Logarithmic bars measure
 * log(1 + count), so that 0 has no length and 1 still has one.
 */
export function scaleBars(counts: readonly number[]) {
  const largest = Math.max(1, ...counts)
  const smallest = Math.min(...counts.filter((count) => count > 0), largest)
  const logarithmic = largest / smallest > LINEAR_RATIO
  const lengthOf = (count: number): number =>
    logarithmic ? Math.log1p(count) / Math.log1p(largest) : count / largest
  return { logarithmic, lengthOf }
}
