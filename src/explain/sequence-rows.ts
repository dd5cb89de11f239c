import { KeyTable } from '../engine/key-table'
import type { SequenceObserver } from '../engine/observer'
import type { CompiledRule } from '../engine/plan'
import { runRule } from '../engine/run'
import { prepareConditions } from '../engine/sequence'
import { SequenceMachine } from '../engine/sequence-machine'
import { MISSING } from '../engine/result'
import { RowSet, type Row } from '../events/row-set'

/** How far sequences come once their events are found. */
export type SequenceStage = 'joined' | 'in-time' | 'matched'

/** The events that are in a sequence, or sample, which came as far as a stage. */
export type SequenceRows = Readonly<Record<SequenceStage, RowSet>>

type SequenceRule = Extract<CompiledRule, { kind: 'sequence' }>
type SampleRule = Extract<CompiledRule, { kind: 'sample' }>

const SEQUENCES = { size: 0, resultPosition: 'head', maxSamplesPerKey: 1 } as const

/**
 * Hears a run and notes the events of every sequence that was joined, was in time, and
 * matched; the counts of the funnel are of these sequences. Yields as runs do.
 */
export function* findSequenceRows(
  rule: SequenceRule,
  size: number,
): Generator<void, SequenceRows> {
  const rows = {
    joined: new RowSet(size),
    'in-time': new RowSet(size),
    matched: new RowSet(size),
  }
  const positive = rule.steps.filter(({ missing }) => !missing).length
  const note = (set: RowSet, events: readonly Row[]): void => {
    for (const row of events) set.add(row)
  }
  const noteLast = (set: RowSet, events: readonly Row[], by: Row): void => {
    if (events.length === positive - 1) note(set, [...events, by])
  }
  const observer: SequenceObserver = {
    expired: (_, events, by) => noteLast(rows.joined, events, by),
    cut: (_, events, by) => noteLast(rows['in-time'], events, by),
    violated: (_, events) => note(rows['in-time'], events),
    matched: (_, events) => note(rows.matched, events),
  }
  yield* runRule(rule, SEQUENCES, observer)
  const inTime = rows['in-time'].or(rows.matched)
  return { joined: rows.joined.or(inTime), 'in-time': inTime, matched: rows.matched }
}

/** With fewer steps, those that satisfy them and those that joined tell it all. */
const STEPS = 3

/**
 * How many sequences came to have each positive step, 1-based as written, `runs` and all;
 * undefined where there are too few steps for that to be news. Yields as runs do.
 */
export function* countReach(
  rule: SequenceRule,
): Generator<void, ReadonlyMap<number, number> | undefined> {
  const places = rule.steps.filter(({ missing }) => !missing)
  const written = places.map(({ writtenStep }) => writtenStep + 1)
  if (new Set(written).size < STEPS) return undefined
  yield* prepareConditions(rule)
  const machine = new SequenceMachine(rule, SEQUENCES)
  yield* machine.run()
  // Of the places of one step the last is told.
  return new Map(written.map((step, place) => [step, machine.reached[place]!]))
}

/** The events with which a sequence came to have a step, 1-based as written. */
export function* findReachedRows(
  rule: SequenceRule,
  size: number,
  step: number,
): Generator<void, RowSet> {
  const places = rule.steps.filter(({ missing }) => !missing)
  const at = places.findLastIndex(({ writtenStep }) => writtenStep === step - 1)
  const rows = new RowSet(size)
  const note = (_: unknown, events: readonly Row[]): void => {
    if (events.length === at + 1) rows.add(events[at]!)
  }
  const observer = { opened: note, advanced: note, violated: note, matched: note }
  yield* runRule(rule, SEQUENCES, observer)
  return rows
}

/** The events of a sample's steps whose key has a sample. */
export function* findSampleRows(rule: SampleRule, size: number): Generator<void, RowSet> {
  const limits = { ...SEQUENCES, size: Infinity }
  const { matches } = yield* runRule(rule, limits)
  const keys = new KeyTable(rule.steps[0]?.keys ?? [])
  const readers = rule.steps.map((step) => keys.reader(step.keys, 'as written'))
  const matched = new Set<number>()
  for (let at = 0; at < matches.length; at++) {
    const [match] = matches.slice(at, at + 1)
    for (const id of sharedIds(match?.rows ?? [], readers)) matched.add(id)
    if (at % PAUSE === PAUSE - 1) yield
  }
  const found = new RowSet(size)
  for (const [at, step] of rule.steps.entries())
    for (const piece of step.condition.rows().pieces()) {
      for (const row of piece)
        if (readers[at]!.all(row).some((id) => matched.has(id))) found.add(row)
      yield
    }
  return found
}

const PAUSE = 1024

/** The keys that all events of a sample have. */
function sharedIds(
  rows: readonly (Row | typeof MISSING)[],
  readers: readonly ReturnType<KeyTable['reader']>[],
): readonly number[] {
  const ids = rows.map((row, at) => new Set(readers[at]!.all(row)))
  return [...(ids[0] ?? [])].filter((id) => ids.every((others) => others.has(id)))
}
