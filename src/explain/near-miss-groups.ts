import type { Query } from '../language/ast'
import type { NearMiss } from './explanation'
import type { Fault } from './finding'
import { sayGroup } from './near-miss-group-wording'

/** Near misses that fail at the same step for the same reason. */
export interface NearMissGroup {
  /** Their places in the list, nearest first. */
  readonly members: readonly number[]
  /** One sentence for all of them; empty for a group of one. */
  readonly sentence: string
}

const PAUSE = 64

/**
 * Puts together what shares step, cause and reason: the same clause and value, the same
 * key field, about as much over maxspan. In the order of their nearest members. Yields
 * every few dozen near misses.
 */
export function* groupNearMisses(
  query: Query,
  list: readonly NearMiss[],
): Generator<void, readonly NearMissGroup[]> {
  const groups = new Map<string, number[]>()
  for (const [place, miss] of list.entries()) {
    if (place % PAUSE === PAUSE - 1) yield
    const reason = `${miss.step} ${miss.cause} ${miss.span.from} ${reasonOf(miss.fault)}`
    const members = groups.get(reason)
    if (members) members.push(place)
    else groups.set(reason, [place])
  }
  return [...groups.values()].map((members) => ({
    members,
    sentence:
      members.length > 1
        ? sayGroup(
            query,
            members.map((place) => list[place]!),
          )
        : '',
  }))
}

/** What besides cause and place has to be the same. */
const reasonOf = (fault: Fault): string => {
  switch (fault.cause) {
    case 'maxspan':
      return overshoot(fault.overMs / fault.limitMs)
    case 'runs':
      return String(fault.have)
    case 'condition':
    case 'null':
    case 'category':
      return fault.values.map(({ field, value }) => `${field} ${value}`).join()
    default:
      return ''
  }
}

/** A little, about as much again, many times over. */
const overshoot = (share: number): string => {
  if (share <= 0.5) return 'little'
  return share <= 2 ? 'again' : 'far'
}
