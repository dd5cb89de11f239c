import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { KeyTuple } from '../../src/engine/observer'
import { MISSING } from '../../src/engine/result'
import { runRule, runToEnd } from '../../src/engine/run'
import { RowSet } from '../../src/events/row-set'
import { readEventRoles } from '../../src/explain/event-role'
import { replaySequences } from '../../src/explain/replay'
import { prepareShortfalls } from '../../src/explain/shortfall'
import { bindRule, runBound } from '../engine/rule-answer'
import { drawEvents, drawnEvents, drawnSequences, type DrawnEvent } from './drawn-worlds'

/* Rules as written, with runs, until, missing steps and arrays in keys. */

const NOTHING = { size: 0, resultPosition: 'tail', maxSamplesPerKey: 1 } as const

function bind(events: readonly DrawnEvent[], text: string) {
  const bound = bindRule(drawEvents(events), text)
  if (bound.rule.kind !== 'sequence') throw new Error(text)
  const found = runBound(bound).matches.map(({ rows, joinKeys = [] }) => ({
    rows: rows.filter((row) => row !== MISSING),
    key: String(joinKeys),
  }))
  return { rule: bound.rule, found }
}

test('the matches that replays tell of are those of a run', () => {
  fc.assert(
    fc.property(drawnEvents, drawnSequences, (events, text) => {
      const { rule, found } = bind(events, text)
      const keys = new Map<string, KeyTuple>()
      const opened = (key: KeyTuple): unknown => keys.set(JSON.stringify(key), key)
      runToEnd(runRule(rule, NOTHING, { opened: (key) => void opened(key) }))
      const told = [...keys.values()].flatMap((key) =>
        runToEnd(replaySequences(rule, key)).frames.flatMap(({ deeds }) =>
          deeds.flatMap((deed) =>
            deed.kind === 'matched' ? [`${key.join()}: ${deed.rows.join(' ')}`] : [],
          ),
        ),
      )
      const expected = found.map(({ rows, key }) => `${key}: ${rows.join(' ')}`)
      expect(told.sort()).toEqual(expected.sort())
    }),
    { numRuns: 100 },
  )
})

test('the events that are told to be of a match are those of the matches', () => {
  fc.assert(
    fc.property(drawnEvents, drawnSequences, (events, text) => {
      const { rule, found } = bind(events, text)
      const positive = rule.steps.filter(({ missing }) => !missing)
      const told = events.flatMap((_, row) =>
        runToEnd(readEventRoles(rule, row)).flatMap(({ step, keys, deed }) => {
          const isOfMatch = 'end' in deed && deed.end.kind === 'matched'
          const key = keys.map(({ value }) => value).join()
          return isOfMatch ? [`${row} ${step} ${key}`] : []
        }),
      )
      const expected = found.flatMap(({ rows, key }) =>
        rows.map((row, at) => `${row} ${positive[at]!.writtenStep + 1} ${key}`),
      )
      // As a run of a step an event may be of two matches.
      expect(told.sort()).toEqual([...new Set(expected)].sort())
    }),
    { numRuns: 100 },
  )
})

test('what events fall short of is the same looked up for all and one by one', () => {
  fc.assert(
    fc.property(drawnEvents, drawnSequences, (events, text) => {
      const { rule } = bind(events, text)
      const key = rule.steps[0]!.keys.map(() => 'ann')
      const of = (rows: RowSet) => runToEnd(prepareShortfalls(rule, key, rows))
      const [all, none] = [RowSet.all(events.length), new RowSet(events.length)].map(of)
      for (const row of events.keys()) expect(all!(row)).toEqual(none!(row))
    }),
    { numRuns: 80 },
  )
})
