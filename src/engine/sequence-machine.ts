import type { Row } from '../events/row-set'
import type { TimeOrder } from '../events/table'
import { grownTo } from '../events/grown-to'
import { forgetPlaces } from './keyed-places'
import { compareSequenceKeys } from './key-order'
import { MANY_KEYS } from './key-rows'
import { KeyTable, type KeyId, type KeyNulls } from './key-table'
import { Lane } from './lane'
import type { LateList } from './late-list'
import { hasMissingSteps, MissingStepCheck, type Violation } from './missing-step'
import type { KeyTuple, SequenceObserver } from './observer'
import { PendingStore, type PendingSequence } from './pending-sequence'
import { MatchKeeper } from './pipe'
import type { CompiledRule, CompiledStep } from './plan'
import { printSequence } from './print-match'
import type { Match, RunLimits } from './result'
import { readSteps, siftSteps, type StepEvents } from './step-events'
import { requireOneTiebreaker } from './tiebreaker'
import { END, isAsLoaded } from './time-places'
import { isOver, spanMs } from './time-span'
import { WorkClock } from './work-clock'

type SequenceRule = Extract<CompiledRule, { kind: 'sequence' }>

/** A sequence all of whose positive steps are there. */
interface Finished {
  key: KeyId
  readonly rows: Row[]
}

/**
 * A positive step while it runs. `place` holds the pending sequence of each key, `waiting`
 * is how many there are.
 */
interface RunningStep {
  readonly lane: Lane
  place: Int32Array
  waiting: number
}

/**
 * The state of one run: for every positive step and key at most one pending sequence,
 * that which has come so far and waits for the next step.
 *
 *                place of step 1   place of step 2
 *     host a     (A1)              (A2, B4)
 *     host b                       (A3, B5)
 *
 * Missing steps are not in it; they judge the candidates.
 */
export class SequenceMachine {
  joined = 0
  inTime = 0
  /** What finding the events of missing steps took, ms of work. */
  missingMs = 0
  /** By place among the positive steps, `runs` written out: sequences that came to it. */
  readonly reached: number[]

  private readonly rule: SequenceRule
  private readonly order: TimeOrder
  private readonly keeper: MatchKeeper
  private readonly observer: SequenceObserver
  private readonly keys: KeyTable
  /** The positive steps. */
  private readonly written: readonly CompiledStep[]
  private steps: readonly RunningStep[] = []
  private until: Lane | undefined
  private readonly store = new PendingStore()
  private missing: MissingStepCheck | undefined
  /** By key: 1 + rank of the last event that satisfied until; 0 for none. */
  private lastUntil = new Int32Array(ROOM)
  /** Keys below have a place. */
  private room = ROOM
  /** Sequences finished by the event at hand, the first so many; used again and again. */
  private readonly finished: Finished[] = []
  private finishedCount = 0

  /** `only`: the one key to look at. */
  constructor(
    rule: SequenceRule,
    limits: RunLimits,
    observer: SequenceObserver = {},
    only?: KeyTuple,
  ) {
    this.rule = rule
    this.order = rule.order
    this.observer = observer
    this.keys = new KeyTable(rule.steps[0]?.keys ?? [], only)
    this.written = rule.steps.filter((step) => !step.missing)
    this.reached = this.written.map(() => 0)
    this.keeper = new MatchKeeper(rule.pipes, limits, this.written.length)
  }

  get found(): number {
    return this.keeper.found
  }

  /** Whether some event had too many keys. */
  get isCapped(): boolean {
    return this.keys.isCapped
  }

  /** The event in a gap between these that a missing step forbids, once it has run. */
  violationBetween(rows: readonly Row[], key: KeyTuple): Violation | undefined {
    return this.missing?.violationBetween(rows, this.keys.idOf(key))
  }

  /** Holds on to the keys and nothing else of the run: answers are kept for long. */
  matches(): LateList<Match> {
    const { rule, keys, keeper } = this
    return keeper.matches((rows, key) => printSequence(rule.steps, keys.tuple(key), rows))
  }

  /** False when some positive step has no event at all: there is nothing to find. */
  canMatch(): boolean {
    return this.written.every(({ condition }) => !condition.rows().isEmpty())
  }

  /**
   * Finds the matches, and of sequences that came to their last step how many there were.
   * What is only begun is neither counted in `reached` nor told of.
   */
  *findMatches(): Generator<void, void> {
    if (!this.canMatch()) return
    yield* this.runOver(yield* siftSteps(this.rule, this.keys))
  }

  *run(): Generator<void, void> {
    yield* this.runOver(yield* readSteps(this.rule, this.keys))
    if (this.observer.waiting) yield* this.reportWaiting()
  }

  private *runOver(events: StepEvents): Generator<void, void> {
    const { steps, maxspan } = this.rule
    if (this.canMatch()) yield* requireOneTiebreaker(this.rule, this.keys)
    if (hasMissingSteps(steps)) {
      const clock = new WorkClock()
      this.missing = yield* clock.measure(
        MissingStepCheck.prepare(steps, this.order, maxspan, this.keys, events),
      )
      this.missingMs = clock.lap()
    }
    yield* this.walk(this.start(events))
    for (const each of new Set(events.values())) forgetPlaces(each)
  }

  /** Only events that satisfy a positive step, or until, can change anything. */
  private start(events: StepEvents): readonly Lane[] {
    const { until } = this.rule
    const lanes: Lane[] = []
    const laneOf = (step: CompiledStep, nulls: KeyNulls): Lane => {
      const found = events.get(step)!
      const known = lanes.find((lane) => lane.events === found)
      if (known) return known
      const lane = new Lane(found, this.keys.reader(step.keys, nulls))
      lanes.push(lane)
      return lane
    }
    this.room = Math.max(ROOM, this.keys.size)
    this.lastUntil = new Int32Array(this.room)
    this.steps = this.written.map((step, at) => {
      const lane = laneOf(step, 'as written')
      lane.steps.unshift(at)
      return { lane, place: new Int32Array(this.room), waiting: 0 }
    })
    if (until) this.until = laneOf(until, 'always')
    return lanes
  }

  private *walk(lanes: readonly Lane[]): Generator<void, void> {
    while (this.walkOn(lanes)) yield
  }

  /** Takes some events; false when there are no more. */
  private walkOn(lanes: readonly Lane[]): boolean {
    const { rows } = this.order
    const asLoaded = isAsLoaded(this.order)
    for (let count = 0; count < PAUSE; count++) {
      let next = END
      let isShared = false
      let first = lanes[0]!
      for (let i = 0; i < lanes.length; i++) {
        const lane = lanes[i]!
        if (lane.head === next) isShared = true
        if (lane.head >= next) continue
        next = lane.head
        first = lane
        isShared = false
      }
      if (next === END) return false
      const row = asLoaded ? next : rows[next]!
      if (isShared) this.takeShared(next, row, lanes)
      else this.take(row, first)
    }
    return true
  }

  /** An event that one lane alone has. */
  private take(row: Row, lane: Lane): void {
    // Last step first, so that an event is never twice in one sequence.
    for (let i = 0; i < lane.steps.length; i++) this.offer(lane.steps[i]!, row, lane)
    if (this.finishedCount > 0) this.settle()
    if (this.until === lane) this.rememberUntil(row, lane)
    lane.advance()
  }

  /** The same of an event that several have. */
  private takeShared(place: number, row: Row, lanes: readonly Lane[]): void {
    for (let at = this.steps.length - 1; at >= 0; at--) {
      const { lane } = this.steps[at]!
      if (lane.head === place) this.offer(at, row, lane)
    }
    if (this.finishedCount > 0) this.settle()
    if (this.until?.head === place) this.rememberUntil(row, this.until)
    for (let i = 0; i < lanes.length; i++)
      if (lanes[i]!.head === place) lanes[i]!.advance()
  }

  private offer(at: number, row: Row, { key, reader }: Lane): void {
    if (key === MANY_KEYS) for (const each of reader.all(row)) this.meet(at, row, each)
    else if (at === 0 || this.steps[at - 1]!.waiting > 0) this.meet(at, row, key)
  }

  private meet(at: number, row: Row, key: KeyId): void {
    if (key >= this.room) this.makeRoom()
    if (at === 0) this.open(row, key)
    else this.advance(at, row, key)
  }

  private open(row: Row, key: KeyId): void {
    const { observer } = this
    if (observer.opened) observer.opened(this.tuple(key), [row])
    this.reached[0]!++
    if (this.steps.length > 1) return this.put(0, key, this.store.open(row), row)
    this.joined++
    this.inTime++
    this.finish(key).rows[0] = row
  }

  /** What waits for this step is taken out of its place, whatever becomes of it. */
  private advance(at: number, row: Row, key: KeyId): void {
    const before = this.steps[at - 1]!
    const pending = before.place[key]!
    if (pending === 0) return
    before.place[key] = 0
    before.waiting--
    const isLast = at === this.steps.length - 1
    const over = isOver(this.order, this.store.firstRow(pending), row, this.rule.maxspan)
    if (isLast) {
      this.joined++
      if (!over) this.inTime++
    }
    if (over) this.expire(pending, row, key)
    else if (this.isCut(pending, key)) this.cut(pending, row, key)
    else if (isLast) this.complete(pending, row, key)
    else this.move(at, pending, row, key)
  }

  private move(at: number, pending: PendingSequence, row: Row, key: KeyId): void {
    this.reached[at]!++
    const advanced = this.store.advance(pending, row)
    const { observer } = this
    if (observer.advanced) observer.advanced(this.tuple(key), this.store.rows(advanced))
    this.put(at, key, advanced, row)
  }

  private put(at: number, key: KeyId, sequence: PendingSequence, by: Row): void {
    const step = this.steps[at]!
    const older = step.place[key]!
    step.place[key] = sequence
    if (older === 0) step.waiting++
    else this.replace(older, by, key)
  }

  private replace(older: PendingSequence, by: Row, key: KeyId): void {
    const { observer } = this
    if (observer.replaced) observer.replaced(this.tuple(key), this.store.rows(older), by)
    this.store.drop(older)
  }

  private expire(pending: PendingSequence, by: Row, key: KeyId): void {
    const { observer } = this
    if (observer.expired) {
      const span = spanMs(this.order, this.store.firstRow(pending), by)
      const overMs = span - this.rule.maxspan!
      observer.expired(this.tuple(key), this.store.rows(pending), by, overMs)
    }
    this.store.drop(pending)
  }

  /** Until counts from the sequence's last event on; an event before that spares it. */
  private isCut(pending: PendingSequence, key: KeyId): boolean {
    if (!this.until) return false
    const last = this.order.rank[this.store.lastRow(pending)]!
    return this.lastUntil[key]! > last
  }

  private cut(pending: PendingSequence, by: Row, key: KeyId): void {
    const { observer } = this
    if (observer.cut) {
      const until = this.order.rows[this.lastUntil[key]! - 1]!
      observer.cut(this.tuple(key), this.store.rows(pending), by, until)
    }
    this.store.drop(pending)
  }

  private complete(pending: PendingSequence, row: Row, key: KeyId): void {
    const { rows } = this.finish(key)
    const last = this.steps.length - 1
    this.reached[last]!++
    this.store.copyRows(pending, rows, last)
    rows[last] = row
    this.store.drop(pending)
  }

  private finish(key: KeyId): Finished {
    const { steps, finished } = this
    const place = (finished[this.finishedCount++] ??= { key, rows: steps.map(() => 0) })
    place.key = key
    return place
  }

  /** Sequences that end with the same event come in the order of their keys. */
  private settle(): void {
    const { finished, finishedCount } = this
    this.finishedCount = 0
    if (finishedCount === 1) this.judge(finished[0]!)
    else
      for (const each of this.inKeyOrder(finished.slice(0, finishedCount)))
        this.judge(each)
  }

  private inKeyOrder(finished: readonly Finished[]): readonly Finished[] {
    return finished
      .map((each) => ({ each, tuple: this.tuple(each.key) }))
      .sort((a, b) => compareSequenceKeys(a.tuple, b.tuple))
      .map(({ each }) => each)
  }

  private judge({ rows, key }: Finished): void {
    const { observer } = this
    const violation = this.missing?.violation(rows, key)
    if (violation) {
      const { step, witness } = violation
      if (observer.violated) observer.violated(this.tuple(key), [...rows], step, witness)
      return
    }
    if (observer.matched) observer.matched(this.tuple(key), [...rows])
    this.keeper.add(rows, key)
  }

  private rememberUntil(row: Row, { key, reader }: Lane): void {
    for (const each of key === MANY_KEYS ? reader.all(row) : [key]) {
      if (each >= this.room) this.makeRoom()
      this.lastUntil[each] = this.order.rank[row]! + 1
    }
  }

  private *reportWaiting(): Generator<void, void> {
    for (const { place } of this.steps)
      for (let key = 0; key < place.length; key++) {
        if (key % PAUSE === PAUSE - 1) yield
        const pending = place[key]!
        if (pending !== 0)
          this.observer.waiting?.(this.tuple(key), this.store.rows(pending))
      }
  }

  /** Every key met so far gets a place. */
  private makeRoom(): void {
    this.room = Math.max(this.keys.size, this.room * 2)
    for (const step of this.steps) step.place = grownTo(step.place, this.room)
    this.lastUntil = grownTo(this.lastUntil, this.room)
  }

  private tuple(key: KeyId): KeyTuple {
    return this.keys.tuple(key)
  }
}

/** Keys that have a place from the start. */
const ROOM = 64
/** Events taken, or keys reported on, without a pause. */
const PAUSE = 1024
