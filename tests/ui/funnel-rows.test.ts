import { expect, test } from 'vitest'
import type { FunnelStage } from '../../src/engine/result'
import { readFunnel } from '../../src/ui/result/funnel-rows'
import { sayNoMatch } from '../../src/ui/result/wording'

/** Counts in order: events, each step, joined, in time, matched. */
const funnelOf = (counts: readonly number[]): FunnelStage[] =>
  counts.map((count, place) => {
    const fromEnd = counts.length - 1 - place
    if (place === 0) return { stage: 'events', count }
    if (fromEnd > 2) return { stage: 'step', step: place, count }
    return { stage: (['matched', 'in-time', 'joined'] as const)[fromEnd]!, count }
  })

test('every line says its count and what was lost on the way', () => {
  const { rows, logarithmic } = readFunnel(funnelOf([12_408, 96, 1_311, 7, 3, 2]), 30_000)
  expect(rows.map((row) => `${row.count} ${row.words} ${row.drop}`.trim())).toEqual([
    '12408 events',
    '96 step 1 −99 %',
    '1311 step 2 −89 %',
    '7 joined −93 %',
    '3 within 30 s −57 %',
    '2 matched −33 %',
  ])
  expect(logarithmic).toBe(true)
})

test.each([
  ['nearly all is never all', [100_000, 1, 1, 1, 1, 1], '−99.999 %'],
  ['all is', [100_000, 0, 0, 0, 0, 0], '−100 %'],
  ['a trace is not none', [100_000, 99_999, 1, 1, 1, 1], '−<1 %'],
])('%s', (_, counts, drop) =>
  expect(readFunnel(funnelOf(counts)).rows[1]?.drop).toBe(drop),
)

test('bars keep their order, none has no length, and one is never invisible', () => {
  const { rows } = readFunnel(funnelOf([1_000_000, 1, 40, 1, 1, 0]))
  const lengths = rows.map((row) => row.length)
  expect(lengths[0]).toBe(1)
  expect(lengths[1]).toBeGreaterThan(0.02)
  expect(lengths[2]).toBeGreaterThan(lengths[1]!)
  expect(lengths[5]).toBe(0)
})

test('small funnels are drawn on a linear scale', () => {
  const { rows, logarithmic } = readFunnel(funnelOf([60, 12, 30, 12, 6, 6]))
  expect(logarithmic).toBe(false)
  expect(rows.map((row) => row.length)).toEqual([1, 0.2, 0.5, 0.2, 0.1, 0.1])
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
