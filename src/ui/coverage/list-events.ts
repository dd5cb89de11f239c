import type { CoveragePlace } from '../../explain/coverage-list'
import type { OpenRule } from '../state/open-rule.svelte'
import type { Workbench } from '../state/workbench.svelte'
import { sayListed } from './wording'

/** Narrows the event grid to the events behind a number of the rule on screen. */
export function listEvents(bench: Workbench, rule: OpenRule, place: CoveragePlace): void {
  const covered =
    'step' in place && rule.coverage?.answer.steps.find(({ step }) => step === place.step)
  const words = sayListed(place, covered ? covered.role : undefined)
  bench.step = undefined
  bench.covered = { ruleId: rule.id, text: rule.ranText, place, words }
  bench.destination = 'events'
}

/** What the grid is narrowed to, as long as the rule still has the text that was counted. */
export const coverageQuery = (
  rule: OpenRule | undefined,
  covered: Workbench['covered'],
) => {
  const ticket = rule?.outcome?.ticket
  if (!rule || !covered || ticket === undefined) return undefined
  if (covered.ruleId !== rule.id || covered.text !== rule.ranText) return undefined
  return { ruleId: rule.id, ticket, place: covered.place }
}
