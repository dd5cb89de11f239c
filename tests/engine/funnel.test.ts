import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runRule } from '../../src/engine/run'
import type { RunResult } from '../../src/engine/result'
import { bindPlainRule } from './hand-made-rule'
import { checkDrawnRules } from './drawn-rules'
import { bindRule, runBound } from './rule-answer'

const printFunnel = ({ funnel, notes }: RunResult): string =>
  [
    ...funnel.map(({ stage, step, count }) => `${stage}${step ?? ''} ${count}`),
    ...notes,
  ].join(', ')

test('funnels', () => {
  checkDrawnRules(join(import.meta.dirname, 'funnel.txt'), (drawn, rule) =>
    printFunnel(runBound(bindRule(drawn, rule))),
  )
})

test('a long run pauses every few thousand events', () => {
  const events = Array.from({ length: 20_000 }, (_, row) => ({
    row,
    time: row,
    fits: [true, true],
    isUntil: false,
    keys: [],
  }))
  const plain = { missing: [false, false], optional: [], maxspan: 5, hasUntil: false }
  const run = runRule(bindPlainRule(plain, events), {
    size: 10,
    resultPosition: 'tail',
    maxSamplesPerKey: 1,
  })
  let pauses = 0
  let step = run.next()
  for (; !step.done; step = run.next()) pauses++
  expect(pauses).toBeGreaterThanOrEqual(4)
  expect(step.value.found).toBe(19_999)
  expect(step.value.matches.map(({ rows }) => rows[1])).toEqual(
    Array.from({ length: 10 }, (_, at) => 19_990 + at),
  )
})
