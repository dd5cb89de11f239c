import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { roundMaxspan } from '../../src/explain/round-maxspan'
import { checkDrawnRules } from '../engine/drawn-rules'
import type { DrawnTable } from '../support/text-table'
import { nearMissesOf, repairsOf } from './repair-answer'

const SHOWN = 4

/** `cause culprit: best repair +others -lost, …`, for each near miss. */
function printRepairs(drawn: DrawnTable, text: string): string {
  const lines = nearMissesOf(drawn, text).map((miss) => {
    const { list, none = '' } = repairsOf(drawn, text, miss)
    const told = list
      .slice(0, SHOWN)
      .map(({ sentence, others, lost, note }) =>
        [sentence, `+${others}`, `-${lost}`, ...(note ? [`(${note})`] : [])].join(' '),
      )
    const culprit = drawn.table.id(miss.culprit)
    return `${miss.cause} ${culprit}: ${told.join(', ') || none}`
  })
  return lines.join(' | ') || 'none'
}

describe('repairs', () => {
  test('of near misses over drawn events', () => {
    checkDrawnRules(join(import.meta.dirname, 'repairs.txt'), printRepairs)
  })

  test.each([
    [3, '5ms'],
    [1000, '1s'],
    [11_500, '12s'],
    [59_000, '1m'],
    [61_000, '90s'],
    [340_000, '6m'],
    [91 * 60_000, '2h'],
    [25 * 3_600_000, '36h'],
    [40 * 86_400_000, '40d'],
  ])('a maxspan of %d ms is rounded up to %s', (ms, text) => {
    expect(roundMaxspan(ms)).toBe(text)
  })
})
