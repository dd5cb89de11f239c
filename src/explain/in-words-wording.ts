import type { Pipe } from '../language/ast'
import { joinWords } from './in-words-list-wording'

/** Sentences and their joints for whole rules; clauses have a file of their own. */

/** What stands between parts, and what before the last. */
export const connectives = {
  and: [', ', ' and '],
  or: [' or ', ' or '],
  orMany: [', or ', ', or '],
  either: 'either ',
  none: ['none of these holds: (', ')'],
  notAll: ['not all of these hold: (', ')'],
  terms: ['; ', '; and '],
  where: ' where ',
} as const

/** Of a negation that holds of no event where the fields do not exist at all. */
export const tellUnmapped = (fields: readonly string[], need: 'one' | 'all'): string => {
  const named = joinWords(fields, need === 'one' ? 'or' : 'and')
  const all = need === 'all' && fields.length > 1 ? 'any of ' : ''
  return `, unless no index maps ${all}${named}, where it holds of no event`
}

const units = [
  { name: 'day', ms: 86_400_000 },
  { name: 'hour', ms: 3_600_000 },
  { name: 'minute', ms: 60_000 },
  { name: 'second', ms: 1000 },
  { name: 'millisecond', ms: 1 },
] as const

/** `5 minutes`, `90 seconds`: whole units only. */
export function tellDuration(ms: number): string {
  const unit = units.find((one) => ms % one.ms === 0) ?? units[4]
  return countOf(ms / unit.ms, unit.name)
}

const countOf = (count: number, noun: string): string =>
  `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`

export const intros = {
  event: 'Finds every single event of this kind.',
  sequence: (events: number): string =>
    events === 1
      ? 'Finds an event by what does not happen around it.'
      : `Finds ${events} events that follow one another in time.`,
  sample: (events: number): string =>
    `Finds ${events} different events that belong together, in whatever order they came.`,
}

/** How the sentence of a step begins, by what it is and where it stands. */
export const openings = {
  event: '',
  only: '',
  first: 'First, ',
  then: 'Then ',
  before: (maxspan: string): string =>
    `Before the first event, but at most ${maxspan} before the last, there is no `,
  between: (from: number, to: number): string =>
    `Between steps ${from} and ${to}, at neither one's very time, there is no `,
  after: (maxspan: string): string =>
    `After the last event, but at most ${maxspan} after the first, there is no `,
  beforeOrAfter: (side: 'before' | 'after'): string =>
    side === 'before'
      ? 'Before the first event, there is no '
      : 'Or after the last event, there is no ',
  eitherSide: (maxspan: string): string =>
    ` One quiet side is enough if it is quiet to the end of the data; else what breaks the quiet before and what breaks it after must lie more than ${maxspan} apart.`,
  oneOf: (at: number): string => (at === 0 ? 'One: ' : 'Another: '),
  until: (hasKeys: boolean): string =>
    `A sequence that is not complete ends for good as soon as ${hasKeys ? 'with the same key ' : ''}`,
}

/** A sentence after that of the step. */
export const tellRuns = (runs: number, isMissing: boolean): string => {
  if (isMissing) return ` In the answer it takes ${countOf(runs, 'place')}.`
  const often = runs === 1 ? 'once' : `${runs} times, with anything in between`
  return ` This happens ${often}.`
}

/** The keys that all events of a match share. */
export const keyWords = {
  shared: 'All of them have ',
  key: (name: string, optional: boolean): string =>
    optional ? `the same ${name} or all none` : `the same ${name}`,
  and: ' and ',
  stepKey: (name: string, place: string): string => `${name} (${place})`,
  placeOfStep: (step: number): string => `step ${step}`,
  placeOfUntil: 'what ends it',
  equal: 'The same value is in ',
  orNone: ', or in none of them is any',
  stepRequired: ' Events without it take no part.',
  required: (keys: readonly string[], isSome: boolean): string => {
    if (isSome) return ` Events without ${joinWords(keys, 'or')} take no part.`
    return keys.length === 1
      ? ' Events without it take no part.'
      : ' Events that lack one of them take no part.'
  },
}

export const maxspanWords = {
  before: 'The last of them comes ',
  alone: 'The time looked at is ',
  limit: (maxspan: string): string => `at most ${maxspan} after the first`,
}

export const tellPipe = ({ name, count }: Pipe, at: number): string => {
  const side = name === 'head' ? 'first' : 'last'
  const of = at === 0 ? 'Of all matches' : 'Of those'
  return `${of}, only the ${side} ${count === 1 ? 'one is' : `${count.toLocaleString('en')} are`} kept.`
}

/** What holds for the whole text, said once. */
export const notes = {
  values:
    'Of a field with several values, one that fits is enough; where it says not or none, no value may fit.',
  case: 'Upper and lower case are told apart.',
  anyCase: 'Any case means that upper and lower case are alike.',
  bothCases: 'Upper and lower case are told apart, except where it says any case.',
  wildcards:
    'In a pattern that a value fits, * stands for any text, even none, and ? for any one character.',
}
