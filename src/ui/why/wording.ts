import type { Truth } from '../../engine/evidence'
import { grouped } from '../result/time-text'

/** The sentences of why an event is judged as it is, and of clauses asked alone. */

export const sayStepVerdict = (step: number, stepCount: number, truth: Truth): string => {
  const what = stepCount === 1 ? 'the query' : `step ${step}`
  return truth === true
    ? `The event satisfies ${what}.`
    : `The event does not satisfy ${what}.`
}

export const sayShowAll = (clauses: number): string =>
  clauses === 1 ? 'Show the clause' : `Show all ${grouped(clauses)} clauses`

export const sayListed = (text: string, truth: Truth): string =>
  `Only events for which ${text} is ${String(truth)}`

export const SAY_WHY = {
  notRun:
    'The rule has not run over this event: it is new, switched off, or kept from the rule by its indices, exceptions or filters.',
  loading: 'Asking the engine…',
  reasonOnly: 'Show the reason alone',
  stepThrough: 'Step through this key',
  noWords: 'The text cannot be told in words while it has errors.',
  noPart: 'Select a clause, or some joined by and, or or, to ask it alone.',
} as const
