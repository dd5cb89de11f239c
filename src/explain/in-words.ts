import type { EventQuery, Query, Sample, Sequence, Step } from '../language/ast'
import { tellEvent } from './in-words-event'
import { tellKeys } from './in-words-key'
import { tellNotes } from './in-words-note'
import { say, tell, type Phrase } from './in-words-phrase'
import {
  intros,
  maxspanWords,
  openings,
  tellDuration,
  tellPipe,
  tellRuns,
} from './in-words-wording'

/** One sentence or two of a rule in words. */
export interface Paragraph {
  readonly kind: 'intro' | 'step' | 'key' | 'maxspan' | 'until' | 'pipe' | 'note'
  /** Of a step: its number as written, 0-based. */
  readonly step?: number
  readonly phrases: readonly Phrase[]
}

/**
 * A rule in plain sentences, clause by clause (language.md 3 to 7). What stands in the
 * query for a fact is the span of exactly one phrase; words that only join have none.
 */
export function tellRule(query: Query): readonly Paragraph[] {
  const { body, pipes } = query
  const told = body.kind === 'event' ? tellSingle(body) : tellMany(body)
  return [
    ...told.map(capitalize),
    ...pipes.map((pipe, at): Paragraph => ({
      kind: 'pipe',
      phrases: tell({ text: tellPipe(pipe, at) }, pipe),
    })),
    ...tellNotes(query).map((text): Paragraph => ({ kind: 'note', phrases: say(text) })),
  ]
}

const intro = (text: string): Paragraph => ({ kind: 'intro', phrases: say(text) })

const tellSingle = (body: EventQuery): readonly Paragraph[] => [
  intro(intros.event),
  { kind: 'step', step: 0, phrases: [...tellEvent(body, 'a'), ...say('.')] },
]

function tellMany(body: Sequence | Sample): readonly Paragraph[] {
  const count = countEvents(body.steps)
  const opening = body.kind === 'sample' ? intros.sample(count) : intros.sequence(count)
  return [
    intro(opening),
    ...body.steps.map((step, at): Paragraph => ({
      kind: 'step',
      step: at,
      phrases: tellStep(body, step, at),
    })),
    ...tellKeys(body).map((phrases): Paragraph => ({ kind: 'key', phrases })),
    ...(body.kind === 'sequence' ? [...tellMaxspan(body), ...tellUntil(body)] : []),
  ]
}

/** Events of a match; missing steps are none. */
const countEvents = (steps: readonly Step[]): number =>
  steps.reduce((sum, step) => sum + (step.missing ? 0 : step.runs), 0)

function tellStep(body: Sequence | Sample, step: Step, at: number): readonly Phrase[] {
  const { before, after } = step.missing
    ? frameMissing(body, at)
    : { before: openStep(body, at), after: '' }
  return [
    ...say(before),
    ...tellEvent(step.query, step.missing ? 'no' : 'a'),
    ...say('.'),
    ...tellRunsOf(step),
    ...say(after),
  ]
}

const tellRunsOf = ({ runs, runsSpan, missing }: Step): readonly Phrase[] =>
  runsSpan ? tell({ text: tellRuns(runs, missing) }, runsSpan) : []

function openStep({ kind, steps }: Sequence | Sample, at: number): string {
  if (kind === 'sample') return openings.oneOf(at)
  if (steps.filter(({ missing }) => !missing).length === 1) return openings.only
  return at === firstPositive(steps) ? openings.first : openings.then
}

const firstPositive = (steps: readonly Step[]): number =>
  steps.findIndex(({ missing }) => !missing)

const lastPositive = (steps: readonly Step[]): number =>
  steps.findLastIndex(({ missing }) => !missing)

/** Where the window of a missing step lies (language.md 5.7). */
function frameMissing(
  body: Sequence | Sample,
  at: number,
): { readonly before: string; readonly after: string } {
  const { steps } = body
  const maxspan = tellDuration(body.kind === 'sequence' ? (body.maxspan?.ms ?? 0) : 0)
  const [first, last] = [firstPositive(steps), lastPositive(steps)]
  if (first < at && at < last) {
    const from = steps.slice(0, at).findLastIndex(({ missing }) => !missing)
    const to = steps.findIndex(({ missing }, other) => other > at && !missing)
    return { before: openings.between(from + 1, to + 1), after: '' }
  }
  const side = at < first ? 'before' : 'after'
  if (first === 0 || last === steps.length - 1)
    return { before: openings[side](maxspan), after: '' }
  const isLast = at === steps.length - 1
  return {
    before: openings.beforeOrAfter(side),
    after: isLast ? openings.eitherSide(maxspan) : '',
  }
}

function tellMaxspan({ maxspan, steps }: Sequence): readonly Paragraph[] {
  if (!maxspan) return []
  const duration = tellDuration(maxspan.ms)
  const isAlone = countEvents(steps) === 1
  return [
    {
      kind: 'maxspan',
      phrases: [
        ...say(isAlone ? maxspanWords.alone : maxspanWords.before),
        ...tell({ text: isAlone ? duration : maxspanWords.limit(duration) }, maxspan),
        ...say('.'),
      ],
    },
  ]
}

const tellUntil = ({ until, by, steps }: Sequence): readonly Paragraph[] =>
  until
    ? [
        {
          kind: 'until',
          phrases: [
            ...say(
              openings.until(by.length > 0 || steps.some((step) => step.by.length > 0)),
            ),
            ...tellEvent(until.query, 'a'),
            ...say('.'),
          ],
        },
      ]
    : []

/** Whatever a sentence begins with. */
function capitalize({ phrases, ...paragraph }: Paragraph): Paragraph {
  const [first, ...rest] = phrases
  if (!first) return { ...paragraph, phrases }
  const text = first.text.charAt(0).toUpperCase() + first.text.slice(1)
  return { ...paragraph, phrases: [{ ...first, text }, ...rest] }
}
