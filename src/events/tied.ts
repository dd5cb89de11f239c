import type { Row } from './row-set'
import type { TimeOrder } from './table'

/** What puts events in order but for their streams and the order of loading. */
export type Ordinals = Pick<TimeOrder, 'ms' | 'nanos' | 'tiebreakers'>

/** Whether neither time nor tiebreaker decides between two events (language.md 5.2). */
export const isTied = ({ ms, nanos, tiebreakers }: Ordinals, a: Row, b: Row): boolean =>
  ms[a] === ms[b] &&
  (!nanos || nanos[a] === nanos[b]) &&
  (!tiebreakers || tiebreakers[a] === tiebreakers[b])
