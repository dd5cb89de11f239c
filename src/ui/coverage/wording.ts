import type { RuleCoverage, StepCoverage } from '../../explain/coverage'
import type { CoveragePlace } from '../../explain/coverage-list'
import { printLine } from '../result/print-value'
import { grouped, printDuration } from '../result/time-text'

/** All sentences of the funnel, the waterfall and the counts beside the text. */

const events = (count: number): string =>
  `${grouped(count)} ${count === 1 ? 'event' : 'events'}`

const has = (count: number): string => (count === 1 ? 'has' : 'have')

/** `step 2`, `missing step 2`, `until` */
export const nameStep = ({ role, step }: Pick<StepCoverage, 'role' | 'step'>): string =>
  ({ step: `step ${step}`, missing: `missing step ${step}`, until: 'until' })[role]

/** A clause on one line. */
export const clauseText = (text: string): string =>
  printLine(text.replace(/\s+/g, ' '), 300)

const orOf = (names: readonly string[]): string => names.join(' or no ')

/** What those that fall at a stage are, in a word or two beside their number. */
export const sayFell = (place: CoveragePlace, keys: readonly string[] = []): string => {
  switch (place.stage) {
    case 'category':
      return 'of other categories'
    case 'clause':
      return 'fail it'
    case 'keyed':
      return keys.length > 0 ? `no ${orOf(keys)}` : 'no usable time'
    case 'reached':
      return 'carried nothing on'
    case 'joined':
      return 'in no whole sequence'
    case 'in-time':
      return 'too late'
    case 'matched':
      return 'cut off'
  }
}

/** The same of a sample, which knows no time. */
export const sayNotSampled = 'no sample of their key'

/** What a number of the table of clauses stands for, said of the button that lists them. */
export const sayTruth = (
  count: number,
  truth: 'true' | 'false' | 'null',
  category: string,
): string => `${events(count)} of ${category}: the clause is ${truth}`

/** The chip over the grid: which events it shows. */
export const sayListed = (place: CoveragePlace, role?: StepCoverage['role']): string => {
  if (!('step' in place)) {
    const stage = { joined: 'joined', 'in-time': 'in time', matched: 'matched' } as const
    const was = place.outcome === 'passed' ? '' : 'not '
    return `${was}${stage[place.stage]}`
  }
  const step = nameStep({ step: place.step, role: role ?? 'step' })
  const isPassed = place.outcome === 'passed'
  if (place.stage === 'category')
    return isPassed ? `category of ${step}` : `other categories than ${step}`
  if (place.stage === 'reached')
    return `${step} that ${isPassed ? 'carried a sequence on' : 'carried nothing on'}`
  if (place.stage !== 'clause') return `${step} ${isPassed ? 'with' : 'without'} key`
  const clause = `clause ${place.clause.map((at) => at + 1).join('.')} of ${step}`
  switch (place.outcome) {
    case 'passed':
      return `passed ${clause}`
    case 'fell':
      return `fell at ${clause}`
    case 'alone':
      return `only ${clause} removes`
    default:
      return `${clause} is ${place.outcome}`
  }
}

export const sayWithin = (maxspanMs: number | undefined): string =>
  maxspanMs === undefined ? 'in time' : `within ${printDuration(maxspanMs)}`

/** What one clause does, told when one points at its counts. */
export const sayClause = (
  {
    path,
    isStrictest,
  }: { readonly path: readonly number[]; readonly isStrictest: boolean },
  { events: all }: Pick<RuleCoverage, 'events'>,
  covered: StepCoverage,
): string => {
  const clause = path.length === 1 ? covered.clauses[path[0] ?? 0] : undefined
  const among = `Counted over the ${events(covered.category)} of the category, of ${grouped(all)} in all.`
  if (!clause) return among
  return [
    `${events(clause.left)} left after this clause.`,
    ...(covered.clauses.length > 1 ? [`${events(clause.alone)} fall by it alone.`] : []),
    ...(isStrictest ? ['Of all clauses of the step it removes most.'] : []),
    among,
  ].join(' ')
}

/** Why nothing matched: no event has the category. */
export const sayNoCategory = (
  category: string,
  count: number,
  present: readonly string[],
): string =>
  present.length > 0
    ? `No \`${category}\` events in ${grouped(count)}; present: ${present.join(', ')}.`
    : `No \`${category}\` events in ${grouped(count)}; they have no category at all.`

/** Why nothing matched: the clauses of a step let nothing pass. */
export const sayDyingClause = (
  covered: Pick<StepCoverage, 'step' | 'role' | 'category'>,
  clause: { readonly place: number; readonly before: number; readonly isTrue: number },
  isOnlyStep: boolean,
): string => {
  const where = isOnlyStep
    ? `Clause ${clause.place}`
    : `${capital(nameStep(covered))}, clause ${clause.place},`
  if (clause.isTrue === 0)
    return `${where} is true of none of the ${events(covered.category)} of the category.`
  return (
    `${where} lets none of the ${events(clause.before)} pass that are left after the ` +
    `clauses before it; alone it is true of ${grouped(clause.isTrue)}.`
  )
}

export const sayDyingKeys = (
  covered: Pick<StepCoverage, 'step' | 'role' | 'selected' | 'keys'>,
): string =>
  covered.keys.length > 0
    ? `${capital(nameStep(covered))} fits ${events(covered.selected)}, but none ${has(1)} ${orOf(covered.keys).replaceAll(' or no ', ' and ')}, so nothing can join.`
    : `${capital(nameStep(covered))} fits ${events(covered.selected)}, but none has a usable time.`

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

export const sayList = (count?: number): string =>
  count === undefined ? 'List the events that fell here' : `List the ${events(count)}`

export const COVERAGE = {
  listThem: 'List these events',
  strictest: 'removes most',
  strictestHint: 'Of all clauses of the step this one is false or null most often.',
  reached: 'in a sequence',
  fits: 'fit it',
  caption: 'How many events are left after each stage, step by step',
  clausesCaption: 'What each clause is, over the events of its category',
  waiting: 'Counting what each clause lets pass…',
  show: 'Show counts beside clauses',
  showInRule: 'Show in rule',
} as const
