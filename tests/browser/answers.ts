import type { FunnelStage } from '../../src/engine/result'
import type { MatchView, NearMissView, StepEvent } from '../../src/worker/api'
import type {
  ShownAnswer,
  ShownGroup,
  ShownOutcome,
} from '../../src/ui/state/shown-answer'

export const START = Date.UTC(2026, 10, 20, 10, 0, 2, 123)

export const eventOf = (
  step: number,
  row: number,
  time: number,
  fields: Readonly<Record<string, string>> = { 'process.name': 'tool.exe' },
): StepEvent => ({
  step,
  row,
  eventId: `e${row}`,
  time,
  category: 'process',
  fields: Object.entries(fields).map(([name, value]) => ({ name, value })),
})

export const matchOf = (place: number): MatchView => ({
  joinKeys: [{ name: 'host.id', value: `host-${place}` }],
  spanMs: 6000,
  steps: [
    eventOf(1, place * 10, START + place * 60_000),
    { step: 2, missing: true },
    eventOf(3, place * 10 + 1, START + place * 60_000 + 6000),
  ],
})

export const nearMissOf = (place: number): NearMissView => ({
  cause: 'maxspan',
  step: 3,
  sentence: `Step 3 came ${place + 1} s after the 30 s limit.`,
  slack: `+${place + 1} s`,
  span: { from: 0, to: 8 },
  culprit: place * 10 + 6,
  joinKeys: [{ name: 'host.id', value: `host-${place}` }],
  steps: [
    eventOf(1, place * 10 + 5, START),
    eventOf(3, place * 10 + 6, START + 31_000 + place * 1000),
  ],
})

export const FUNNEL: readonly FunnelStage[] = [
  { stage: 'events', count: 12_408 },
  { stage: 'step', step: 1, count: 96 },
  { stage: 'step', step: 3, count: 40 },
  { stage: 'joined', count: 7 },
  { stage: 'in-time', count: 3 },
  { stage: 'matched', count: 2 },
]

/** Near misses of one reason by their places, of so many in all. */
export const groupOf = (
  places: readonly number[],
  count = places.length,
  isOpen = false,
): ShownGroup => ({
  count,
  sentence: count > 1 ? `${count} hosts miss for the same reason: step 3 came late.` : '',
  isOpen,
  members: places.map((place) => ({ place, nearMiss: nearMissOf(place) })),
})

/** An answer with so many cards fetched, of so many in all. */
export const answerOf = (
  matches: number,
  nearMisses: number,
  more: Partial<ShownAnswer> = {},
): ShownAnswer => ({
  kind: 'sequence',
  stepCount: 3,
  maxspanMs: 30_000,
  matchCount: matches,
  nearMissCount: nearMisses,
  funnel: FUNNEL,
  matches: Array.from({ length: matches }, (_, at) => matchOf(at)),
  groupCount: nearMisses,
  groups: Array.from({ length: nearMisses }, (_, at) => groupOf([at])),
  notes: [],
  tookMs: 38.4,
  ...more,
})

export const outcomeOf = (
  answer?: ShownAnswer,
  more: Partial<ShownOutcome> = {},
): ShownOutcome => ({
  ruleId: 'rule',
  ticket: 1,
  version: 1,
  diagnostics: [],
  answer,
  ...more,
})
