import type { Term, TermPool } from './term'

/**
 * The decimal numbers of Lucene's `<n-m>`, both ends included. Ends written with the same
 * count of digits ask for that count (`<01-10>`), else any leading zeros may stand.
 * undefined when it is no interval.
 */
export function readInterval(text: string, pool: TermPool): Term | undefined {
  const ends = /^(\d{1,18})-(\d{1,18})$/.exec(text)
  if (!ends) return undefined
  const [, one = '', other = ''] = ends
  const [low, high] = BigInt(one) <= BigInt(other) ? [one, other] : [other, one]
  if (one.length === other.length) return sameLength(low, high, pool)
  const zeros = pool.star(digit('0', '0', pool))
  return pool.then(zeros, pool.either(byLength(trim(low), trim(high), pool)))
}

const trim = (digits: string): string => digits.replace(/^0+(?=\d)/, '')

/** One alternative for each count of digits, without leading zeros. */
function byLength(low: string, high: string, pool: TermPool): Term[] {
  const alternatives: Term[] = []
  for (let length = low.length; length <= high.length; length++) {
    const from = length === low.length ? low : `1${'0'.repeat(length - 1)}`
    const to = length === high.length ? high : '9'.repeat(length)
    alternatives.push(sameLength(from, to, pool))
  }
  return alternatives
}

/**
 * `low` to `high` of equal length, by their first digit:
 *
 *     <273-514>  =  2<73-99> | [3-4]<00-99> | 5<00-14>
 */
function sameLength(low: string, high: string, pool: TermPool): Term {
  const [first = '', last = ''] = [low[0], high[0]]
  if (first === '') return pool.empty
  const [lowRest, highRest] = [low.slice(1), high.slice(1)]
  if (first === last)
    return pool.then(digit(first, first, pool), sameLength(lowRest, highRest, pool))
  const [zeros, nines] = ['0'.repeat(lowRest.length), '9'.repeat(lowRest.length)]
  const between =
    Number(last) - Number(first) > 1
      ? digit(String(Number(first) + 1), String(Number(last) - 1), pool)
      : pool.nothing
  return pool.either([
    pool.then(digit(first, first, pool), sameLength(lowRest, nines, pool)),
    pool.then(between, sameLength(zeros, nines, pool)),
    pool.then(digit(last, last, pool), sameLength(zeros, highRest, pool)),
  ])
}

const digit = (from: string, to: string, pool: TermPool): Term =>
  pool.char([from.charCodeAt(0), to.charCodeAt(0)])
