import type { MatchView, NearMissView } from '../../worker/api'
import type { ShownAnswer } from '../state/shown-answer'
import type { ResultKind, Selection } from './selection'

/** Which part of the answer the list shows. */
export type ResultView = 'all' | ResultKind

/** One item of the list of cards, in reading order. */
export type ResultItem =
  | { readonly type: 'heading'; readonly kind: ResultKind; readonly count: number }
  | { readonly type: 'match'; readonly index: number; readonly match: MatchView }
  | {
      readonly type: 'near-miss'
      readonly index: number
      readonly nearMiss: NearMissView
    }
  | { readonly type: 'more'; readonly kind: ResultKind; readonly rest: number }

/** The items of a view: cards, a heading per kind where both are shown, and what is left. */
export const itemsOf = (answer: ShownAnswer, view: ResultView): readonly ResultItem[] => [
  ...(view === 'near-miss' ? [] : matchItems(answer, view === 'all')),
  ...(view === 'match' ? [] : nearMissItems(answer, view === 'all')),
]

const matchItems = (answer: ShownAnswer, headed: boolean): ResultItem[] =>
  section(
    'match',
    headed,
    answer.matchCount,
    answer.matches.map((match, index) => ({ type: 'match', index, match })),
  )

const nearMissItems = (answer: ShownAnswer, headed: boolean): ResultItem[] =>
  section(
    'near-miss',
    headed,
    answer.nearMissCount ?? 0,
    answer.nearMisses.map((nearMiss, index) => ({ type: 'near-miss', index, nearMiss })),
  )

const section = (
  kind: ResultKind,
  headed: boolean,
  count: number,
  cards: readonly ResultItem[],
): ResultItem[] => {
  if (cards.length === 0) return []
  const rest = count - cards.length
  return [
    ...(headed ? [{ type: 'heading', kind, count } as const] : []),
    ...cards,
    ...(rest > 0 ? [{ type: 'more', kind, rest } as const] : []),
  ]
}

export const keyOf = (item: ResultItem): string =>
  'index' in item ? `${item.type} ${item.index}` : `${item.type} ${item.kind}`

/** Where the selected card stands in the items, -1 when it is not among them. */
export const placeOf = (
  items: readonly ResultItem[],
  selected: Selection | undefined,
): number =>
  items.findIndex(
    (item) =>
      'index' in item && item.type === selected?.kind && item.index === selected.index,
  )

/** The nearest card from a place on, going up (-1) or down (1); -1 when there is none. */
export const nextCard = (
  items: readonly ResultItem[],
  from: number,
  direction: 1 | -1,
): number => {
  for (let place = from; place >= 0 && place < items.length; place += direction)
    if ('index' in items[place]!) return place
  return -1
}

/** The first card of a kind, -1 when there is none. */
export const firstOf = (items: readonly ResultItem[], kind: ResultKind): number =>
  items.findIndex((item) => item.type === kind)
