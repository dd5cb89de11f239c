import { grouped } from '../result/time-text'

/** The sentences about a cluster's answer beside ours, as templates over counts. */

const several = (count: number, one: string, more = `${one}s`): string =>
  `${grouped(count)} ${count === 1 ? one : more}`

/** `12 results of 24 events, all of them open here` */
export const sayAnswer = (results: number, events: number, known: number): string => {
  const head = `${several(results, 'result')} of ${several(events, 'event')}`
  if (results === 0) return 'It has no results.'
  return known === events
    ? `${head}, all of them open here.`
    : `${head}, ${grouped(known)} of them open here.`
}

export const sayCut = (cut: number, told: number): string =>
  `${several(cut, 'more result')} of ours ${cut === 1 ? 'lies' : 'lie'} beyond what the cluster told. It told ${grouped(told)}, and no more than the \`size\` it is asked for (10 unless said otherwise). Ask with a larger \`size\`.`

export const sayShown = (shown: number, count: number): string =>
  `The first ${grouped(shown)} of ${grouped(count)} are shown.`

export const ANSWER = {
  title: 'A cluster’s answer beside ours',
  of: 'Answer of',
  comparing: 'Comparing…',
  notCompared:
    'This rule has no answer to its text as it stands. Run it, or choose another rule.',
  equal: 'equal',
  missing: 'missing here',
  extra: 'extra here',
  sum: 'What the two answers share',
  missingTitle: 'Missing here: only the cluster has them',
  extraTitle: 'Extra here: the cluster has them not',
  allEqual: 'Both answers are the same.',
  asEvents: 'Open it as events',
  another: 'Choose an answer…',
  fromShare: 'Compare a cluster’s answer…',
  notLoaded: 'not open here',
  mustBeMissing: 'missing',
  showEvent: 'Show event',
  why: 'Why',
  showInRule: 'Show in rule',
} as const
