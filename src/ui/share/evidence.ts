import type { OpenRule } from '../state/open-rule.svelte'
import type { Sealed } from './seal'
import { cellsOf, type LeavingEvent } from './what-leaves'

/** All that a text about a result is made of: nothing but what leaves. */
export interface Evidence {
  readonly rule: Pick<OpenRule, 'name' | 'text' | 'rule'>
  readonly sealed: Sealed
  /** Of the link; undefined where there is none. */
  readonly address: string | undefined
}

/** An event of what leaves: `row` is its line. */
export interface ToldEvents {
  readonly list: readonly LeavingEvent[]
  readonly count: number
}

/** The lines of all sources, in order. */
export const linesOf = ({ reproduction }: Sealed): readonly string[] =>
  reproduction.sources.flatMap(({ text }) => (text === '' ? [] : text.split('\n')))

/** At most so many events of what leaves: those of the results told, then the first. */
export function readEvents(sealed: Sealed, most: number): ToldEvents {
  const lines = linesOf(sealed)
  const told = sealed.told?.results.flatMap(({ line }) => line) ?? []
  const rows = told.flatMap((each) => ('row' in each ? [each.row] : []))
  const chosen = new Set([...rows, ...lines.slice(0, most).keys()].slice(0, most))
  const list = [...chosen]
    .sort((a, b) => a - b)
    .map((row) => ({ row, fields: cellsOf(lines[row] ?? '{}') }))
  return { list, count: lines.length }
}

/** What an event is called: by its `_id`, else by its place. */
export const labelOf = ({ row, fields }: LeavingEvent): string =>
  fields.find(({ name }) => name === '_id')?.value ?? `event ${row + 1}`

/** On one line. */
export const titleOf = ({ rule, sealed }: Evidence): string =>
  (sealed.reproduction.title ?? rule.name).replace(/\s+/g, ' ').trim()
