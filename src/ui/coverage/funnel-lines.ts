import type { FunnelStage } from '../../engine/result'
import type { RuleCoverage, StepCoverage } from '../../explain/coverage'
import type { CoveragePlace } from '../../explain/coverage-list'
import type { Span } from '../../language/ast'
import { scaleBars } from './scale-bars'
import {
  clauseText,
  COVERAGE,
  nameStep,
  sayFell,
  sayNotSampled,
  sayWithin,
} from './wording'

/** A number of events, or sequences, and what lists the events behind it. */
export interface Listed {
  readonly count: number
  readonly words: string
  readonly place: CoveragePlace
}

/** One line of the waterfall. */
export interface FunnelLine {
  readonly kind: 'events' | 'category' | 'clause' | 'keyed' | 'reached' | 'sequences'
  readonly words: string
  /** Set in the type of code. */
  readonly isCode: boolean
  /** Where it stands in the text. */
  readonly span?: Span
  readonly count: number
  /** Length of its bar, 0 … 1. */
  readonly length: number
  /** What fell here; absent where nothing did. */
  readonly fell?: Listed
  /** Events that only this clause removes; told where it is not the same as `fell`. */
  readonly alone?: Listed
  readonly isStrictest: boolean
  /** The first line of the way to a match that nothing passed. */
  readonly died: boolean
}

/** The lines of one step, or of all events, or of what sequences come to. */
export interface FunnelGroup {
  readonly title: string
  /** 1-based; absent outside of steps. */
  readonly step?: number
  readonly role?: StepCoverage['role']
  readonly lines: readonly FunnelLine[]
}

export interface FunnelPicture {
  readonly groups: readonly FunnelGroup[]
  readonly logarithmic: boolean
}

interface Told {
  readonly kind: 'events' | 'sequence' | 'sample'
  readonly funnel: readonly FunnelStage[]
  readonly maxspanMs?: number | undefined
}

type Bare = Omit<FunnelLine, 'length' | 'died'>

interface BareGroup extends Omit<FunnelGroup, 'lines'> {
  readonly lines: readonly Bare[]
}

/**
 * The funnel of a rule clause by clause:
 *
 *     events              12,408
 *     1 process            3,001   −9,407 of other categories
 *       process.name …        96   −2,905 fail it
 *       with key              91   −5 no host.id
 *       in a sequence         40   carried nothing on
 *     2 network …
 *     joined                   7   …
 *
 * Until the clauses are counted, each step is one line.
 */
export function drawFunnel(
  told: Told,
  coverage: RuleCoverage | undefined,
  text: string,
): FunnelPicture {
  const isSingle = told.kind === 'events'
  const events = coverage?.events ?? told.funnel[0]?.count ?? 0
  const groups: readonly BareGroup[] = [
    { title: 'events', lines: [bareLine('events', 'events', events)] },
    ...(coverage ? countedSteps(coverage, text, isSingle) : uncountedSteps(told)),
    ...(isSingle
      ? []
      : [{ title: 'sequences', lines: sequenceLines(told, coverage !== undefined) }]),
  ]
  const counts = groups.flatMap(({ lines }) => lines.map(({ count }) => count))
  const { logarithmic, lengthOf } = scaleBars(counts)
  let hasDied = false
  const finish = (line: Bare, role: StepCoverage['role'] | undefined): FunnelLine => {
    const ends = !hasDied && line.count === 0 && (role === undefined || role === 'step')
    hasDied ||= ends
    return { ...line, length: lengthOf(line.count), died: ends }
  }
  return {
    logarithmic,
    groups: groups.map((group) => ({
      ...group,
      lines: group.lines.map((line) => finish(line, group.role)),
    })),
  }
}

const bareLine = (kind: FunnelLine['kind'], words: string, count: number): Bare => ({
  ...{ kind, words, count },
  isCode: false,
  isStrictest: false,
})

function countedSteps(
  { events, steps }: RuleCoverage,
  text: string,
  isSingle: boolean,
): readonly BareGroup[] {
  const positive = steps.filter(({ role }) => role === 'step')
  const inner = new Set(positive.slice(1, -1))
  return steps.map((covered) => ({
    title: isSingle ? 'the query' : nameStep(covered),
    ...(isSingle ? {} : { step: covered.step }),
    role: covered.role,
    lines: stepLines(covered, events, text, inner.has(covered)),
  }))
}

/** How many events fit each step, which every run knows. */
const uncountedSteps = ({ kind, funnel }: Told): readonly BareGroup[] =>
  funnel.flatMap(({ stage, step = 1, count }): BareGroup[] => {
    if (stage !== 'step') return []
    const lines = [bareLine('clause', COVERAGE.fits, count)]
    if (kind === 'events') return [{ title: 'the query', role: 'step', lines }]
    return [{ title: `step ${step}`, step, role: 'step', lines }]
  })

/** `isInner`: the step is neither the first nor the last of a sequence. */
function stepLines(
  covered: StepCoverage,
  all: number,
  text: string,
  isInner: boolean,
): readonly Bare[] {
  const { step, category, categorySpan, clauses, keyed, selected, keys, reached } =
    covered
  const lines: Bare[] = []
  if (categorySpan) {
    const place = { step, stage: 'category', outcome: 'fell' } as const
    const words = clauseText(text.slice(categorySpan.from, categorySpan.to))
    lines.push({
      ...bareLine('category', words, category),
      ...{ isCode: true, span: categorySpan },
      ...fellAt(all - category, place),
    })
  }
  for (const [at, clause] of clauses.entries()) {
    if (isIdle(covered, text)) break
    lines.push(clauseLine(covered, at, clause, text))
  }
  if (keyed !== undefined) {
    const place = { step, stage: 'keyed', outcome: 'fell' } as const
    const words = keys.length > 0 ? 'with key' : 'with a time'
    lines.push({
      ...bareLine('keyed', words, keyed),
      ...fellAt(selected - keyed, place, keys),
    })
  }
  if (isInner && reached !== undefined) {
    const place = { step, stage: 'reached', outcome: 'fell' } as const
    lines.push({
      ...bareLine('reached', COVERAGE.reached, reached),
      // Of arrays in keys one event may carry on several: they are counted when listed.
      ...(reached < (keyed ?? selected) && {
        fell: { count: NaN, words: sayFell(place), place },
      }),
    })
  }
  return lines
}

/** `where true` says nothing. */
const isIdle = ({ clauses, categorySpan }: StepCoverage, text: string): boolean =>
  clauses.length === 1 &&
  categorySpan !== undefined &&
  text.slice(clauses[0]!.from, clauses[0]!.to) === 'true'

function clauseLine(
  { step, category, clauses, strictest }: StepCoverage,
  at: number,
  { from, to, left, alone }: StepCoverage['clauses'][number],
  text: string,
): Bare {
  const place = { step, stage: 'clause', clause: [at] } as const
  const fell = (clauses[at - 1]?.left ?? category) - left
  const only = { ...place, outcome: 'alone' } as const
  return {
    ...bareLine('clause', clauseText(text.slice(from, to)), left),
    ...{ isCode: true, span: { from, to }, isStrictest: at === strictest },
    ...fellAt(fell, { ...place, outcome: 'fell' }),
    ...(clauses.length > 1 &&
      alone > 0 && { alone: { count: alone, words: 'only it', place: only } }),
  }
}

const fellAt = (
  count: number,
  place: CoveragePlace,
  keys: readonly string[] = [],
): Pick<FunnelLine, 'fell'> =>
  count > 0 ? { fell: { count, words: sayFell(place, keys), place } } : {}

/** `canList`: the events behind a number can be asked for. */
function sequenceLines(
  { kind, funnel, maxspanMs }: Told,
  canList: boolean,
): readonly Bare[] {
  const lines: Bare[] = []
  let before: number | undefined
  for (const { stage, count } of funnel) {
    if (stage === 'events' || stage === 'step') continue
    if (stage === 'in-time' && maxspanMs === undefined) continue
    const place = { stage, outcome: 'fell' } as const
    const words = {
      joined: 'joined',
      'in-time': sayWithin(maxspanMs),
      matched: 'matched',
    }
    // How many events never joined is not known until they are listed.
    const fell =
      before === undefined
        ? { fell: { count: NaN, words: unjoined(kind, place), place } }
        : fellAt(before - count, place)
    lines.push({
      ...bareLine('sequences', words[stage], count),
      ...(canList && fell),
    })
    before = count
  }
  return lines
}

const unjoined = (kind: Told['kind'], place: CoveragePlace): string =>
  kind === 'sample' ? sayNotSampled : sayFell(place)
