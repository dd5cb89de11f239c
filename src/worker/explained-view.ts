import type { NearMissAnswer, NearMissGroupView } from './api'
import { viewNearMiss } from './match-view'
import type { Explained, KeptRun } from './rule-answer'

/** Near misses and groups that come with the first answer; more by pages. */
const FIRST_PAGE = 50

/** The near misses of a run as they are handed on, first page. */
export const viewExplained = (
  ruleId: string,
  { ticket, version, view }: KeptRun,
  explained: Explained,
): NearMissAnswer => {
  const { nearMisses, groups, advice } = explained
  const { list, capped } = nearMisses
  return {
    ruleId,
    ticket,
    version,
    count: list.length,
    capped: capped !== undefined,
    ...(capped && { examined: capped }),
    list: list.slice(0, FIRST_PAGE).map((miss) => viewNearMiss(view, miss)),
    groupCount: groups.length,
    groups: viewGroups({ view, explained }, 0, FIRST_PAGE),
    advice,
  }
}

/** A page of the groups of near misses of a run that has been explained. */
export const viewGroups = (
  { explained, view }: Pick<KeptRun, 'explained' | 'view'>,
  from: number,
  count: number,
): readonly NearMissGroupView[] =>
  (explained?.groups ?? []).slice(from, from + count).map(({ members, sentence }) => ({
    count: members.length,
    sentence,
    place: members[0]!,
    nearest: viewNearMiss(view, explained!.nearMisses.list[members[0]!]!),
  }))
