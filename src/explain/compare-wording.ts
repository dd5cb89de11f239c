import { clip } from './wording'

/** Sentences of a comparison of two runs. */

/** `others`: how many more terms of the step are not true of the event. */
export const sayManyFail = (step: number, clause: string, others: number): string =>
  `At step ${step} \`${clip(clause)}\` is not true, nor ${
    others === 1 ? 'is one other clause' : `are ${others} other clauses`
  }.`

/** `steps`: how many events a match of this text has; `events`: how many that one has. */
export const sayOtherSteps = (steps: number, events: number): string =>
  `A match has ${steps} ${steps === 1 ? 'event' : 'events'} here, not ${events}.`

/** Every step fits, and still it is not the match that was found. */
export const sayOtherEvents = (kind: 'events' | 'sequence' | 'sample'): string => {
  switch (kind) {
    case 'events':
      return 'The event fits here too, but a pipe leaves it out.'
    case 'sequence':
      return 'Every step fits here too, but other events were taken for one of them.'
    case 'sample':
      return 'Every step fits here too, but other events of the key were taken.'
  }
}
