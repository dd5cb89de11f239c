import fc from 'fast-check'
import { expect, test } from 'vitest'
import { runRule, runToEnd } from '../../src/engine/run'
import type { Row } from '../../src/events/row-set'
import { countReach, findReachedRows } from '../../src/explain/sequence-rows'
import { bindPlainRule } from '../engine/hand-made-rule'
import { worlds } from '../engine/plain-worlds'

const NOTHING = { size: 0, resultPosition: 'tail', maxSamplesPerKey: 1 } as const

test('a step was reached as often as the run says that it was', () => {
  fc.assert(
    fc.property(worlds, ({ rule, events }) => {
      const bound = bindPlainRule(rule, events)
      const places = rule.missing.flatMap((missing, at) => (missing ? [] : [at + 1]))
      const counted = new Map(places.map((step) => [step, 0]))
      const reachers = new Map(places.map((step) => [step, new Set<Row>()]))
      const count = (_: unknown, rows: readonly Row[]): void => {
        const step = places[rows.length - 1]!
        counted.set(step, counted.get(step)! + 1)
        reachers.get(step)!.add(rows.at(-1)!)
      }
      // A sequence of one step is both opened and whole.
      const whole = places.length > 1 ? { violated: count, matched: count } : {}
      const observer = { opened: count, advanced: count, ...whole }
      runToEnd(runRule(bound, NOTHING, observer))
      const reach = runToEnd(countReach(bound))
      expect(reach).toEqual(places.length > 2 ? counted : undefined)
      for (const step of places) {
        const rows = runToEnd(findReachedRows(bound, events.length, step))
        expect(new Set(rows.rows())).toEqual(reachers.get(step))
      }
    }),
    { numRuns: 300 },
  )
})
