import type { KeyTuple } from '../engine/observer'
import type { CompiledRule } from '../engine/plan'
import { replayKey } from '../engine/sequence'
import { RowSet, type Row } from '../events/row-set'
import type { TimeOrder } from '../events/table'
import { FrameMaker } from './frame-maker'
import { readKeyEvents, readOtherEvents } from './key-events'
import type { Frame, Replay } from './replay-frame'
import { ReplayRecorder } from './replay-recorder'
import { prepareShortfalls } from './shortfall'

type SequenceRule = Extract<CompiledRule, { kind: 'sequence' }>

export interface ReplayOptions {
  /** An event that has a frame in any case, and near which the frames are, if not all. */
  readonly around?: Row | undefined
  /** With it, events of the key that satisfy no step have frames too; those switched on. */
  readonly othersOf?: RowSet | undefined
  /** How many frames are made, 5,000 unless told; fewer of a rule with many steps. */
  readonly cap?: number | undefined
}

const FRAMES = 5_000
/** Events named in all frames together, where each moves a sequence on at every step. */
const NAMED = 1_000_000
/** Frames put together without a pause. */
const PAUSE = 256

/**
 * The life of every pending sequence of a join key, told by its events: a run over this
 * key alone is listened to, so nothing is judged a second time. Yields every few thousand
 * events.
 */
export function* replaySequences(
  rule: SequenceRule,
  key: KeyTuple,
  { around, othersOf, cap = FRAMES }: ReplayOptions = {},
): Generator<void, Replay> {
  const events = yield* readKeyEvents(rule, key)
  const others = othersOf && (yield* readOtherEvents(rule, key, othersOf, events.rows))
  const listed = others ? events.rows.or(others) : events.rows
  const rows = sortByTime(withRow(listed, around, rule.order), rule.order)
  const most = Math.min(cap, Math.ceil(NAMED / rule.steps.length ** 2))
  const from = around === undefined ? 0 : windowStart(rows, around, most)
  const shown = rows.subarray(from, from + most)
  const framed = RowSet.ofList(listed.size, shown.toSorted())
  const recorder = new ReplayRecorder(rule.order, framed, rule.order.rank[shown[0] ?? 0]!)
  yield* replayKey(events.rule, key, recorder.observer)
  recorder.end()
  const idle = others?.and(framed) ?? new RowSet(listed.size)
  const shortfallOf = yield* prepareShortfalls(rule, key, idle)
  const maker = new FrameMaker(events.rule, recorder, shortfallOf)
  const frames: Frame[] = []
  for (let at = 0; at < from + shown.length; at++) {
    if (at < from) maker.pass(rows[at]!)
    else frames.push(maker.make(rows[at]!))
    if (at % PAUSE === 0) yield
  }
  return { key, frames, from, of: rows.length }
}

const withRow = (
  rows: RowSet,
  row: Row | undefined,
  { rank, rows: timed }: TimeOrder,
): readonly Row[] => {
  const list = rows.rows()
  const isExtra = row !== undefined && !rows.has(row) && rank[row]! < timed.length
  return isExtra ? [...list, row] : list
}

const sortByTime = (
  rows: readonly Row[],
  { rank, rows: timed }: TimeOrder,
): Uint32Array =>
  Uint32Array.from(rows, (row) => rank[row]!)
    .sort()
    .map((place) => timed[place]!)

/** So that the event is in the middle, as far as there are events on both sides. */
const windowStart = (rows: Uint32Array, around: Row, most: number): number =>
  Math.max(0, Math.min(rows.indexOf(around) - (most >> 1), rows.length - most))
