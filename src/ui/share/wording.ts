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
  apart:
    'It came from someone else. It is open apart from your sessions and goes when you close it.',
  keep: 'Keep',
  compare: 'Compare with mine',
  close: 'Close',
  looking: 'Looking through your sessions…',
  noOwn: 'None of your sessions has a rule of this id or name.',
  before: 'Mine (before)',
  after: 'Shared (now)',
} as const

export const REFUSED = {
  head: 'What was shared with you could not be opened.',
  name: 'A link that could not be opened',
  close: 'Close',
} as const

/** Of a link that was not opened: what one sees in its place. */
export const sayStandIn = (session: string): string =>
  `What you see is “${session}”, and not what was shared.`

/**
 * What came was made with another release of the engine; `changes` are whole sentences of
 * what answers otherwise since. `made` is what the link says of itself, and may be anything.
 */
export const sayOtherEngine = (
  made: string,
  here: string,
  changes: readonly string[],
): string => {
  if (!/^\d{1,6}$/.test(made)) return `It was made with an engine that is not this one.`
  return Number(made) > Number(here)
    ? `It was made with engine ${made}; this is engine ${here}. Reload the page to get the newest.`
    : [`It was made with engine ${made}; this is engine ${here}.`, ...changes].join(' ')
}

/** A rule of one's own, and the session it is in. */
export const sayOwn = (rule: string, session: string): string =>
  `${rule}, in “${session}”`

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

/** What takes a text of how many characters (experience.md 4.2); the last: what is a link. */
export const LIMITS = [
  { characters: 2_000, takes: 'Discord' },
  { characters: 4_000, takes: 'Slack' },
  { characters: 4_000, takes: 'GitHub issues' },
  { characters: 8_000, takes: 'most mail and tickets' },
  { characters: 65_000, takes: 'any link' },
] as const

export const sayLimit = (characters: number, takes: string, fits: boolean): string =>
  `${fits ? 'Fits' : 'Too long for'} ${takes} (${characters.toLocaleString('en-US')})`

/** What became of a step, with a sign before the word. */
export const VERDICTS = {
  satisfied: '✓ satisfied',
  missing: '✓ no event, as asked',
  failed: '≈ failed',
  'nothing found': '– nothing found',
} as const

export const sayOthers = (count: number): string =>
  `${count.toLocaleString('en-US')} more ${count === 1 ? 'is' : 'are'} not listed here.`

export const sayWhatMadeIt = (engine: string): string =>
  `Checked with engine ${engine} of Maxspan: what is above was run again before it was passed on.`

/** What of what leaves is marked as personal. */
export const sayPersonal = (kinds: readonly string[]): string =>
  `Likely personal in it: ${kinds.join(', ')}. What leaves, below, says where.`

/** Names that stay in spite of other names. */
export const sayKept = (names: readonly string[]): string =>
  `Kept, because the rule asks for ${names.length === 1 ? 'it' : 'them'}: ${names.join(', ')}.`

/** Under other names. `withWords`: the words of rules leave with them. */
export const sayStays = (withWords: boolean): string =>
  [
    'What may hold the real names stays here: files as they were opened, tests, versions and drafts.',
    ...(withWords
      ? []
      : [
          'Of a rule, the query, what keeps events from it and its settings leave; description, guide, comments and other words stay here.',
        ]),
    'Ids of rules and exceptions, index patterns, and names of indices in a mapping leave as they are.',
    'Title and note leave as you type them.',
  ].join(' ')

/** `used`: how much of maxspan was used, in words; empty without one. */
export const sayTimeline = (used: string): string =>
  used ? `Timeline of the steps; ${used}` : 'Timeline of the steps'

export const REPORT = {
  open: 'Open in Maxspan',
  link: 'The link holds the rule and the events; opening it sends them nowhere.',
  gives: 'This rule gives',
  doesNotRun: 'The rule does not run as it stands.',
  evidence: 'Evidence',
  files: 'Files',
  verdicts: 'Verdict of each step',
  times: 'Steps in order, with their times',
  noEvent: 'No event, as the rule asks.',
  nothingFound: 'No event was found for this step.',
  warning: 'Whoever has this page has the data in it. It asks nothing of any network.',
} as const

export const AMOUNTS = [
  { value: 'witness', name: 'The fewest events that show it' },
  { value: 'context', name: 'And some events around it' },
  { value: 'listed', name: 'All events that the list shows, as it is filtered' },
  { value: 'all', name: 'Everything that is open, as a file' },
] as const

export const sayLength = (characters: number): string => several(characters, 'character')

/** `too long for Discord and Slack`; empty when a chat takes it. */
export const sayTooLong = (length: number): string => {
  const chats = LIMITS.filter(({ takes }) => takes === 'Discord' || takes === 'Slack')
  const full = chats.filter(({ characters }) => length > characters)
  return full.length === 0
    ? ''
    : `too long for ${full.map(({ takes }) => takes).join(' and ')}`
}

/** What can be made of it. `what` names it in a sentence. */
export const FORMS = {
  markdown: { name: 'Markdown', what: 'Markdown' },
  issue: { name: 'GitHub issue', what: 'GitHub issue' },
  pullRequest: { name: 'Pull request', what: 'pull request' },
  console: { name: 'Dev Tools console', what: 'console request' },
  curl: { name: 'curl', what: 'curl command' },
  report: 'Save as HTML report',
  bundle: 'Save as bundle',
  cluster: 'Save for a cluster',
} as const

export const SHARE = {
  title: 'Share',
  warning: 'Anyone with the link has this data; it cannot be recalled.',
  fileWarning: 'Anyone with the file has this data; it cannot be recalled.',
  whole: 'All fields of the events, not only those that the rule reads',
  around: 'Events around it, at most',
  names: 'Other names for users, hosts, domains, SIDs, IP and MAC addresses',
  words: 'Pass rules on whole, with their name, description and guide as they are',
  originals: 'With the files as they were opened',
  repository: 'Repository on GitHub, to begin an issue in',
  newIssue: 'Begin an issue on GitHub',
  noIssue:
    'An issue is begun in a repository named owner/name, with at most 4,000 characters; longer ones are copied and pasted.',
  leaves: 'The link opens a page of GitHub with this text; nothing is sent before.',
  nothing: 'Open a rule first: there is none to pass on.',
  noResult:
    'No match or near miss is chosen, so this is everything that is open. Choose one to pass on it alone.',
  noWitness:
    'This result could not be shown with fewer events, so this is everything that is open.',
  stopped: 'Checking it took too long or failed. Close this and try again.',
  doesNotRun: 'The rule does not run on what is ticked.',
  unchecked: 'The rule on screen does not run, so nothing could be checked.',
  tooMany: 'A bundle holds at most 100,000 events. Switch sources off, or share less.',
  working: 'Looking for the fewest events and checking them…',
  changed: 'With what is ticked, this result is no longer there.',
  tooLong:
    'This is too much for a link, which holds 65,000 characters. As a bundle file it can be attached.',
  asFile: 'Everything goes into a file.',
  allOfIt: 'Everything leaves as it is: nothing of it can be ticked off.',
  notListed:
    'These are too many events to list them here, so nothing of them can be ticked off.',
} as const
