import type { MatchView, NearMissView } from '../../worker/api'
import type { LimitedResults, ShownAnswer, ShownGroup } from '../state/shown-answer'
import type { ResultKind, Selection } from './selection'

/**
 * What the result shows: cards of one kind or of both, what a change of the text does, or
 * whether the events have what the rule needs.
 */
export type ResultView = 'all' | ResultKind | 'diff' | 'fit'

/**
 * One item of the list of cards, in reading order. Near misses of one reason stand
 * together under the sentence they share:
 *
 *     heading      15 near misses
 *     near-miss      alone in its group
 *     group          3 hosts miss for the same reason: …
 *     near-miss        the nearest of them
 *     near-miss        another, where the group is open
 *     more-members     those not fetched yet
 *     more         groups not fetched yet
 */
export type ResultItem =
  | {
      readonly type: 'heading'
      readonly kind: ResultKind
      readonly count: number
      /** Into how many groups they fall. */
      readonly groups?: number
    }
  | { readonly type: 'match'; readonly index: number; readonly match: MatchView }
  | {
      readonly type: 'near-miss'
      readonly index: number
      readonly nearMiss: NearMissView
      /** Place of the group it stands under; absent where it stands alone. */
      readonly group?: number
    }
  | {
      readonly type: 'group'
      readonly group: number
      readonly sentence: string
      readonly count: number
      readonly isOpen: boolean
    }
  | { readonly type: 'more-members'; readonly group: number; readonly rest: number }
  | { readonly type: 'more'; readonly kind: ResultKind; readonly rest: number }

/** The items of a view: cards, a heading per kind where both are shown, and what is left. */
export const itemsOf = (answer: ShownAnswer, view: ResultView): readonly ResultItem[] => {
  if (answer.limited) return limitedItems(answer.limited, view)
  return [
    ...(view === 'near-miss' ? [] : matchItems(answer, view === 'all')),
    ...(view === 'match' ? [] : nearMissItems(answer, view === 'all')),
  ]
}

/** Results of one source: each stands alone, with the place it has in the whole list. */
const limitedItems = (
  { matches, matchCount, nearMisses, nearMissCount }: LimitedResults,
  view: ResultView,
): readonly ResultItem[] => {
  const cards = matches.map(
    ({ place, match }) => ({ type: 'match', index: place, match }) as const,
  )
  const misses = nearMisses.map(
    ({ place, nearMiss }) => ({ type: 'near-miss', index: place, nearMiss }) as const,
  )
  const headed = view === 'all'
  return [
    ...(view === 'near-miss' ? [] : cardItems(headed, 'match', cards, matchCount)),
    ...(view === 'match' ? [] : cardItems(headed, 'near-miss', misses, nearMissCount)),
  ]
}

const matchItems = (
  { matches, matchCount }: ShownAnswer,
  headed: boolean,
): readonly ResultItem[] => {
  const cards = matches.map((match, index) => ({ type: 'match', index, match }) as const)
  return cardItems(headed, 'match', cards, matchCount)
}

/** Cards of one kind, of so many in all. */
const cardItems = (
  headed: boolean,
  kind: ResultKind,
  cards: readonly ResultItem[],
  count: number,
): readonly ResultItem[] =>
  cards.length === 0
    ? []
    : [
        ...headingOf(headed, { kind, count }),
        ...cards,
        ...restOf(kind, count - cards.length),
      ]

const nearMissItems = (
  { groups, groupCount, nearMissCount = 0 }: ShownAnswer,
  headed: boolean,
): readonly ResultItem[] => {
  if (groups.length === 0) return []
  const counts = { kind: 'near-miss', count: nearMissCount, groups: groupCount } as const
  return [
    ...headingOf(headed, counts),
    ...groups.flatMap(groupItems),
    ...restOf('near-miss', groupCount - groups.length),
  ]
}

const groupItems = (
  { count, sentence, isOpen, members }: ShownGroup,
  group: number,
): readonly ResultItem[] => {
  const isAlone = count === 1
  const shown = isOpen ? members : members.slice(0, 1)
  const rest = isOpen ? count - members.length : 0
  return [
    ...(isAlone ? [] : [{ type: 'group', group, sentence, count, isOpen } as const]),
    ...shown.map(
      ({ place: index, nearMiss }) =>
        ({ type: 'near-miss', index, nearMiss, ...(!isAlone && { group }) }) as const,
    ),
    ...(rest > 0 ? [{ type: 'more-members', group, rest } as const] : []),
  ]
}

const headingOf = (
  headed: boolean,
  counts: { readonly kind: ResultKind; readonly count: number; readonly groups?: number },
): readonly ResultItem[] => (headed ? [{ type: 'heading', ...counts }] : [])

const restOf = (kind: ResultKind, rest: number): readonly ResultItem[] =>
  rest > 0 ? [{ type: 'more', kind, rest }] : []

export const keyOf = (item: ResultItem): string => {
  if ('index' in item) return `${item.type} ${item.index}`
  return `${item.type} ${'group' in item ? item.group : item.kind}`
}

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
