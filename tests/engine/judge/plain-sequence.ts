import type { PlainEvent } from './plain-event'

/** An event's place in time (language.md 5.2): earlier tuples come first. */
export interface PlainMoment {
  /** Epoch nanoseconds. */
  readonly time: bigint
  /** Place of the tiebreaker among all; Infinity without one. */
  readonly tie: number
  readonly position: number
}

export interface PlainKey {
  /** The same text for equal keys only. */
  readonly id: string
  readonly printed: readonly unknown[]
  readonly order: readonly PlainKeyPart[]
}
export type PlainKeyPart = string | number | bigint | boolean | null

export interface PlainStep {
  readonly isMissing: boolean
  readonly holds: (event: PlainEvent) => boolean
  readonly keysOf: (event: PlainEvent) => readonly PlainKey[]
}

export interface PlainSequenceRule {
  readonly steps: readonly PlainStep[]
  readonly until: PlainStep | undefined
  /** Nanoseconds. */
  readonly maxspan: bigint | undefined
}

export interface TimedEvent extends PlainEvent {
  readonly moment: PlainMoment
}

export interface PlainSequence {
  readonly key: PlainKey
  readonly events: readonly TimedEvent[]
}

/** The machine of language.md 5.4, word for word; `events` in the order of time. */
export function findSequences(
  { steps, until, maxspan }: PlainSequenceRule,
  events: readonly TimedEvent[],
): PlainSequence[] {
  const positive = steps.filter((step) => !step.isMissing)
  const places = positive.map(() => new Map<string, readonly TimedEvent[]>())
  const lastUntil = new Map<string, number>()
  const candidates: PlainSequence[] = []
  const at = new Map(events.map((event, i) => [event, i]))

  for (const event of events) {
    const finished: PlainSequence[] = []
    for (let k = positive.length - 1; k >= 0; k--) {
      if (!positive[k]!.holds(event)) continue
      for (const key of positive[k]!.keysOf(event)) {
        let sequence: readonly TimedEvent[] = [event]
        if (k > 0) {
          const pending = places[k - 1]!.get(key.id)
          if (!pending) continue
          places[k - 1]!.delete(key.id)
          const span = event.moment.time - pending[0]!.moment.time
          if (maxspan !== undefined && span > maxspan) continue
          if ((lastUntil.get(key.id) ?? -1) >= at.get(pending.at(-1)!)!) continue
          sequence = [...pending, event]
        }
        if (k === positive.length - 1) finished.push({ key, events: sequence })
        else places[k]!.set(key.id, sequence)
      }
    }
    candidates.push(
      ...finished.sort((a, b) => compareSkippingNulls(a.key.order, b.key.order)),
    )
    if (until?.holds(event))
      for (const key of until.keysOf(event)) lastUntil.set(key.id, at.get(event)!)
  }
  return candidates.filter((candidate) => isQuiet(steps, maxspan, candidate, events))
}

/** The missing steps of a finished candidate (language.md 5.7). */
function isQuiet(
  steps: readonly PlainStep[],
  maxspan: bigint | undefined,
  { key, events: own }: PlainSequence,
  events: readonly TimedEvent[],
): boolean {
  const [first, last] = [own[0]!.moment.time, own.at(-1)!.moment.time]
  const leads: bigint[] = []
  const trails: bigint[] = []
  let passed = 0
  for (const step of steps) {
    if (!step.isMissing) {
      passed++
      continue
    }
    const times = events
      .filter((e) => step.holds(e) && step.keysOf(e).some(({ id }) => id === key.id))
      .map((e) => e.moment.time)
    if (passed === 0) leads.push(...times.filter((time) => time < first))
    else if (passed === own.length) trails.push(...times.filter((time) => time > last))
    else {
      const [from, to] = [own[passed - 1]!.moment.time, own[passed]!.moment.time]
      if (times.some((time) => time > from && time < to)) return false
    }
  }
  const starts = steps[0]!.isMissing
  const ends = steps.at(-1)!.isMissing
  const lead = leads.length === 0 ? undefined : leads.reduce((a, b) => (b > a ? b : a))
  const trail = trails.length === 0 ? undefined : trails.reduce((a, b) => (b < a ? b : a))
  if (lead === undefined && trail === undefined) return true
  if ((starts && lead === undefined) || (ends && trail === undefined)) return true
  return (trail ?? last) - (lead ?? first) > (maxspan ?? 0n)
}

function compareSkippingNulls(
  a: readonly PlainKeyPart[],
  b: readonly PlainKeyPart[],
): number {
  const [left, right] = [a, b].map((parts) => parts.filter((part) => part !== null)) as [
    PlainKeyPart[],
    PlainKeyPart[],
  ]
  for (const [i, part] of left.entries())
    if (i < right.length && part !== right[i]) return part! < right[i]! ? -1 : 1
  return left.length - right.length
}
