import type { MatchView, NearMissView } from '../../worker/api'
import type { Verdict } from './witness-engine'

/** A match or near miss as the page has it. */
export type Result =
  | { readonly kind: 'match'; readonly view: MatchView }
  | { readonly kind: 'near-miss'; readonly view: NearMissView }

/**
 * Where a result stands in a verdict over some of its events: the same events for the same
 * steps and, of a near miss, the same cause. `rows` says which row each line was; -1 when
 * it is not there.
 */
export function placeOf(
  result: Result,
  { matches, nearMisses }: Verdict,
  rows: readonly number[],
): number {
  const rowOf = (line: number): number => rows[line] ?? -1
  if (result.kind === 'match') {
    const wanted = eventsOf(result.view, (row) => row)
    return matches.findIndex((match) => eventsOf(match, rowOf) === wanted)
  }
  const wanted = signOf(result.view, (row) => row)
  return nearMisses.findIndex((miss) => signOf(miss, rowOf) === wanted)
}

type RowOf = (row: number) => number

const eventsOf = ({ steps }: Pick<MatchView, 'steps'>, rowOf: RowOf): string =>
  steps
    .map((each) => `${each.step}:${'missing' in each ? '-' : rowOf(each.row)}`)
    .join(' ')

const signOf = (miss: NearMissView, rowOf: RowOf): string => {
  const { cause, step, culprit, steps, allSteps = steps } = miss
  return `${cause} ${step} ${rowOf(culprit)} ${eventsOf({ steps: allSteps }, rowOf)}`
}
