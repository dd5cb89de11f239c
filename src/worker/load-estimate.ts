import { growthOf } from '../ingest/column-measure'
import { isPacked, measureSource, memoryOf, type SourceMeasure } from '../ingest/estimate'
import type { SourceFile } from '../ingest/source'
import type { LoadChoice, LoadEstimate } from './load-api'
import type { RuleNeeds } from './rule-needs'

/** Files up to this size are not looked at: they fit, bytes. */
const SMALL = 32 * 1024 * 1024
/** Of archives, which may hold 80 times as much. */
const SMALL_PACKED = 1024 * 1024
/** What is kept of a file at a time should leave some room. */
const COMFORT = 0.9
/** Fewer keys than this are no choice: with them goes most of what is there. */
const FEW_KEYS = 10
/** Where so few keys fit with all their fields, few fields of more keys tell more. */
const WIDE_SHARE = 0.05

/**
 * Looks at the beginning of a source, and says what the whole would take, and what less
 * could be read where room is scarce (experience.md 3.6). `budgetBytes`: what there is.
 */
export async function estimateLoad(
  file: SourceFile,
  findNeeds: () => Promise<RuleNeeds>,
  budgetBytes: number,
): Promise<LoadEstimate> {
  const bytes = file.blob.size
  if (bytes <= budgetBytes && (await isSmall(file.blob)))
    return smallLoad(bytes, budgetBytes)
  const needs = await findNeeds()
  const measure = await measureSource(file)
  const { events, columns } = measure
  const memoryBytes = memoryOf(columns, events)
  const all: LoadChoice = { kind: 'all', memoryBytes, events, keep: {} }
  const choices = [
    all,
    fieldsChoice(measure, needs),
    keysChoice(measure, needs, budgetBytes),
    timeChoice(measure, budgetBytes),
  ]
  return {
    bytes,
    events,
    memoryBytes,
    budgetBytes,
    fits: memoryBytes <= budgetBytes,
    choices: choices.filter((choice) => choice !== undefined),
  }
}

async function isSmall(blob: Blob): Promise<boolean> {
  if (blob.size <= SMALL_PACKED) return true
  return blob.size <= SMALL && !(await isPacked(blob))
}

/** Columns never take more than the text they were read from, but for very few events. */
function smallLoad(bytes: number, budgetBytes: number): LoadEstimate {
  const events = Math.ceil(bytes / 1000)
  const all: LoadChoice = { kind: 'all', memoryBytes: bytes, events, keep: {} }
  return { bytes, events, memoryBytes: bytes, budgetBytes, fits: true, choices: [all] }
}

function fieldsChoice({ events, columns }: SourceMeasure, needs: RuleNeeds): LoadChoice {
  const wanted = new Set(needs.fields)
  const memoryBytes = memoryOf(columns, events, (name) => wanted.has(name))
  return { kind: 'fields', memoryBytes, events, keep: { fields: needs.fields } }
}

/** So many whole keys that they fit; of few fields, where of all it would be hardly any. */
function keysChoice(
  { events, columns }: SourceMeasure,
  { key, fields }: RuleNeeds,
  budgetBytes: number,
): LoadChoice | undefined {
  const column = columns.find(({ name }) => name === key)
  if (!column || growthOf(column, events).distinct < FEW_KEYS) return undefined
  const wanted = new Set(fields)
  // Events without the field belong to no key, and go.
  const keyed = Math.round((events * column.filled) / Math.max(1, column.events))
  const whole = partThatFits(keyed, budgetBytes, (kept) => memoryOf(columns, kept))
  const lean = partThatFits(keyed, budgetBytes, (kept) =>
    memoryOf(columns, kept, (name) => wanted.has(name)),
  )
  const isWide = whole.share >= WIDE_SHARE
  const { share, ...part } = isWide ? whole : lean
  const keys = { field: key, share }
  if (share === 0) return undefined
  return { kind: 'keys', ...part, keep: isWide ? { keys } : { keys, fields } }
}

/** The first part in time that fits. */
function timeChoice(
  { events, columns, clock }: SourceMeasure,
  budgetBytes: number,
): LoadChoice | undefined {
  const { share, ...part } = partThatFits(events, budgetBytes, (kept) =>
    memoryOf(columns, kept),
  )
  if (!clock || clock.from === clock.to || share === 0) return undefined
  const { from } = clock
  const to = Math.ceil(from + (clock.to - from) * share) + 1
  return { kind: 'time', ...part, keep: { time: { from, to } } }
}

/** In whole hundredths, the largest part that fits with some room left; 0 for none. */
function partThatFits(
  events: number,
  budgetBytes: number,
  memoryAt: (events: number) => number,
) {
  const room = budgetBytes * COMFORT
  for (let share = memoryAt(events) <= room ? 50 : 99; share > 0; share--) {
    const kept = Math.round((events * share) / 100)
    const memoryBytes = memoryAt(kept)
    if (memoryBytes <= room) return { share: share / 100, events: kept, memoryBytes }
  }
  return { share: 0, events: 0, memoryBytes: 0 }
}
