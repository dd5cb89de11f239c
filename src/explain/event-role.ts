import type { KeyTuple, SequenceObserver } from '../engine/observer'
import type { CompiledStep } from '../engine/plan'
import { replayKey, type SequenceRule } from '../engine/sequence'
import { spanMs } from '../engine/time-span'
import type { Row } from '../events/row-set'
import { NO_RANK } from '../events/table'
import { readKeyEvents } from './key-events'
import { keysAt, lackingKeys, nameOfKey, printKeys, type RoleKeys } from './role-keys'

/** What became of a sequence after an event had joined it; steps are 1-based, as written. */
export type SequenceEnd =
  | { readonly kind: 'matched' }
  | { readonly kind: 'replaced'; readonly afterMs: number }
  | { readonly kind: 'expired'; readonly next: number; readonly overMs: number }
  | { readonly kind: 'cut'; readonly next: number }
  | { readonly kind: 'violated'; readonly missing: number }
  | { readonly kind: 'waiting'; readonly next: number }

/** What an event did as one step of a sequence rule, for one join key. */
export type EventDeed =
  | { readonly kind: 'opened' | 'advanced' | 'completed'; readonly end?: SequenceEnd }
  | { readonly kind: 'expired'; readonly overMs: number; readonly limitMs: number }
  | { readonly kind: 'cut' }
  /** Nothing was waiting that it could have carried on. */
  | { readonly kind: 'ignored'; readonly before: number; readonly run?: number }
  /** It fits a missing step. */
  | { readonly kind: 'broke' | 'harmless' }
  /** It satisfies until. */
  | { readonly kind: 'ended'; readonly count: number }
  | { readonly kind: 'keyless'; readonly fields: readonly string[] }
  | { readonly kind: 'timeless' }

export interface EventRole {
  /** 1-based, as written; one more than there are for until. */
  readonly step: number
  readonly keys: RoleKeys
  readonly deed: EventDeed
}

/**
 * What became of one event in the sequences of a rule (language.md 5.4 to 5.8), for every
 * step that it satisfies: the sequences of its keys are replayed, and listened to.
 */
export function* readEventRoles(
  rule: SequenceRule,
  row: Row,
): Generator<void, readonly EventRole[]> {
  const fit: CompiledStep[] = []
  for (const step of stepsOf(rule))
    if ((yield* step.condition.prepare()).has(row)) fit.push(step)
  const roles: EventRole[] = []
  const replayed = new Map<string, Listener>()
  for (const step of fit) {
    const tell = (deed: EventDeed, key: KeyTuple = []): unknown =>
      roles.push({ step: step.writtenStep + 1, keys: printKeys(step, key), deed })
    if (rule.order.rank[row] === NO_RANK) tell({ kind: 'timeless' })
    else {
      const keys = keysAt(step, row, step === rule.until ? 'always' : 'as written')
      if (keys.length === 0) tell({ kind: 'keyless', fields: lackingKeys(step, row) })
      for (const key of keys) {
        const name = nameOfKey(key)
        const heard = replayed.get(name) ?? (yield* listen(rule, key, row))
        replayed.set(name, heard)
        tell(heard.deedAt(step), key)
      }
    }
  }
  return roles
}

/** Each step as written once, and until. */
const stepsOf = ({ steps, until }: SequenceRule): readonly CompiledStep[] => [
  ...steps.filter((step, at) => steps[at - 1]?.writtenStep !== step.writtenStep),
  ...(until ? [until] : []),
]

function* listen(rule: SequenceRule, key: KeyTuple, row: Row): Generator<void, Listener> {
  const listener = new Listener(rule, row)
  const events = yield* readKeyEvents(rule, key)
  yield* replayKey(events.rule, key, listener.observer)
  return listener
}

/** Hears what a replay tells of one event, by its place among the positive steps. */
class Listener {
  private readonly positive: readonly CompiledStep[]
  private readonly deeds = new Map<number, EventDeed>()
  private readonly ends = new Map<number, SequenceEnd>()
  private readonly broken = new Set<number>()
  private cutCount = 0

  constructor(
    private readonly rule: SequenceRule,
    private readonly row: Row,
  ) {
    this.positive = rule.steps.filter(({ missing }) => !missing)
  }

  get observer(): SequenceObserver {
    const { row, rule } = this
    return {
      opened: (_, rows) => this.took(rows, 'opened'),
      advanced: (_, rows) => this.took(rows, 'advanced'),
      matched: (_, rows) => {
        this.took(rows, 'completed')
        this.end(rows, { kind: 'matched' })
      },
      violated: (_, rows, step, witness) => {
        this.took(rows, 'completed')
        this.end(rows, { kind: 'violated', missing: step + 1 })
        if (witness === row) this.broken.add(step)
      },
      replaced: (_, rows, by) => {
        const afterMs = spanMs(rule.order, rows.at(-1)!, by)
        this.end(rows, { kind: 'replaced', afterMs })
      },
      expired: (_, rows, by, overMs) => {
        const limitMs = rule.maxspan!
        if (by === row) this.deeds.set(rows.length, { kind: 'expired', overMs, limitMs })
        this.end(rows, { kind: 'expired', next: this.writtenAt(rows.length), overMs })
      },
      cut: (_, rows, by, until) => {
        if (until === row) this.cutCount++
        if (by === row) this.deeds.set(rows.length, { kind: 'cut' })
        this.end(rows, { kind: 'cut', next: this.writtenAt(rows.length) })
      },
      waiting: (_, rows) =>
        this.end(rows, { kind: 'waiting', next: this.writtenAt(rows.length) }),
    }
  }

  private took(rows: readonly Row[], kind: 'opened' | 'advanced' | 'completed'): void {
    if (rows.at(-1) === this.row) this.deeds.set(rows.length - 1, { kind })
  }

  private end(rows: readonly Row[], end: SequenceEnd): void {
    const at = rows.indexOf(this.row)
    if (at >= 0) this.ends.set(at, end)
  }

  private writtenAt(at: number): number {
    return (this.positive[at]?.writtenStep ?? 0) + 1
  }

  /** That of a match, else the farthest it came; runs of a step are several places. */
  deedAt(step: CompiledStep): EventDeed {
    const { writtenStep } = step
    if (step === this.rule.until) return { kind: 'ended', count: this.cutCount }
    if (step.missing) return { kind: this.broken.has(writtenStep) ? 'broke' : 'harmless' }
    const isOfStep = (other: CompiledStep): boolean => other.writtenStep === writtenStep
    const places = this.positive.flatMap((other, at) =>
      isOfStep(other) && this.deeds.has(at) ? [at] : [],
    )
    const at =
      places.findLast((place) => this.ends.get(place)?.kind === 'matched') ??
      places.at(-1)
    if (at === undefined) return this.ignoredAt(this.positive.findIndex(isOfStep))
    const deed = this.deeds.get(at)!
    const end = this.ends.get(at)
    return 'overMs' in deed || !end ? deed : { ...deed, ...{ end } }
  }

  private ignoredAt(at: number): EventDeed {
    const before = this.positive[at - 1]!
    const runs = this.positive.filter(
      ({ writtenStep }) => writtenStep === before.writtenStep,
    ).length
    return {
      kind: 'ignored',
      before: before.writtenStep + 1,
      ...(runs > 1 && { run: runs }),
    }
  }
}
