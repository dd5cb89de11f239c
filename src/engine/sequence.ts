import type { Row, RowSet } from '../events/row-set'
import type { TimeOrder } from '../events/table'
import { compareSequenceKeys } from './key-order'
import { KeyTable, type KeyId, type KeyReader } from './key-table'
import { hasMissingSteps, MissingStepCheck } from './missing-step'
import type { KeyTuple, SequenceObserver } from './observer'
import { PendingStore, type PendingSequence } from './pending-sequence'
import { MatchKeeper } from './pipe'
import type { CompiledRule, CompiledStep } from './plan'
import { MISSING, type Match, type RunLimits, type RunResult } from './result'
import { stepStages, writtenSteps } from './funnel'
import { grownTo } from './grown-to'
import { requireOneTiebreaker } from './tiebreaker'
import { isOver, rowsInTime, spanMs } from './time-span'
import { noteCapped, noteUnusable } from './wording'

type SequenceRule = Extract<CompiledRule, { kind: 'sequence' }>

const PAUSE = 4096

/**
 * Finds the sequences of a rule in one pass over the events that satisfy any of its
 * steps (language.md 5.4–5.8). Yields every few thousand events.
 */
export function* runSequence(
  rule: SequenceRule,
  limits: RunLimits,
  observer?: SequenceObserver,
): Generator<void, RunResult> {
  const counts: { writtenStep: number; count: number }[] = []
  for (const step of writtenSteps(rule.steps)) {
    counts.push({ writtenStep: step.writtenStep, count: step.condition.rows().count() })
    yield
  }
  const keeper = new MatchKeeper(rule.pipes, limits)
  const machine = new SequenceMachine(rule, keeper, observer ?? {})
  if (observer || machine.canMatch()) yield* machine.run()
  return {
    kind: 'sequence',
    matches: keeper.matches(),
    found: keeper.found,
    funnel: [
      ...stepStages(rule.events, counts),
      { stage: 'joined', count: machine.joined },
      { stage: 'in-time', count: machine.inTime },
      { stage: 'matched', count: keeper.found },
    ],
    notes: notesOn(rule),
  }
}

const notesOn = ({ order, steps, until }: SequenceRule): readonly string[] => [
  ...(order.unusable > 0 ? [noteUnusable(order.unusable)] : []),
  ...([...steps, ...(until ? [until] : [])].some(({ condition }) => condition.isCapped())
    ? [noteCapped]
    : []),
]

/** A positive step while it runs. `place` holds the pending sequence of each key. */
interface RunningStep {
  readonly rows: RowSet
  readonly keys: KeyReader
  place: Int32Array
}

/** A sequence all of whose positive steps are there. */
interface Candidate {
  readonly key: KeyId
  readonly rows: readonly Row[]
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
class SequenceMachine {
  joined = 0
  inTime = 0

  private readonly rule: SequenceRule
  private readonly order: TimeOrder
  private readonly keeper: MatchKeeper
  private readonly observer: SequenceObserver
  private readonly keys: KeyTable
  private readonly steps: readonly RunningStep[]
  private readonly until: { readonly rows: RowSet; readonly keys: KeyReader } | undefined
  private readonly store = new PendingStore()
  private missing: MissingStepCheck | undefined
  /** By key: 1 + rank of the last event that satisfied until; 0 for none. */
  private lastUntil = new Int32Array(64)
  private finished: Candidate[] = []

  constructor(rule: SequenceRule, keeper: MatchKeeper, observer: SequenceObserver) {
    this.rule = rule
    this.order = rule.order
    this.keeper = keeper
    this.observer = observer
    this.keys = new KeyTable(rule.steps[0]?.keys.length ?? 0)
    this.steps = this.startSteps(rule.steps.filter((step) => !step.missing))
    this.until = rule.until && {
      rows: rule.until.condition.rows(),
      keys: this.keys.reader(rule.until.keys, 'always'),
    }
  }

  /** False when some positive step has no event at all: there is nothing to find. */
  canMatch(): boolean {
    return this.steps.every((step) => !step.rows.isEmpty())
  }

  *run(): Generator<void, void> {
    const { steps, maxspan } = this.rule
    if (this.canMatch()) requireOneTiebreaker(this.rule, this.keys)
    if (hasMissingSteps(steps))
      this.missing = yield* MissingStepCheck.prepare(
        steps,
        this.order,
        maxspan,
        this.keys,
      )
    const rows = this.candidateRows()
    yield
    for (let at = 0; at < rows.length; at++) {
      if (at % PAUSE === PAUSE - 1) yield
      this.take(rows[at]!)
    }
    if (this.observer.waiting) this.reportWaiting()
  }

  private startSteps(steps: readonly CompiledStep[]): readonly RunningStep[] {
    return steps.map((step) => ({
      rows: step.condition.rows(),
      keys: this.keys.reader(step.keys, 'as written'),
      place: new Int32Array(64),
    }))
  }

  /** Only events that satisfy a positive step, or until, can change anything. */
  private candidateRows(): Uint32Array {
    const sets = new Set(this.steps.map((step) => step.rows))
    if (this.until) sets.add(this.until.rows)
    return rowsInTime(
      [...sets].reduce((union, set) => union.or(set)),
      this.order,
    )
  }

  /** Last step first, so that an event is never twice in one sequence. */
  private take(row: Row): void {
    for (let at = this.steps.length - 1; at >= 0; at--) {
      const step = this.steps[at]!
      if (!step.rows.has(row)) continue
      const keys = step.keys.read(row)
      this.makeRoom()
      for (const key of keys)
        if (at === 0) this.open(row, key)
        else this.advance(at, row, key)
    }
    if (this.finished.length > 0) this.settle()
    if (this.until?.rows.has(row)) this.rememberUntil(row, this.until.keys.read(row))
  }

  private open(row: Row, key: KeyId): void {
    const { observer } = this
    if (observer.opened) observer.opened(this.tuple(key), [row])
    if (this.steps.length > 1) return this.put(0, key, this.store.open(row), row)
    this.joined++
    this.inTime++
    this.finish(key, [row])
  }

  /** What waits for this step is taken out of its place, whatever becomes of it. */
  private advance(at: number, row: Row, key: KeyId): void {
    const { place } = this.steps[at - 1]!
    const pending = place[key]!
    if (pending === 0) return
    place[key] = 0
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
    const advanced = this.store.advance(pending, row)
    const { observer } = this
    if (observer.advanced) observer.advanced(this.tuple(key), this.store.rows(advanced))
    this.put(at, key, advanced, row)
  }

  private put(at: number, key: KeyId, sequence: PendingSequence, by: Row): void {
    const { place } = this.steps[at]!
    const older = place[key]!
    place[key] = sequence
    if (older === 0) return
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
    const rows = this.store.rows(pending)
    rows.push(row)
    this.store.drop(pending)
    this.finish(key, rows)
  }

  private finish(key: KeyId, rows: readonly Row[]): void {
    this.finished.push({ key, rows })
  }

  /** Sequences that end with the same event come in the order of their keys. */
  private settle(): void {
    const finished = this.finished
    this.finished = []
    if (finished.length > 1)
      finished.sort((a, b) => compareSequenceKeys(this.tuple(a.key), this.tuple(b.key)))
    for (const candidate of finished) this.judge(candidate)
  }

  private judge({ key, rows }: Candidate): void {
    const { observer } = this
    const violation = this.missing?.violation(rows, key)
    if (violation) {
      const { step, witness } = violation
      if (observer.violated) observer.violated(this.tuple(key), rows, step, witness)
      return
    }
    if (observer.matched) observer.matched(this.tuple(key), rows)
    this.keeper.add(() => this.printMatch(key, rows))
  }

  /** Missing steps hold their place in the answer. */
  private printMatch(key: KeyId, rows: readonly Row[]): Match {
    let at = 0
    const places = this.rule.steps.map((step) => (step.missing ? MISSING : rows[at++]!))
    const printers = this.rule.steps.find((step) => !step.missing)?.keys ?? []
    if (printers.length === 0) return { rows: places }
    const joinKeys = this.tuple(key).map((value, part) =>
      value === null ? null : printers[part]!.print(value),
    )
    return { rows: places, joinKeys }
  }

  private rememberUntil(row: Row, keys: readonly KeyId[]): void {
    this.makeRoom()
    for (const key of keys) this.lastUntil[key] = this.order.rank[row]! + 1
  }

  private reportWaiting(): void {
    for (const { place } of this.steps)
      for (const [key, pending] of place.entries())
        if (pending !== 0)
          this.observer.waiting?.(this.tuple(key), this.store.rows(pending))
  }

  /** Every key met so far has a place. */
  private makeRoom(): void {
    if (this.keys.size <= this.lastUntil.length) return
    const { size } = this.keys
    for (const step of this.steps) step.place = grownTo(step.place, size)
    this.lastUntil = grownTo(this.lastUntil, size)
  }

  private tuple(key: KeyId): KeyTuple {
    return this.keys.tuple(key)
  }
}
