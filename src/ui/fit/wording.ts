import type { FieldUse } from '../../explain/data-fit'
import type { IndexFit } from '../../worker/fit-api'
import { grouped } from '../result/time-text'

/** All sentences of the card that holds a rule against the loaded events. */

export const FIT = {
  title: 'Data fit',
  caption: 'How many events of each step’s category have the fields it needs',
  field: 'Field',
  have: 'Events that have it',
  noFields: 'This step names no field.',
  limit: 'Only events in these indices',
  limitHint:
    'As in production. Events of which no index is known are looked at all the same.',
  limited: 'indices of the rule only',
  limitedHint: 'Events outside the index patterns of the rule are not looked at.',
} as const

/** Said beside a field that is more than a part of a condition. */
export const USES: Readonly<Record<FieldUse, string>> = {
  condition: '',
  key: 'join key',
  'optional key': 'optional join key',
  time: 'time',
}

/** `12 of 1,204 (1 %)` */
export const sayShare = (events: number, of: number): string =>
  of === 0
    ? 'no events'
    : `${grouped(events)} of ${grouped(of)} (${sayPercent(events / of)})`

function sayPercent(share: number): string {
  if (share > 0 && share < 0.01) return '< 1 %'
  return `${share > 0.99 && share < 1 ? '> 99' : Math.round(share * 100)} %`
}

/** What a field that a category lacks has elsewhere. */
export const sayAnywhere = (events: number): string =>
  events > 0 ? `${grouped(events)} elsewhere` : 'nowhere'

const sayEvents = (count: number): string =>
  count === 1 ? '1 event' : `${grouped(count)} events`

/** What the index patterns of a rule leave out. */
export function sayIndices({ inside, outside, unknown }: IndexFit): string {
  const all = inside + outside + unknown
  if (all === 0) return 'No event is loaded.'
  const unsure =
    unknown > 0 ? ` Of ${sayEvents(unknown)} nothing tells in which index they are.` : ''
  return outside === 0
    ? `The index patterns leave out none of ${sayEvents(all)}.${unsure}`
    : `The index patterns would leave out ${grouped(outside)} of ${sayEvents(all)}.${unsure}`
}
