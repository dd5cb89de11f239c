import type { Row } from '../events/row-set'
import type { SampleRole } from './sample-role'
import { printKeys } from './wording'

/** What an event is to the sample of its key, in one sentence. */
export function printSampleRole(
  { step, keys, deed }: SampleRole,
  nameOf: (row: Row) => string,
): string {
  const whom = printKeys({ keys })
  switch (deed.kind) {
    case 'sampled':
      return `It satisfies step ${step} and is in the sample${whom}.`
    case 'spare':
      return `It satisfies step ${step}, but the sample${whom} has ${nameOf(deed.by)} in its place: of each key the first events that fit are taken, each once.`
    case 'lacking':
      return `It satisfies step ${step}, but no event satisfies ${printSteps(deed.steps)}${whom}, and a sample needs one for every step.`
    case 'shared':
      return `It satisfies step ${step}, but a sample needs an event of its own for every step, and there are too few different ones${whom}.`
    case 'keyless':
      return `It satisfies step ${step}, but has no ${deed.fields.join(' and no ')} and can be in no sample.`
  }
}

const printSteps = (steps: readonly number[]): string =>
  steps.map((step) => `step ${step}`).join(' or ')
