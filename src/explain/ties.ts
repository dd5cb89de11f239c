import type { LateList } from '../engine/late-list'
import { keyOf } from '../engine/match-key'
import { findTies } from '../engine/match-ties'
import type { KeyTuple } from '../engine/observer'
import type { CompiledRule } from '../engine/plan'
import { MISSING, type Match } from '../engine/result'
import { replayKey } from '../engine/sequence'
import { hasTiesBetween, reverseTies } from '../engine/tie-order'
import { NO_RANK, type TimeOrder } from '../events/table'
import { isTied } from '../events/tied'
import type { Row } from '../events/row-set'
import type { StreamCount } from '../events/streams'
import type { NearMiss } from './explanation'
import { readKeyEvents } from './key-events'
import { keyOfNearMiss } from './replay-key'

type SequenceRule = Extract<CompiledRule, { kind: 'sequence' }>

/**
 * A result that hangs on the order of events of equal time, where no tiebreaker decides
 * (language.md 5.2).
 */
export interface OrderTie {
  /** Whether it matches as events are ordered; the other way round it does not, or does. */
  readonly matchesAsOrdered: boolean
  /** Two events of equal time, as ordered, that alone decide it; absent when several do. */
  readonly pair?: readonly [Row, Row]
  /** What put the pair, or several events, in that order. */
  readonly by: TieOrder
}

/**
 * A field that counts the events of their stream; the order of loading; or several of
 * these, each for some of the events.
 */
export type TieOrder = StreamCount | 'loading' | 'several'

/** Undefined when a match is found in either order. Yields every few thousand events. */
export function* findMatchTie(
  rule: SequenceRule,
  match: Match,
): Generator<void, OrderTie | undefined> {
  const places = match.rows.filter((row) => row !== MISSING)
  if (!areTied(rule.order, places)) return undefined
  const key = keyOf(rule, match)
  const events = yield* readKeyEvents(rule, key)
  if (!(yield* findTies(events.rule, match))) return undefined
  const stands = (others: LateList<Match>): boolean =>
    holds(others, ({ rows }) => rows.every((row, at) => row === match.rows[at]))
  const rows = sortedRows(events.rows.rows(), rule.order)
  const pair = yield* findPair(events.rule, key, rows, places, (o) => !stands(o))
  return tellTie(true, pair, rule.order)
}

/** Undefined when a near miss is none of a match in either order. */
export function* findNearMissTie(
  rule: SequenceRule,
  miss: Pick<NearMiss, 'rows' | 'joinKeys' | 'culprit'>,
): Generator<void, OrderTie | undefined> {
  const wanted = miss.rows.flatMap((row, step) =>
    row === undefined || isMissing(rule, step) ? [] : [{ row, step }],
  )
  const places = [...wanted.map(({ row }) => row), miss.culprit]
  if (!areTied(rule.order, places)) return undefined
  const key = keyOfNearMiss(rule, miss)
  if (!key) return undefined
  const events = yield* readKeyEvents(rule, key)
  const isAt = ({ row, step }: StepRow, match: Match): boolean =>
    rule.steps.some((s, at) => s.writtenStep === step && match.rows[at] === row)
  const matches = (others: LateList<Match>): boolean =>
    holds(others, (match) => wanted.every((each) => isAt(each, match)))
  const reversed = yield* reverseTies(rule.order)
  const other = yield* replayKey({ ...events.rule, order: reversed }, key, {})
  if (!matches(other)) return undefined
  const rows = sortedRows(events.rows.rows(), rule.order)
  const pair = yield* findPair(events.rule, key, rows, places, matches)
  return tellTie(false, pair, rule.order)
}

function tellTie(
  matchesAsOrdered: boolean,
  pair: readonly [Row, Row] | undefined,
  { streams }: TimeOrder,
): OrderTie {
  if (!pair) return { matchesAsOrdered, by: streams ? 'several' : 'loading' }
  const [first, second] = pair
  // What a stream moved may have come to stand behind an event loaded later.
  const by = streams?.countOf(first, second) ?? (first < second ? 'loading' : 'several')
  return { matchesAsOrdered, pair, by }
}

/** An event and the step it stands for, as written, 0-based. */
interface StepRow {
  readonly row: Row
  readonly step: number
}

/** Missing steps go by time alone: order has no say in them. */
const isMissing = ({ steps }: SequenceRule, step: number): boolean =>
  steps.some(({ missing, writtenStep }) => missing && writtenStep === step)

const holds = (matches: LateList<Match>, test: (match: Match) => boolean): boolean => {
  for (const match of matches) if (test(match)) return true
  return false
}

/** Whether any events are tied where these are, whatever their key. */
const areTied = (order: TimeOrder, rows: readonly Row[]): boolean => {
  const ranks = rows.map((row) => order.rank[row]!)
  if (ranks.length === 0 || ranks.includes(NO_RANK)) return false
  return hasTiesBetween(order, Math.min(...ranks), Math.max(...ranks))
}

const sortedRows = (rows: readonly Row[], { rank }: TimeOrder): readonly Row[] =>
  rows.toSorted((a, b) => rank[a]! - rank[b]!)

/** Pairs that are tried one by one. */
const TRIED = 12

/** Neighbours of a key that are tied, near these events, which alone turn the result. */
function* findPair(
  rule: SequenceRule,
  key: KeyTuple,
  rows: readonly Row[],
  places: readonly Row[],
  isTurned: (others: LateList<Match>) => boolean,
): Generator<void, readonly [Row, Row] | undefined> {
  const { order } = rule
  const isNear = (row: Row): boolean => places.some((place) => isTied(order, row, place))
  const pairs = rows.flatMap((row, at): (readonly [Row, Row])[] => {
    const next = rows[at + 1]
    return next !== undefined && isTied(order, row, next) && isNear(row)
      ? [[row, next]]
      : []
  })
  for (const [first, second] of pairs.slice(0, TRIED)) {
    const swapped = swap(order, first, second)
    if (isTurned(yield* replayKey({ ...rule, order: swapped }, key, {})))
      return [first, second]
  }
  return undefined
}

/** The same order, but these two have changed places. */
const swap = (order: TimeOrder, a: Row, b: Row): TimeOrder => {
  const rows = order.rows.slice()
  const rank = order.rank.slice()
  rank[a] = order.rank[b]!
  rank[b] = order.rank[a]!
  rows[rank[a]] = a
  rows[rank[b]] = b
  return { ...order, rows, rank, ascends: false }
}
