/** Code points as sorted, disjoint ranges, laid flat: `[first, last, first, last, …]`. */
export type CharSet = readonly number[]

const lastCodePoint = 0x10ffff
export const anyChar: CharSet = [0, lastCodePoint]

export const oneChar = (char: string): CharSet => {
  const point = char.codePointAt(0) ?? 0
  return [point, point]
}

/** The union of ranges given in any order. */
export function joinRanges(ranges: readonly (readonly [number, number])[]): CharSet {
  const sorted = [...ranges].sort((a, b) => a[0] - b[0])
  const joined: number[] = []
  for (const [first, last] of sorted) {
    const end = joined.length - 1
    if (end >= 0 && first <= joined[end]! + 1) joined[end] = Math.max(joined[end]!, last)
    else joined.push(first, last)
  }
  return joined
}

export function rangesOf(set: CharSet): [number, number][] {
  const ranges: [number, number][] = []
  for (let i = 0; i < set.length; i += 2) ranges.push([set[i]!, set[i + 1]!])
  return ranges
}

export function negateSet(set: CharSet): CharSet {
  const rest: number[] = []
  let next = 0
  for (const [first, last] of rangesOf(set)) {
    if (first > next) rest.push(next, first - 1)
    next = last + 1
  }
  if (next <= lastCodePoint) rest.push(next, lastCodePoint)
  return rest
}

export function hasChar(set: CharSet, point: number): boolean {
  for (let i = 0; i < set.length; i += 2)
    if (point <= set[i + 1]!) return point >= set[i]!
  return false
}

/** The set with both cases of every ASCII letter in it. */
export function foldSet(set: CharSet): CharSet {
  const ranges = rangesOf(set)
  const folded = ranges.flatMap((range) => [
    ...overlap(range, 0x41, 0x5a, 32),
    ...overlap(range, 0x61, 0x7a, -32),
  ])
  return joinRanges([...ranges, ...folded])
}

/** The part of a range within low … high, shifted; none when they do not meet. */
function overlap(
  [first, last]: readonly [number, number],
  low: number,
  high: number,
  shift: number,
): [number, number][] {
  const from = Math.max(first, low)
  const to = Math.min(last, high)
  return from <= to ? [[from + shift, to + shift]] : []
}
