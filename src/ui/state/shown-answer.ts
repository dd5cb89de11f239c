import type {
  MatchView,
  NearMissAnswer,
  NearMissGroupView,
  NearMissView,
  RunAnswer,
  RunOutcome,
} from '../../worker/api'
import type { PlacedMatch, SourceOfResults } from '../../worker/board-api'
import type { Selection } from '../result/selection'
import type { PlacedNearMiss } from '../../worker/repair-api'

/** Near misses that fail for the same reason, as far as they are on the page. */
export interface ShownGroup {
  /** How many there are of them. */
  readonly count: number
  /** One sentence for all of them; empty for a group of one. */
  readonly sentence: string
  /** Shows more than the nearest of them. */
  readonly isOpen: boolean
  /** Those fetched, nearest first. */
  readonly members: readonly PlacedNearMiss[]
}

/** The results that alone are listed: those with events of one source, as far as fetched. */
export interface LimitedResults {
  readonly source: SourceOfResults
  readonly matchCount: number
  readonly matches: readonly PlacedMatch[]
  readonly nearMissCount: number
  readonly nearMisses: readonly PlacedNearMiss[]
}

/** An answer with what almost matched, which is looked for when the matches stand. */
export interface ShownAnswer extends RunAnswer {
  /** Undefined until it is known. */
  readonly nearMissCount?: number | undefined
  /** How far the search for near misses came, when it ended at its limit. */
  readonly examined?: NearMissAnswer['examined'] | undefined
  readonly groupCount: number
  /** The first pages of the groups of near misses. */
  readonly groups: readonly ShownGroup[]
  /** Present while the list is limited to some of the results. */
  readonly limited?: LimitedResults | undefined
}

export interface ShownOutcome extends RunOutcome {
  readonly answer?: ShownAnswer | undefined
}

/** An outcome whose near misses are not known yet. */
export const withoutNearMisses = ({ answer, ...outcome }: RunOutcome): ShownOutcome => ({
  ...outcome,
  answer: answer && { ...answer, groupCount: 0, groups: [] },
})

/** The same outcome with what was found to almost match. */
export const withNearMisses = (
  { answer, ...outcome }: ShownOutcome,
  { count, examined, groupCount, groups, advice }: NearMissAnswer,
): ShownOutcome => ({
  ...outcome,
  diagnostics: [...outcome.diagnostics, ...advice],
  answer: answer && {
    ...answer,
    nearMissCount: count,
    examined,
    groupCount,
    groups: groups.map(showGroup),
    // Now there are near misses to be limited, too.
    limited: undefined,
  },
})

/** A group as it comes: closed, with its nearest. */
export const showGroup = ({
  count,
  sentence,
  place,
  nearest,
}: NearMissGroupView): ShownGroup => ({
  count,
  sentence,
  isOpen: false,
  members: [{ place, nearMiss: nearest }],
})

/** A near miss by its place in the whole list, if it has been fetched. */
export function nearMissAt(
  { groups, limited }: Pick<ShownAnswer, 'groups' | 'limited'>,
  place: number,
): NearMissView | undefined {
  for (const { members } of [...groups, { members: limited?.nearMisses ?? [] }])
    for (const member of members) if (member.place === place) return member.nearMiss
  return undefined
}

/** A match by its place in the whole list, if it has been fetched. */
export const matchAt = (
  { matches, limited }: Pick<ShownAnswer, 'matches' | 'limited'>,
  place: number,
): MatchView | undefined =>
  matches[place] ?? limited?.matches.find((placed) => placed.place === place)?.match

/** Whether a result is among those that are listed alone, as far as they are fetched. */
export const isListed = (
  { matches, nearMisses }: LimitedResults,
  { kind, index }: Selection,
): boolean =>
  (kind === 'match' ? matches : nearMisses).some(({ place }) => place === index)
