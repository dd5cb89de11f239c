import type { KeyTuple } from '../engine/observer'
import type { SequenceRule } from '../engine/sequence'
import { spanMs } from '../engine/time-span'
import type { Row } from '../events/row-set'
import type { Deed, Frame, Pending, Replay } from '../explain/replay-frame'
import { printKey } from '../explain/replay-key'
import { printFrame, sayPart, type ReplayWords } from '../explain/replay-wording'
import { keyNamesOf } from '../language/walk'
import type {
  NamedKeys,
  PendingView,
  ReplayFrame,
  ReplayPlace,
  ReplayView,
} from './replay-api'
import type { KeptRun } from './rule-answer'

/** Longest id that names an event whole. */
const LONGEST_ID = 24

/** `#12`; long ids differ at their ends. */
export const nameId = (id: string): string =>
  id.length > LONGEST_ID ? `#${id.slice(0, 6)}…${id.slice(-12)}` : `#${id}`

export const nameEvent = ({ view: { table } }: KeptRun, row: Row): string =>
  nameId(table.id(row))

/** A join key with the names it has at the first step. */
export const nameKey = (
  { prepared: { query } }: KeptRun,
  rule: SequenceRule,
  key: KeyTuple,
): NamedKeys => {
  const names = keyNamesOf(query, 0)
  const values = printKey(rule.steps[0]!, key)
  return values.map((value, part) => ({ name: names[part] ?? '', value }))
}

/** The positive steps, `runs` written out. */
export const placesOf = ({ steps }: SequenceRule): readonly ReplayPlace[] => {
  const positive = steps.filter(({ missing }) => !missing)
  return positive.map(({ writtenStep }, at) => {
    const first = positive.findIndex((other) => other.writtenStep === writtenStep)
    const runs = positive.filter((other) => other.writtenStep === writtenStep).length
    return { step: writtenStep + 1, ...(runs > 1 && { run: at - first + 1, runs }) }
  })
}

/** Frames put together without a pause. */
const PAUSE = 256

/** A replay as it is shown. Yields every few hundred frames. */
export function* viewReplay(
  run: KeptRun,
  rule: SequenceRule,
  replay: Replay,
  around: Row | undefined,
): Generator<void, ReplayView> {
  const viewer = new FrameViewer(run, rule)
  const frames: ReplayFrame[] = []
  for (const frame of replay.frames) {
    frames.push(viewer.view(frame))
    if (frames.length % PAUSE === 0) yield
  }
  const isPart = frames.length < replay.of
  return {
    joinKeys: nameKey(run, rule, replay.key),
    places: viewer.places,
    ...(rule.maxspan !== undefined && { maxspanMs: rule.maxspan }),
    frames,
    start: Math.max(
      0,
      frames.findIndex(({ row }) => row === around),
    ),
    ...(isPart && { note: sayPart(frames.length, replay.of) }),
  }
}

/** What is pending over many frames is one object in all of them. */
class FrameViewer {
  readonly places: readonly ReplayPlace[]
  private readonly words: ReplayWords
  private readonly seen = new Map<Pending, PendingView>()
  private last: readonly PendingView[] = []

  constructor(
    private readonly run: KeptRun,
    private readonly rule: SequenceRule,
  ) {
    const { text } = run.prepared.query
    this.places = placesOf(rule)
    this.words = {
      places: this.places,
      maxspanMs: rule.maxspan,
      nameOf: (row) => nameEvent(run, row),
      msBetween: (from, to) => spanMs(rule.order, from, to),
      textOf: ({ from, to }) => text.slice(from, to),
    }
  }

  view(frame: Frame): ReplayFrame {
    const { row, deeds } = frame
    const pending = this.viewAll(frame.pending)
    const changes = pending !== this.last || deeds.some(({ kind }) => TURNS.has(kind))
    this.last = pending
    return {
      row,
      eventId: this.run.view.table.id(row),
      time: this.rule.order.ms[row]!,
      sentence: printFrame(frame, this.words),
      deeds: [...new Set(deeds.map(({ kind }) => kind))],
      steps: [...new Set(deeds.flatMap((deed) => this.stepServed(deed)))],
      changes,
      pending,
    }
  }

  private viewAll(pending: readonly Pending[]): readonly PendingView[] {
    const views = pending.map((each) => this.viewPending(each))
    const isSame =
      views.length === this.last.length && views.every((v, at) => v === this.last[at])
    return isSame ? this.last : views
  }

  private viewPending(pending: Pending): PendingView {
    const known = this.seen.get(pending)
    if (known) return known
    const { rows, until } = pending
    const { table } = this.run.view
    const { order, maxspan } = this.rule
    const view = {
      place: rows.length - 1,
      rows,
      eventIds: rows.map((row) => table.id(row)),
      ...(maxspan !== undefined && { deadline: order.ms[rows[0]!]! + maxspan }),
      ...(until !== undefined && { until: table.id(until) }),
    }
    this.seen.set(pending, view)
    return view
  }

  private stepServed(deed: Deed): readonly number[] {
    const isServed = ['opened', 'advanced', 'matched', 'violated'].includes(deed.kind)
    return isServed && 'rows' in deed ? [this.places[deed.rows.length - 1]!.step] : []
  }
}

/** Deeds that are of note even where the same waits before and after. */
const TURNS: ReadonlySet<Deed['kind']> = new Set([
  'matched',
  'violated',
  'expired',
  'cut',
  'witness',
])
