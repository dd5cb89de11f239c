/** The sentences about what is passed on and what has come, as templates over counts. */

const several = (count: number, one: string, more = `${one}s`): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : more}`

/** `1 match, 12 near misses`. */
export const sayCounts = (matches: number, nearMisses: number): string =>
  `${several(matches, 'match', 'matches')}, ${several(nearMisses, 'near miss', 'near misses')}`

/** Whether what came gives what it gave where it was made. */
export const sayAgreement = (
  now: { readonly matches: number; readonly nearMisses: number },
  then: { readonly matches: number; readonly nearMisses: number },
): string => {
  const here = sayCounts(now.matches, now.nearMisses)
  const there = sayCounts(then.matches, then.nearMisses)
  return here === there
    ? `${here}, as where it was made.`
    : `${here}; where it was made it was ${there}.`
}

export const GUEST = {
  apart: 'It came from someone else. It is open apart from your sessions and not stored.',
  keep: 'Keep',
  close: 'Close',
} as const
