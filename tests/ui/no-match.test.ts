import { expect, test } from 'vitest'
import type { FunnelStage } from '../../src/engine/result'
import { sayNoMatch } from '../../src/ui/result/wording'

/** Counts in order: events, each step, joined, in time, matched. */
const funnelOf = (counts: readonly number[]): FunnelStage[] =>
  counts.map((count, place) => {
    const fromEnd = counts.length - 1 - place
    if (place === 0) return { stage: 'events', count }
    if (fromEnd > 2) return { stage: 'step', step: place, count }
    return { stage: (['matched', 'in-time', 'joined'] as const)[fromEnd]!, count }
  })

test.each([
  [[0, 0, 0, 0, 0, 0], 'No events are loaded'],
  [[1200, 5, 0, 0, 0, 0], 'Step 2 fits none of the 1,200 events.'],
  [[1200, 5, 6, 0, 0, 0], 'no join key has them all'],
  [[1200, 5, 6, 4, 0, 0], '4 joined, but none within 5 m.'],
  [[1200, 5, 6, 4, 3, 0], '3 came this far'],
])('a funnel of %j says where it ends', (counts, sentence) =>
  expect(
    sayNoMatch({ kind: 'sequence', funnel: funnelOf(counts), maxspanMs: 300_000 }),
  ).toContain(sentence),
)

test('an event query has no steps to speak of', () => {
  const funnel = [
    { stage: 'events', count: 9 },
    { stage: 'step', step: 1, count: 0 },
  ] as const
  expect(sayNoMatch({ kind: 'events', funnel })).toBe(
    'None of the 9 events satisfies the query.',
  )
})
