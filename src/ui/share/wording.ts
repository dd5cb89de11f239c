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

/** `915 characters · 1 rule, 4 events, 11 fields`. */
export const sayContents = (
  characters: number | undefined,
  rules: number,
  events: number,
  fields: number,
): string => {
  const parts = [several(rules, 'rule'), several(events, 'event')]
  if (fields > 0) parts.push(several(fields, 'field'))
  const contents = parts.join(', ')
  return characters === undefined
    ? contents
    : `${several(characters, 'character')} · ${contents}`
}

export const sayOpensTo = (matches: number, nearMisses: number): string =>
  `opens to ${sayCounts(matches, nearMisses)}`

/** What takes a link of how many characters. */
export const LIMITS = [
  { characters: 2_000, takes: 'chats' },
  { characters: 4_000, takes: 'Slack and issue trackers' },
  { characters: 8_000, takes: 'most mail and tickets' },
  { characters: 65_000, takes: 'browsers' },
] as const

export const sayLimit = (characters: number, takes: string, fits: boolean): string =>
  `${fits ? 'Fits' : 'Too long for'} ${takes} (${characters.toLocaleString('en-US')})`

export const SHARE = {
  title: 'Share',
  warning: 'Anyone with the link has this data; it cannot be recalled.',
  nothing: 'Choose a match or a near miss first: there is none to pass on.',
  noWitness:
    'This result could not be shown with fewer events. Save everything as a bundle.',
  stopped: 'Checking it took too long or failed. Close this and try again.',
  doesNotRun: 'The rule does not run on what is ticked.',
  tooMany: 'A bundle holds at most 100,000 events. Switch sources off, or share less.',
  working: 'Looking for the fewest events and checking them…',
  changed: 'With what is ticked, this result is no longer there.',
  tooLong: 'This is too much for a link. Save it as a bundle file.',
} as const
