import type { Row } from '../events/row-set'
import type { OrderTie } from './ties'

/** What a result owes to the order of loading, with both orders told. */
export const printTie = (
  { matchesAsLoaded, pair }: OrderTie,
  nameOf: (row: Row) => string,
): string => {
  const [here, there] = matchesAsLoaded
    ? ['it matches', 'it does not']
    : ['it does not match', 'it does']
  if (!pair)
    return `Several events have equal times and no tiebreaker. As loaded ${here}; with each of them the other way round ${there}.`
  const [first, second] = pair.map(nameOf)
  return `${first} and ${second} have the same time and no tiebreaker. As loaded, with ${first} before ${second}, ${here}; with ${second} before ${first} ${there}.`
}
