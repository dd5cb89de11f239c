import type { CompiledRule, CompiledStep } from '../engine/plan'
import type { Row } from '../events/row-set'
import type { Deed, Frame, Pending } from './replay-frame'
import type { Places, ReplayRecorder } from './replay-recorder'
import type { ReadShortfall } from './shortfall'

type SequenceRule = Extract<CompiledRule, { kind: 'sequence' }>

/**
 * Puts the frames of one key together, in the order of time. What a run does not tell is
 * what it does nothing on: an event for a step that nothing waits for, until before its
 * effect shows, and the events of missing steps.
 */
export class FrameMaker {
  private pending: readonly Pending[] = []
  private readonly positive: readonly CompiledStep[]
  private readonly missing: readonly CompiledStep[]

  /** `ofKey`: the rule over the events of the key alone. */
  constructor(
    private readonly ofKey: SequenceRule,
    private readonly recorder: ReplayRecorder,
    private readonly shortfallOf: ReadShortfall,
  ) {
    this.positive = ofKey.steps.filter(({ missing }) => !missing)
    this.missing = [
      ...new Map(
        ofKey.steps.filter(({ missing }) => missing).map((s) => [s.writtenStep, s]),
      ).values(),
    ]
    this.pending = this.listPending(recorder.before)
  }

  /** An event before those that have frames. */
  pass(row: Row): void {
    if (this.isUntil(row)) this.strike(row)
  }

  make(row: Row): Frame {
    const told = this.recorder.deedsOf(row).map((deed) => this.withFirstUntil(deed))
    const places = this.recorder.placesAfter(row)
    if (places) this.pending = this.listPending(places)
    const deeds = [...told, ...this.idle(row)]
    if (this.isUntil(row)) deeds.push({ kind: 'until', ends: this.strike(row) })
    if (deeds.length === 0) deeds.push({ kind: 'outside', ...this.shortfallOf(row) })
    return { row, deeds, pending: this.pending }
  }

  /** A run knows the last until alone; what counts is the first after its last event. */
  private withFirstUntil(deed: Deed): Deed {
    if (deed.kind !== 'cut') return deed
    const ended = this.pending.find(({ rows }) => rows.length === deed.rows.length)
    return { ...deed, until: ended?.until ?? deed.until }
  }

  /** What it satisfies to no effect. */
  private idle(row: Row): Deed[] {
    const deeds = this.recorder.deedsOf(row)
    const served = new Set(deeds.map((deed) => this.stepOf(deed)))
    const idle: Deed[] = []
    for (const [place, { condition, writtenStep }] of this.positive.entries()) {
      if (served.has(writtenStep) || !condition.rows().has(row)) continue
      served.add(writtenStep)
      idle.push({ kind: 'unused', place })
    }
    for (const { condition, writtenStep: step } of this.missing) {
      const isWitness = deeds.some(
        (deed) => deed.kind === 'witness' && deed.step === step,
      )
      if (!isWitness && condition.rows().has(row)) idle.push({ kind: 'quiet', step })
    }
    return idle
  }

  /** The step as written that an event served with a deed. */
  private stepOf(deed: Deed): number | undefined {
    switch (deed.kind) {
      case 'expired':
      case 'cut':
        return this.positive[deed.rows.length]?.writtenStep
      case 'opened':
      case 'advanced':
      case 'matched':
      case 'violated':
        return this.positive[deed.rows.length - 1]?.writtenStep
      default:
        return undefined
    }
  }

  private isUntil(row: Row): boolean {
    return this.ofKey.until?.condition.rows().has(row) ?? false
  }

  /** Until ends what waits at its time; how many had not been ended before. */
  private strike(row: Row): number {
    const { rank } = this.ofKey.order
    let ends = 0
    this.pending = this.pending.map((each) => {
      if (each.until !== undefined || rank[each.rows.at(-1)!]! > rank[row]!) return each
      ends++
      return { ...each, until: row }
    })
    return ends
  }

  private listPending(places: Places): readonly Pending[] {
    return places.flatMap((rows): readonly Pending[] => {
      if (!rows) return []
      const known = this.pending.find((each) => each.rows === rows)
      return [known ?? { rows }]
    })
  }
}
