const S = 1000
const M = 60 * S
const H = 60 * M
const D = 24 * H

/** What people write as a maxspan, ms, each in the unit they write it in. */
const ROUND: readonly (readonly [unit: string, ms: number, counts: readonly number[]])[] =
  [
    ['ms', 1, [1, 2, 5, 10, 20, 50, 100, 200, 500]],
    ['s', S, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 30, 45]],
    ['m', M, [1]],
    ['s', S, [90]],
    ['m', M, [2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 30, 45]],
    ['h', H, [1]],
    ['m', M, [90]],
    ['h', H, [2, 3, 4, 5, 6, 8, 10, 12, 18]],
    ['d', D, [1]],
    ['h', H, [36]],
    ['d', D, [2, 3, 4, 5, 6, 7, 10, 14, 21, 30]],
  ]

/** The next value a person would write that covers so many ms: `6m` for 5 m 40 s. */
export const roundMaxspan = (ms: number): string => {
  for (const [unit, size, counts] of ROUND) {
    const count = counts.find((each) => each * size >= ms)
    if (count !== undefined) return `${count}${unit}`
  }
  return `${Math.ceil(ms / D)}d`
}
