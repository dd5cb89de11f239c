import type { Row } from '../events/row-set'
import type { OrderTie, TieOrder } from './ties'

/** What a result owes to the order of events of equal time, with both orders told. */
export const printTie = (
  { matchesAsOrdered, pair, by }: OrderTie,
  nameOf: (row: Row) => string,
): string => {
  const [here, there] = matchesAsOrdered
    ? ['it matches', 'it does not']
    : ['it does not match', 'it does']
  if (!pair)
    return `Several events have equal times and no tiebreaker. ${printOrder(by)} ${here}; with each of them the other way round ${there}.`
  const [first, second] = pair.map(nameOf)
  return `${first} and ${second} have the same time and no tiebreaker. ${printOrder(by)}, with ${first} before ${second}, ${here}; with ${second} before ${first} ${there}.`
}

const printOrder = (by: TieOrder): string => {
  if (by === 'loading') return 'As loaded'
  if (by !== 'several') return `In the order of ${by}`
  return 'As ordered here (by event.sequence or winlog.record_id where both tell it, else as loaded)'
}
