import type { TimeOrder } from '../events/table'
import type { Row } from '../events/row-set'
import type { KeyedPlaces } from './keyed-places'
import type { KeyId, KeyTable } from './key-table'
import type { CompiledStep } from './plan'
import { RowsByKey } from './rows-by-key'
import { isEarlier, isOver } from './time-span'

/** Why a finished candidate is refused: an event where there should be none. */
export interface Violation {
  /** Missing step as written, 0-based. */
  readonly step: number
  readonly witness: Row
}

/** Where the missing steps stand: before, between (by gap) and after the positive steps. */
interface Gaps {
  readonly leading: readonly MissingStep[]
  readonly between: readonly (readonly MissingStep[])[]
  readonly trailing: readonly MissingStep[]
}

/** Whether any step of the rule is a missing one. */
export const hasMissingSteps = (steps: readonly CompiledStep[]): boolean =>
  steps.some((step) => step.missing)

/**
 * Refuses candidates with an event in a gap (language.md 5.7): all bounds are exclusive
 * and by timestamp alone; the window at either end is measured to the far end of the
 * sequence; with missing steps at both ends one quiet side is enough.
 */
export class MissingStepCheck {
  private readonly order: TimeOrder
  private readonly maxspan: number | undefined
  private readonly gaps: Gaps

  private constructor(order: TimeOrder, maxspan: number | undefined, gaps: Gaps) {
    this.order = order
    this.maxspan = maxspan
    this.gaps = gaps
  }

  /**
   * Looks up the events of every missing step by key, in `events` if these have been read;
   * yields every few thousand rows.
   */
  static *prepare(
    steps: readonly CompiledStep[],
    order: TimeOrder,
    maxspan: number | undefined,
    keys: KeyTable,
    events?: ReadonlyMap<CompiledStep, KeyedPlaces>,
  ): Generator<void, MissingStepCheck> {
    const gaps: MissingStep[][] = [[]]
    let previous: MissingStep | undefined
    for (const step of steps) {
      if (!step.missing) gaps.push([])
      // A missing step written with runs is one question, asked once.
      else if (previous?.writtenStep !== step.writtenStep) {
        previous = yield* MissingStep.read(step, order, keys, events?.get(step))
        gaps.at(-1)!.push(previous)
      }
    }
    const [leading = [], ...rest] = gaps
    const trailing = rest.pop() ?? []
    return new MissingStepCheck(order, maxspan, { leading, between: rest, trailing })
  }

  /** `rows`: the candidate's events, one per positive step. */
  violation(rows: readonly Row[], key: KeyId): Violation | undefined {
    return this.violationBetween(rows, key) ?? this.violationAround(rows, key)
  }

  /** The same for the gaps inside alone; `rows` may end before the last positive step. */
  violationBetween(rows: readonly Row[], key: KeyId): Violation | undefined {
    const { between } = this.gaps
    for (let gap = 0; gap < between.length && gap < rows.length - 1; gap++)
      for (const step of between[gap]!) {
        const witness = step.firstAfter(rows[gap]!, key)
        if (witness !== undefined && isEarlier(this.order, witness, rows[gap + 1]!))
          return { step: step.writtenStep, witness }
      }
    return undefined
  }

  private violationAround(rows: readonly Row[], key: KeyId): Violation | undefined {
    const { leading, trailing } = this.gaps
    const first = rows[0]!
    const last = rows.at(-1)!
    const lead = this.nearest(leading, (step) => step.lastBefore(first, key))
    const trail = this.nearest(trailing, (step) => step.firstAfter(last, key))
    if (leading.length > 0 && lead === undefined) return undefined
    if (trailing.length > 0 && trail === undefined) return undefined
    if (lead && trail) return this.isWide(lead.witness, trail.witness) ? undefined : trail
    if (lead) return this.isWide(lead.witness, last) ? undefined : lead
    if (trail) return this.isWide(first, trail.witness) ? undefined : trail
    return undefined
  }

  private isWide(from: Row, to: Row): boolean {
    return isOver(this.order, from, to, this.maxspan)
  }

  /** Of the witnesses of several missing steps side by side, the one next to the sequence. */
  private nearest(
    steps: readonly MissingStep[],
    find: (step: MissingStep) => Row | undefined,
  ): Violation | undefined {
    let nearest: Violation | undefined
    for (const step of steps) {
      const witness = find(step)
      if (witness === undefined) continue
      const isBefore = steps === this.gaps.leading
      if (!nearest || this.isNearer(witness, nearest.witness, isBefore))
        nearest = { step: step.writtenStep, witness }
    }
    return nearest
  }

  private isNearer(row: Row, than: Row, isBefore: boolean): boolean {
    return isBefore ? isEarlier(this.order, than, row) : isEarlier(this.order, row, than)
  }
}

/** The events of one missing step, by key, in the order of time. */
class MissingStep {
  private constructor(
    readonly writtenStep: number,
    private readonly order: TimeOrder,
    private readonly rows: RowsByKey,
  ) {}

  static *read(
    { writtenStep, keys: fields, condition }: CompiledStep,
    order: TimeOrder,
    keys: KeyTable,
    events: KeyedPlaces | undefined,
  ): Generator<void, MissingStep> {
    const reader = keys.reader(fields, 'as written')
    const rows = events
      ? yield* RowsByKey.ofPlaces(events, reader, order)
      : yield* RowsByKey.inTime(condition.rows(), reader, order)
    return new MissingStep(writtenStep, order, rows)
  }

  /** The earliest event later than that one. */
  firstAfter(row: Row, key: KeyId): Row | undefined {
    const rows = this.rows.of(key)
    return rows[lowerBound(rows, (each) => !isEarlier(this.order, row, each))]
  }

  /** The latest event earlier than that one. */
  lastBefore(row: Row, key: KeyId): Row | undefined {
    const rows = this.rows.of(key)
    return rows[lowerBound(rows, (each) => isEarlier(this.order, each, row)) - 1]
  }
}

/** How many rows at the front pass a test that holds up to some point and not after. */
const lowerBound = (rows: Int32Array, passes: (row: Row) => boolean): number => {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (passes(rows[middle]!)) low = middle + 1
    else high = middle
  }
  return low
}
