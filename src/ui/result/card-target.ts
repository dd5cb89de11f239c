import type { StepEvent } from '../../worker/api'
import type { ResultItem } from './result-items'

/** An item of the list that is a card. */
export type CardItem = Extract<ResultItem, { readonly index: number }>

export const isCard = (item: ResultItem | undefined): item is CardItem =>
  item !== undefined && 'index' in item

/** The event of a step of a card, else its first. */
export function eventOf(item: CardItem, step: number | undefined): StepEvent | undefined {
  const steps = item.type === 'match' ? item.match.steps : item.nearMiss.steps
  const events = steps.filter((each) => 'row' in each)
  return events.find((each) => each.step === step) ?? events[0]
}

/** What to ask "why" of: in a near miss the event that broke it, else that of the step. */
export function askedOf(
  item: CardItem,
  chosen: number | undefined,
): { readonly row: number; readonly step: number } | undefined {
  if (item.type === 'near-miss') {
    const { culprit, step } = item.nearMiss
    if ((chosen ?? step) === step) return { row: culprit, step }
  }
  return eventOf(item, chosen)
}
