import type { KeyTrial } from '../../explain/key-doctor'
import { grouped, printDuration } from '../result/time-text'

/** The sentences of the panels that try other rules, as templates over values. */

const counted = (count: number, one: string, many: string): string =>
  `${grouped(count)} ${count === 1 ? one : many}`

const matches = (count: number): string => counted(count, 'match', 'matches')

/** `2 more than now`, `1 fewer than now`, `as now` */
export const sayDifference = (count: number, now: number): string => {
  if (count === now) return 'as now'
  return count > now
    ? `${grouped(count - now)} more than now`
    : `${grouped(now - count)} fewer than now`
}

/** `+2`, `−1`, `±0` */
export const printDifference = (count: number, now: number): string => {
  if (count === now) return '±0'
  return count > now ? `+${grouped(count - now)}` : `−${grouped(now - count)}`
}

/** What one maxspan would catch. */
export const sayCaught = (upToMs: number, found: number, now: number): string =>
  `maxspan ${printDuration(upToMs)}: ${matches(found)}, ${sayDifference(found, now)}`

/** What is in one bar. */
export const sayBar = (count: number, fromMs: number, upToMs: number): string =>
  `${counted(count, 'sequence takes', 'sequences take')} ${
    fromMs < 0 ? 'up to' : `more than ${printDuration(fromMs)}, up to`
  } ${printDuration(upToMs)}`

export const sayGapBar = (count: number, fromMs: number, upToMs: number): string =>
  `${counted(count, 'gap is', 'gaps are')} ${
    fromMs < 0 ? 'up to' : `more than ${printDuration(fromMs)}, up to`
  } ${printDuration(upToMs)}`

export const sayGap = (event: number): string => `From event ${event} to ${event + 1}`

export const sayJoined = (count: number): string =>
  `${counted(count, 'sequence joins', 'sequences join')} when time does not matter.`

const CHANGES: Readonly<Record<KeyTrial['change'], string>> = {
  none: 'as written',
  drop: 'one key fewer',
  replace: 'one key replaced',
  add: 'one key more',
}
export const sayChange = (change: KeyTrial['change']): string => CHANGES[change]

export const sayUntried = (count: number): string =>
  `${counted(count, 'less likely choice was', 'less likely choices were')} not tried.`

export const sayTorn = (keys: number, of: number, field: string): string =>
  `${grouped(keys)} of ${counted(of, 'key', 'keys')}: several ${field}`

export const sayLookedAt = (events: number): string =>
  `in the first ${grouped(events)} events of each step`

export const sayKeptOut = (events: number): string =>
  events === 0
    ? 'keeps no event out that all else lets pass'
    : `alone keeps out ${counted(events, 'event', 'events')}`

export const sayHidden = (found: number): string => {
  if (found === 0) return 'hides no match'
  return found > 0
    ? `hides ${matches(found)}`
    : `without it there would be ${matches(-found)} fewer`
}

export const sayListedPart = (
  text: string,
  count: 'seen' | 'events' | 'alone',
): string => {
  if (count === 'seen') return `Events that ${text} is true of`
  return count === 'events'
    ? `Events that ${text} keeps out`
    : `Events that only ${text} keeps out`
}

export const sayListedClause = (text: string): string =>
  `Events that only ${text} keeps out`

export const SAY_ANALYSE = {
  notRun: 'Once the rule has run over some events, they are asked here.',
  waiting: 'When the rule has its answer of all events, they are asked again.',
  working: 'Asking the events…',
  overtaken: 'Other work took its place before it was done.',
  again: 'Ask again',
  stale: 'from previous text',
  noSequence:
    'Only a sequence has a maxspan; this rule looks at events without regard to the time between them.',
  nothingJoins:
    'No sequence joins, however long it may take: it is not maxspan that keeps this rule from matching. See the funnel and the join keys.',
  tuner:
    'How long sequences take from their first event to their last when they may take any time, and how many matches each maxspan gives.',
  noKeys: 'Only sequences and samples have join keys; this rule looks at single events.',
  noStep: 'Some step fits none of the events, so no key can connect it. See the funnel.',
  noOther:
    'Events of every step carry no other field in common that could be a join key.',
  keys: 'Other keys, each tried by running the rule with them. Fill is how many events of a step carry every key; a key that spans several machines, processes or programs may join what does not belong together.',
  noExclusion:
    'No clause at the top of a step begins with not or compares with !=, so this rule excludes nothing to be looked into.',
  exclusions:
    'What each excluding clause is good for on the loaded events: what only it keeps out, the matches that hides, and what each value it lists hits.',
  neverHit: 'never hits an event',
  redundant: 'keeps nothing out that the others would not',
} as const
