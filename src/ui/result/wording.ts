import type { Cause } from '../../explain/explanation'
import type { NearMissAnswer, RunAnswer } from '../../worker/api'
import { grouped, printDate, printDateTime, printDuration, printTime } from './time-text'

/** All sentences of the result and of the event views, as templates over codes and values. */

const counted = (count: number, one: string, many: string): string =>
  `${grouped(count)} ${count === 1 ? one : many}`

export const sayMatches = (count: number): string => counted(count, 'match', 'matches')

/** `2 of them only in extended mode` */
export const sayExtendedOnly = (count: number, all: number): string =>
  `${count === all ? '' : `${grouped(count)} of them `}only in extended mode`

export const sayNearMisses = (count: number): string =>
  counted(count, 'near miss', 'near misses')

/** `15 near misses for 11 reasons`. */
export const sayHeading = (
  kind: 'match' | 'near-miss',
  count: number,
  reasons = count,
): string => {
  if (kind === 'match') return sayMatches(count)
  if (reasons >= count) return sayNearMisses(count)
  return `${sayNearMisses(count)} for ${counted(reasons, 'reason', 'reasons')}`
}

export const sayMoreReasons = (rest: number): string =>
  `Show more: ${counted(rest, 'reason', 'reasons')} left`

/** What the head of a group of near misses offers. */
export const sayGroupSwitch = (count: number, isOpen: boolean): string =>
  isOpen ? 'Show one' : `Show all ${grouped(count)}`

/** How far the search for near misses came before it ended. */
export const sayCapped = (
  { examined, of }: NonNullable<NearMissAnswer['examined']>,
  listed: number,
): string => {
  const what = counted(of, 'candidate', 'candidates')
  return examined < of
    ? `The search for near misses examined ${grouped(examined)} of ${what}, so there may be more of them.`
    : `The search for near misses examined all ${what} and lists the nearest ${grouped(listed)}.`
}

/** `3 near misses`, or that they are still being looked for, or were not. */
export const sayNearMissesIfKnown = (
  count: number | undefined,
  searching: boolean,
): string => {
  if (count !== undefined) return sayNearMisses(count)
  return searching ? SAY.searching : SAY.notSearched
}

/** Over how much of a source that is still being read an answer is. */
export const sayProvisional = (events: number): string =>
  `over ${grouped(events)} of the events so far`

/** How long a run took; beyond a second nobody counts in ms. */
export const printTook = (ms: number): string =>
  ms < 1000 ? `${grouped(Math.max(1, Math.round(ms)))} ms` : `${(ms / 1000).toFixed(1)} s`

export const sayTookLong = (ms: number): string =>
  `A heavy rule: it took ${printTook(ms)}`

export const sayEvents = (count: number): string => counted(count, 'event', 'events')

/** The few words that name a cause on its card. */
export const CAUSE_NAMES: Readonly<Record<Cause, string>> = {
  maxspan: 'over maxspan',
  key: 'join key differs',
  'key-null': 'join key absent',
  order: 'wrong order',
  condition: 'one clause is false',
  null: 'one clause is null',
  until: 'cut by until',
  missing: 'missing step broken',
  replaced: 'replaced by a later start',
  runs: 'runs fall short',
  category: 'other category',
}

/** Why nothing matched, told by the first stage of the funnel that nothing reached. */
export const sayNoMatch = ({
  kind,
  funnel: stages,
  maxspanMs,
}: Pick<RunAnswer, 'kind' | 'funnel' | 'maxspanMs'>): string => {
  const place = stages.findIndex((stage) => stage.count === 0)
  const dead = stages[place]
  const before = stages[place - 1]?.count ?? 0
  const events = sayEvents(stages[0]?.count ?? 0)
  switch (dead?.stage) {
    case 'events':
      return 'No events are loaded, so nothing can match. Open a file or switch a source on.'
    case 'step':
      return kind === 'events'
        ? `None of the ${events} satisfies the query.`
        : `Step ${dead.step ?? ''} fits none of the ${events}.`
    case 'joined':
      return 'Every step fits some event, but no join key has them all in order.'
    case 'in-time':
      return `${grouped(before)} joined, but none within ${printDuration(maxspanMs ?? NaN)}.`
    case 'matched':
      return `${grouped(before)} came this far, but every one was cut off before it was complete.`
    default:
      return `None of the ${events} matched.`
  }
}

/** The stretch of time that the timeline shows. */
export const sayRange = (from: number, to: number): string =>
  `${printDateTime(from)} to ${
    printDate(from) === printDate(to) ? printTime(to) : printDateTime(to)
  }`

/** What else is in view, and how much of it is listed. */
export const sayContext = (count: number, listed: number): string =>
  listed < count
    ? `The first ${grouped(listed)} of ${grouped(count)} results in view`
    : `${counted(count, 'result', 'results')} in view`

/** Why only some results are listed; without a name, those of several sources. */
export const sayLimit = (source: string | undefined, isEmpty: boolean): string => {
  const of = source ?? 'several sources'
  return isEmpty ? `No result has events of ${of}.` : `Only results with events of ${of}.`
}

export const SAY = {
  neverRun:
    'No result yet. Open events and choose a rule: it runs as soon as both are here.',
  extendedOnly: 'only in extended mode',
  extendedOnlyHint:
    'Elastic’s own pipelines leave out what this match hangs on: Kibana would not have it.',
  stopped: 'stopped',
  stoppedHint: 'The run was stopped before it was done.',
  running: 'Running over the loaded events…',
  stale: 'from previous text',
  staleHint: 'The rule has changed since; this is the result of its last complete text.',
  searching: 'looking for near misses',
  notSearched: 'near misses not looked for',
  provisionalHint:
    'Events are still being read. This is what the rule comes to so far; the final ' +
    'answer takes its place by itself.',
  showClause: 'Show the clause',
  listAll: 'List all results',
  unreadable: 'The rule cannot run as it stands.',
  unreadableHint: 'Each problem is listed under Problems, with its place in the text.',
  failed: 'The run stopped on the data and gave no result.',
  noNearMisses: 'There is no near miss either: nothing came close.',
  dependsOnOrder: 'Depends on order.',
  gridEmpty: 'No events to show. Open a file, or clear the filter.',
  gridFailed: 'These events could not be fetched from the engine.',
  eventFailed: 'This event could not be fetched from the engine.',
  eventLoading: 'Reading the event…',
  noFieldFits: 'No field or value contains that text.',
  noVerdicts: 'The rule has not run over these events yet.',
  logScale: 'Bars on a logarithmic scale.',
  linearScale: 'Bars on a linear scale.',
  until: 'until',
  untilEnded: 'until ended the sequence here',
  contextMatches: 'other matches',
  contextNearMisses: 'other near misses',
} as const
