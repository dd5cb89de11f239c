import { grouped } from '../result/time-text'
import type { Facet, RuleOrder, RuleVerdictKind } from './rule-choice'

/** All sentences of the list of rules. */

export const FACET_NAMES: Readonly<Record<Facet, string>> = {
  tactic: 'Tactic',
  severity: 'Severity',
  platform: 'Platform',
  verdict: 'Verdict',
}

const VERDICT_NAMES: Readonly<Record<RuleVerdictKind, string>> = {
  match: 'matches',
  'near-miss': 'near misses only',
  none: 'nothing found',
  'not-runnable': 'not runnable',
  error: 'problems',
  waiting: 'not known yet',
}

const isVerdict = (value: string): value is RuleVerdictKind => value in VERDICT_NAMES

/** `Windows (12)` */
export const sayChoice = (facet: Facet, value: string, count: number): string => {
  const name = facet === 'verdict' && isVerdict(value) ? VERDICT_NAMES[value] : value
  return `${name} (${grouped(count)})`
}

/** What a filter shows that is not set: `Any tactic`. */
export const sayAny = (facet: Facet): string => `Any ${FACET_NAMES[facet].toLowerCase()}`

/** `Sort by: name` */
export const sayOrder = (order: RuleOrder): string =>
  `Sort by: ${ORDER_NAMES[order].toLowerCase()}`

export const ORDER_NAMES: Readonly<Record<RuleOrder, string>> = {
  opened: 'As opened',
  matches: 'Most matches',
  'near-misses': 'Most near misses',
  severity: 'Severity',
  name: 'Name',
}

export const sayFound = (found: number, of: number): string =>
  `${grouped(found)} of ${grouped(of)} rules`

export const sayFilters = (count: number): string =>
  count === 0 ? 'Filter and sort' : `Filter and sort, ${count} set`

export const LIST = {
  order: 'Sort by',
  clear: 'Show all',
  none: 'No rule is like that.',
  notRunnable: 'not runnable',
} as const
