import fc from 'fast-check'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runToEnd } from '../../src/engine/run'
import { tuneMaxspan, type MaxspanTuning } from '../../src/explain/maxspan-tuner'
import { checkDrawnRules } from '../engine/drawn-rules'
import { bindRule, runBound } from '../engine/rule-answer'
import { drawTable, type DrawnTable } from '../support/text-table'

function tune(drawn: DrawnTable, text: string): MaxspanTuning {
  const { rule } = bindRule(drawn, text)
  if (rule.kind !== 'sequence') throw new Error(text)
  return runToEnd(tuneMaxspan(rule))
}

function printTuning(drawn: DrawnTable, text: string): string {
  const { joined, bars } = tune(drawn, text)
  const told = bars.map(
    ({ upToMs, isCurrent, sequences, gaps, matches }) =>
      `≤ ${upToMs / 1000}s${isCurrent ? '*' : ''}: ${sequences} (${gaps.join(' ')}) = ${matches}`,
  )
  return [`${joined} joined`, ...told].join(' | ')
}

test('what each maxspan would catch', () => {
  checkDrawnRules(join(import.meta.dirname, 'maxspan-tuner.txt'), printTuning)
})

const events = fc.array(
  fc.record({
    time: fc.integer({ min: 0, max: 90 }),
    category: fc.constantFrom('process', 'network', 'file', 'session'),
    user: fc.constantFrom('ann', 'bob'),
  }),
  { maxLength: 16 },
)

const draw = (drawn: readonly { time: number; category: string; user: string }[]) =>
  drawTable(
    [
      'row  time  category  user.name',
      ...drawn.map(
        ({ time, category, user }, row) => `${row}  ${time}s  ${category}  ${user}`,
      ),
    ].join('\n'),
  )

const ruleWithin = (ms: number, steps: string): string =>
  `sequence by user.name with maxspan=${ms}ms ${steps}`

test('a bar holds what a run with its maxspan finds', () => {
  const [process, network, file] = ['process', 'network', 'file'].map(
    (category) => `[${category} where true]`,
  )
  const shapes = fc.constantFrom(
    `${process} ${network} ${file}`,
    `${process} ${network} ${file} until [session where true]`,
    `${process} ${process} ${network} until ${file}`,
    `${process} ![session where true] ${network} ${file}`,
    `${process} ${network} !${file}`,
    `!${file} ${process} ${network} ![session where true]`,
  )
  fc.assert(
    fc.property(events, shapes, (drawn, steps) => {
      const table = draw(drawn)
      for (const { upToMs, matches } of tune(table, ruleWithin(7000, steps)).bars)
        expect(matches).toBe(runBound(bindRule(table, ruleWithin(upToMs, steps))).found)
    }),
    { numRuns: 100 },
  )
})

test('of two steps, the bars add up to the matches', () => {
  const steps = '[process where true] [network where true]'
  fc.assert(
    fc.property(events, (drawn) => {
      const { joined, bars } = tune(draw(drawn), ruleWithin(7000, steps))
      let sum = 0
      for (const { sequences, gaps, matches } of bars) {
        sum += sequences
        expect(gaps).toEqual([sequences])
        expect(matches).toBe(sum)
      }
      expect(sum).toBe(joined)
    }),
    { numRuns: 50 },
  )
})
