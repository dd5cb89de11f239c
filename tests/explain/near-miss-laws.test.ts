import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { NearMiss } from '../../src/explain/explanation'
import type { Row } from '../../src/events/row-set'
import type { Query, Step } from '../../src/language/ast'
import { stepsOf } from '../../src/language/walk'
import { bindRule, runBound } from '../engine/rule-answer'
import type { DrawnTable } from '../support/text-table'
import { nearMissesOf } from './repair-answer'
import {
  drawEvents,
  drawnEvents,
  drawnQueries,
  drawnSamples,
  drawnSequences,
  type DrawnEvent,
} from './drawn-worlds'

/*
 * What a near miss says is looked up once more: conditions by running each step, each
 * clause, as an event query of its own, keys and times by what was drawn.
 */

interface World {
  readonly events: readonly DrawnEvent[]
  readonly drawn: DrawnTable
  readonly query: Query
  /** What an event query finds, once asked. */
  readonly found: Map<string, ReadonlySet<number>>
}

const rowsOf = ({ drawn, found }: World, text: string): ReadonlySet<number> => {
  const matches = () => runBound(bindRule(drawn, text)).matches.map(({ rows }) => rows)
  const rows = found.get(text) ?? new Set(matches().flat())
  found.set(text, rows)
  return rows
}

/** The events that satisfy a step. */
const fitting = (world: World, { query: { from, to } }: Step) =>
  rowsOf(world, world.query.text.slice(from, to))

/** The parts of a step that an event has to satisfy, and where they stand. */
const termsOf = ({ query: { text } }: World, { query }: Step): readonly string[] => {
  const { condition, category } = query
  const clauses = condition.kind === 'and' ? condition.operands : [condition]
  return [
    ...(text.slice(category.from, category.to) === 'any'
      ? []
      : [`${text.slice(category.from, category.to)} where true`]),
    ...clauses.map(({ from, to }) => `any where ${text.slice(from, to)}`),
  ]
}

const listOf = (cell: string): readonly string[] =>
  cell === '-' ? [] : cell.replace(/[[\]]/g, '').split(', ')

const valuesOf = (event: DrawnEvent, field: string): readonly string[] =>
  listOf(field === 'user.name' ? event.user : event.name)

/** The field by which a step is joined, for each part of the key. */
const keysOf = ({ query: { body } }: World, step: Step) =>
  body.kind === 'event' ? [] : [...body.by, ...step.by]

/** Whether an event has the key of the near miss, but for the part with that name. */
const hasKey = (world: World, miss: NearMiss, at: number, row: Row, but?: string) =>
  keysOf(world, stepsOf(world.query)[at]!).every(({ name, optional }, part) => {
    if (name === but) return true
    const values = valuesOf(world.events[row]!, name)
    const { value } = miss.joinKeys[part]!
    return value === null
      ? values.length === 0 && optional
      : values.includes(String(value))
  })

function checkMiss(world: World, miss: NearMiss): void {
  const { events, query } = world
  const { fault, rows, culprit, step } = miss
  const steps = stepsOf(query)
  const ms = (row: Row): number => events[row]!.time * 1000
  const timed = steps.flatMap(({ missing }, at) => {
    const row = rows[at]
    return missing || row === undefined ? [] : [{ at, row }]
  })
  const isSequence = query.body.kind === 'sequence'
  const maxspan = query.body.kind === 'sequence' ? query.body.maxspan?.ms : undefined
  const isShort = ['condition', 'null', 'category'].includes(fault.cause)

  // Every event but the culprit is what it is shown as: it fits, and has the key.
  for (const { at, row } of timed) {
    const isCulprit = row === culprit && at === step - 1
    if (!(isShort && isCulprit)) expect(fitting(world, steps[at]!)).toContain(row)
    if (query.body.kind !== 'event') {
      const but = isCulprit && 'name' in fault ? fault.name : undefined
      expect(hasKey(world, miss, at, row, but)).toBe(true)
    }
  }
  if (isSequence && fault.cause !== 'order')
    for (const [place, { row }] of timed.entries())
      expect(place === 0 || ms(row) >= ms(timed[place - 1]!.row)).toBe(true)

  const own = steps[step - 1]!
  switch (fault.cause) {
    case 'condition':
    case 'null':
    case 'category': {
      const failed = termsOf(world, own).filter(
        (term) => !rowsOf(world, term).has(culprit),
      )
      expect(failed).toHaveLength(1)
      const text = query.text.slice(miss.span.from, miss.span.to)
      expect(failed[0]).toContain(text)
      const isCategory = failed[0]!.endsWith('where true')
      expect(fault.cause === 'category').toBe(isCategory)
      for (const { field } of fault.values)
        if (fault.cause === 'null') expect(valuesOf(events[culprit]!, field)).toEqual([])
      return
    }
    case 'key': {
      const values = valuesOf(events[culprit]!, fault.name)
      expect(values).toContain(String(fault.found))
      expect(values).not.toContain(String(fault.wanted))
      return
    }
    case 'key-null':
      expect(valuesOf(events[culprit]!, fault.name)).toEqual([])
      return
    case 'maxspan': {
      const span = ms(culprit) - ms(miss.events[0]!)
      expect(span - maxspan!).toBe(fault.overMs)
      expect(fault.overMs).toBeGreaterThan(0)
      expect(fault.limitMs).toBe(maxspan)
      return
    }
    case 'order': {
      const before = miss.events[miss.events.indexOf(culprit) - 1]!
      expect(ms(before) - ms(culprit)).toBe(fault.aheadMs)
      expect(fault.aheadMs).toBeGreaterThanOrEqual(0)
      return
    }
    case 'until': {
      const { until } = query.body as { until?: Step }
      expect(fitting(world, until!)).toContain(culprit)
      expect(hasKey(world, miss, step - 1, culprit)).toBe(true)
      const next = rows[step - 1] ?? miss.events.find((row) => ms(row) >= ms(culprit))!
      expect(ms(culprit)).toBeLessThanOrEqual(ms(next))
      return
    }
    case 'missing':
      expect(own.missing).toBe(true)
      expect(fitting(world, own)).toContain(culprit)
      expect(hasKey(world, miss, step - 1, culprit)).toBe(true)
      return
    case 'replaced':
      expect(ms(fault.by) - ms(rows[step - 2] ?? timed[0]!.row)).toBeGreaterThanOrEqual(0)
      expect(ms(fault.by)).toBeLessThanOrEqual(ms(culprit))
      return
    case 'runs':
      expect(own.runs).toBe(fault.of)
      expect(fault.have).toBeLessThan(fault.of)
      expect(
        miss.events.filter((row) => fitting(world, own).has(row)).length,
      ).toBeGreaterThanOrEqual(fault.have)
  }
}

const rules = fc.oneof(
  { weight: 5, arbitrary: drawnSequences },
  { weight: 1, arbitrary: drawnSamples },
  { weight: 1, arbitrary: drawnQueries },
)

test('what a near miss says holds when it is looked up once more', () => {
  const met = new Map<string, number>()
  fc.assert(
    fc.property(drawnEvents, rules, (events, text) => {
      const drawn = drawEvents(events)
      const { query } = bindRule(drawn, text)
      const world = { events, drawn, query, found: new Map<string, Set<number>>() }
      const matches = runBound(bindRule(drawn, text)).matches.map(({ rows }) => rows)
      for (const miss of nearMissesOf(drawn, text)) {
        met.set(miss.cause, (met.get(miss.cause) ?? 0) + 1)
        checkMiss(world, miss)
        const isMatch = matches.some((rows) =>
          miss.rows.every((row) => row === undefined || rows.includes(row)),
        )
        expect(isMatch).toBe(false)
      }
    }),
    { numRuns: 150 },
  )
  // Some are rare.
  expect(met.size).toBeGreaterThan(8)
})
