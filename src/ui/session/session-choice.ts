import type { SessionSummary } from '../../session/session'
import type { SessionSize } from '../../session/session-sizes'

export type SessionOrder = 'used' | 'name' | 'size' | 'rules'

/** A session of the list, and what it takes once that is measured. */
export interface ListedSession extends SessionSummary {
  readonly size: SessionSize | undefined
}

/** The sessions whose name has all the words, in the order that is wished for. */
export function chooseSessions(
  list: readonly SessionSummary[],
  sizes: ReadonlyMap<string, SessionSize>,
  words: string,
  order: SessionOrder,
): readonly ListedSession[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  return list
    .filter(({ name }) => wanted.every((word) => name.toLowerCase().includes(word)))
    .map((session) => ({ ...session, size: sizes.get(session.id) }))
    .toSorted((a, b) => ORDERS[order](a, b) || ORDERS.used(a, b))
}

type Compare = (a: ListedSession, b: ListedSession) => number

const ORDERS: Readonly<Record<SessionOrder, Compare>> = {
  used: (a, b) => b.used - a.used,
  name: (a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }),
  size: (a, b) => bytesOf(b) - bytesOf(a),
  rules: (a, b) => (b.size?.rules ?? 0) - (a.size?.rules ?? 0),
}

const bytesOf = ({ size }: ListedSession): number =>
  (size?.ownBytes ?? 0) + (size?.sharedBytes ?? 0)
