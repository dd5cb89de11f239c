import { expect, test } from 'vitest'
import { runToEnd } from '../../src/engine/run'
import { explainEvent } from '../../src/explain/explain'
import { findNearMisses } from '../../src/explain/near-miss'
import { bindRule, runBound } from '../engine/rule-answer'
import { drawTable } from '../support/text-table'

const drawn = drawTable(`
  row  time  category  user.name  process.name
  1    0s    process   ann        a.exe
  2    1s    process   ann        b.exe
  3    2s    network   ann        -
`)

test('an event is explained at every step as written, runs once', () => {
  const text = `sequence by user.name
    [process where process.name == "a.exe"] with runs=2 [network where true]`
  const { rule } = bindRule(drawn, text)
  const truths = [0, 1, 2].map((row) =>
    explainEvent(rule, row).map(({ step, evidence }) => [step, evidence.truth]),
  )
  expect(truths).toEqual([
    [
      [1, true],
      [2, false],
    ],
    [
      [1, false],
      [2, false],
    ],
    [
      [1, false],
      [2, true],
    ],
  ])
})

test('a search that stops at its cap says so', () => {
  const bound = bindRule(
    drawn,
    'sequence by user.name [process where true] [file where true]',
  )
  const search = (cap: number): unknown =>
    runToEnd(
      findNearMisses(
        bound.query,
        bound.rule,
        bound.context.table.active,
        runBound(bound),
        { cap },
      ),
    ).capped
  expect(search(10)).toBeUndefined()
  expect(search(1)).toEqual({ examined: 1, of: 2 })
})

test('a term that fails on the data leaves no near misses, and throws nothing', () => {
  const bound = bindRule(
    drawn,
    'process where user.name == "zoe" and number(process.name) > 1',
  )
  const result = runBound(bound)
  expect(result.found).toBe(0)
  expect(
    runToEnd(findNearMisses(bound.query, bound.rule, bound.context.table.active, result)),
  ).toEqual({ list: [] })
})
