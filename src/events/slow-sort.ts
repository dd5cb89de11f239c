/** Items compared without a pause. */
const RUN = 2048

/** Sorts a copy, equal items as they stood; yields every few thousand comparisons. */
export function* sortSlowly<T>(
  items: readonly T[],
  compare: (a: T, b: T) => number,
): Generator<void, readonly T[]> {
  let sorted: T[] = []
  for (let from = 0; from < items.length; from += RUN) {
    for (const item of items.slice(from, from + RUN).sort(compare)) sorted.push(item)
    yield
  }
  for (let width = RUN; width < sorted.length; width *= 2) {
    const merged: T[] = []
    for (let from = 0; from < sorted.length; from += 2 * width) {
      const middle = Math.min(from + width, sorted.length)
      yield* mergeRuns(sorted, from, middle, Math.min(middle + width, sorted.length), {
        merged,
        compare,
      })
    }
    sorted = merged
  }
  return sorted
}

/** Adds the items of two sorted runs, `from` … and `middle` …, in order. */
function* mergeRuns<T>(
  sorted: readonly T[],
  from: number,
  middle: number,
  to: number,
  { merged, compare }: { merged: T[]; compare: (a: T, b: T) => number },
): Generator<void, void> {
  let left = from
  let right = middle
  while (left < middle || right < to) {
    const takesLeft =
      right >= to || (left < middle && compare(sorted[left]!, sorted[right]!) <= 0)
    merged.push(sorted[takesLeft ? left++ : right++]!)
    if (merged.length % RUN === 0) yield
  }
}
