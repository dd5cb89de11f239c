import type { OtherValue } from './same-events'
import { clip } from './wording'

/** Sentences of another engine's answer beside ours; `name` is what an event is called. */

const listed = (names: readonly string[]): string =>
  names.length < 2
    ? names.join('')
    : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`

export const sayNotLoaded = (names: readonly string[]): string =>
  `${listed(names)} ${names.length === 1 ? 'is' : 'are'} not loaded here.`

export const saySwitchedOff = (name: string): string =>
  `${name} is here, but its source is switched off.`

export const sayHidden = (name: string): string =>
  `${name} is kept from the rule here, by an exception, a filter or its index patterns.`

export const sayOtherValue = (name: string, { field, there, here }: OtherValue): string =>
  `${name} says something else on the cluster: ${field} is ${clip(there)} there and ${clip(here)} here.`

export const sayTied =
  'Events of equal time and without a tiebreaker are in it: a cluster may have them in another order.'

export const sayOutsidePatterns = (name: string, patterns: readonly string[]): string =>
  `${name} would be in an index that the rule does not ask: ${clip(patterns.join(', '))}.`

/** `place`: of a result that is missing here, from 1. */
export const sayTakenElsewhere = (name: string, place: number): string =>
  `The cluster has ${name} with other events: see number ${place} of what is missing here.`

export const sayNotTold = (names: readonly string[]): string =>
  `The answer says nothing of ${listed(names)}. Has the cluster ${names.length === 1 ? 'this event' : 'these events'}, with the same values? Or did the request have a \`filter\`, another index or another tiebreaker?`

export const sayPartlyTold =
  'All of its events are in the answer, but not as one result. Was it asked with the same query and fields?'

/** Of the whole answer. */
export const sayPartial =
  'The cluster did not tell all: the search timed out, or shards of it failed. What is extra here may be in the rest.'

export const sayOtherKind = (kind: 'events' | 'sequence' | 'sample'): string =>
  kind === 'events'
    ? 'The answer holds sequences, and this rule finds single events. Is it the answer of another rule?'
    : `The answer holds single events, and this rule finds ${kind}s. Is it the answer of another rule?`
