import type { Row } from '../events/row-set'
import type { Deed, Frame } from './replay-frame'
import { printDuration } from './wording'

/** Sentences of a replay: what an event did to the pending sequences of its key, and why. */

/** What the sentences need to know of the rule and its events. */
export interface ReplayWords {
  /** The positive steps, `runs` written out. */
  readonly places: readonly PlaceName[]
  readonly maxspanMs?: number | undefined
  /** `#12`, the name of an event. */
  readonly nameOf: (row: Row) => string
  /** From one event to another, ms. */
  readonly msBetween: (from: Row, to: Row) => number
  /** A stretch of the query. */
  readonly textOf: (span: { readonly from: number; readonly to: number }) => string
}

export interface PlaceName {
  /** 1-based, as written. */
  readonly step: number
  /** 1-based, where the step is written with `runs`, and how many there are. */
  readonly run?: number | undefined
  readonly runs?: number | undefined
}

/** More deeds than that are only counted: a step with many runs moves them all at once. */
const TOLD = 4

/** What one event did, as one line. */
export const printFrame = ({ row, deeds }: Frame, words: ReplayWords): string => {
  const told = deeds.slice(0, TOLD).map((deed) => printDeed(deed, row, words))
  const rest = deeds.length - told.length
  return [...told, ...(rest > 0 ? [`And ${rest} more of the kind.`] : [])].join(' ')
}

const printDeed = (deed: Deed, row: Row, words: ReplayWords): string => {
  const { nameOf, msBetween } = words
  switch (deed.kind) {
    case 'opened':
      return `Begins a sequence as ${printPlace(0, words)}${printWaiting(1, words)}.`
    case 'advanced':
      return `Is ${printPlace(deed.rows.length - 1, words)} of the sequence ${nameOf(deed.rows[0]!)} began${printWaiting(deed.rows.length, words)}.`
    case 'replaced':
      return `It takes the place of the sequence ${printChain(deed.rows, words)}, which is dropped: of two that wait for one step, the newer goes on.`
    case 'expired':
      return `Would be ${printPlace(deed.rows.length, words)}, but comes ${printDuration(deed.overMs)} after the ${printDuration(words.maxspanMs ?? 0)} limit: the sequence ${nameOf(deed.rows[0]!)} began is dropped.`
    case 'cut':
      return `Would be ${printPlace(deed.rows.length, words)}, but until came ${printDuration(msBetween(deed.until, row))} before, with ${nameOf(deed.until)}: the sequence ${nameOf(deed.rows[0]!)} began is dropped.`
    case 'matched':
      return `Is ${printPlace(deed.rows.length - 1, words)} and completes a match: ${printChain(deed.rows, words)}.`
    case 'violated':
      return `Is ${printPlace(deed.rows.length - 1, words)} and completes ${printChain(deed.rows, words)}, which is refused: ${nameOf(deed.witness)} fits step ${deed.step + 1}, which must be missing.`
    case 'until':
      return deed.ends === 0
        ? 'Satisfies until, but there is nothing to end.'
        : `Satisfies until: ${deed.ends === 1 ? 'the sequence that waits can' : `the ${deed.ends} sequences that wait can`} go no further.`
    case 'witness':
      return `Fits step ${deed.step + 1}, which must be missing: ${printChain(deed.rows, words)} is refused for it.`
    case 'quiet':
      return `Fits step ${deed.step + 1}, which must be missing, but no complete sequence is refused for it.`
    case 'unused':
      return `Fits step ${words.places[deed.place]!.step}, but nothing waits for it: no sequence stands at ${printPlace(deed.place - 1, words)}.`
    case 'outside':
      return printOutside(deed, words)
  }
}

const printOutside = (
  deed: Extract<Deed, { kind: 'outside' }>,
  { textOf }: ReplayWords,
): string => {
  const step = deed.step + 1
  if (deed.short === 'key')
    return `Is ignored: it fits step ${step}, but with another ${deed.field}.`
  const truth = `\`${clip(textOf(deed.term))}\` is ${deed.truth === null ? 'null' : 'false'}`
  const wrong =
    deed.wrong > 1 ? `, the first of ${deed.wrong} terms that are not true` : ''
  return `Is ignored: it fits no step. Nearest is step ${step}, of which ${truth}${wrong}.`
}

/** `step 2`, `run 3 of step 2` */
const printPlace = (place: number, { places }: ReplayWords): string => {
  const { step, run } = places[place]!
  return run === undefined ? `step ${step}` : `run ${run} of step ${step}`
}

const printWaiting = (place: number, words: ReplayWords): string =>
  place < words.places.length ? `, which now waits for ${printPlace(place, words)}` : ''

/** Longest chain of events that is written out. */
const CHAIN = 6

const printChain = (rows: readonly Row[], { nameOf }: ReplayWords): string => {
  const names = rows.map(nameOf)
  return names.length <= CHAIN
    ? names.join(' → ')
    : [...names.slice(0, CHAIN - 2), '…', names.at(-1)].join(' → ')
}

const LONGEST = 80

const clip = (text: string): string => {
  const line = text.replace(/\s+/g, ' ')
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line
}

/** Why there is nothing to replay. */
export const nothingToReplay = {
  events:
    'An event query looks at each event alone: nothing waits for anything, so there is nothing to replay.',
  sample:
    'A sample asks for events that go together in whatever order: nothing waits for anything, so there is nothing to replay.',
  gone: 'What this was to be a replay of is no longer among the results.',
} as const

export const sayNoKey = (name: string, fields: readonly string[]): string =>
  `${name} has no ${fields.join(' or no ')}, so it can take part in no sequence.`

/** Said where not all events of a key have a frame. */
export const sayPart = (shown: number, of: number): string =>
  `This key has ${of.toLocaleString('en')} events to tell of; ${shown.toLocaleString('en')} of them are told.`
