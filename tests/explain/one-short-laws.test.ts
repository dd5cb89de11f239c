import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EvaluationFailure } from '../../src/engine/failure'
import type { Condition } from '../../src/engine/plan'
import { runToEnd } from '../../src/engine/run'
import type { Row, RowSet } from '../../src/events/row-set'
import { findEventsOneShort } from '../../src/explain/event-near-miss'
import { failedTerm, findRowsOneShort } from '../../src/explain/one-short'
import { bindRule, runBound, type BoundRule } from '../engine/rule-answer'
import { drawTable } from '../support/text-table'

/*
 * Events one term short are found by asking terms of ever fewer events; here every term is
 * asked of every event, by what the engine's evidence says of it.
 */

const clause = fc.constantFrom(
  ...['user.name == "ann"', 'user.name != "ann"', 'process.name : "a*"', 'true'],
  ...['process.name == null', 'process.pid > 1', 'not process.pid > 1'],
  ...['not (process.name : "a*" and user.name == "bob")', '?nowhere == "x"'],
  ...['(user.name == "bob" or process.pid == 2)', 'number(process.name) == 12'],
)
const query = fc
  .tuple(
    fc.constantFrom('process', 'network', 'any'),
    fc.array(clause, { minLength: 1, maxLength: 5 }),
  )
  .map(([category, clauses]) => `${category} where ${clauses.join(' and ')}`)

const cell = (...values: string[]) => fc.constantFrom('-', ...values)
const event = fc.tuple(
  fc.constantFrom('process', 'network', 'session'),
  cell('ann', 'bob', '[ann, bob]'),
  cell('a', 'ab', '12', '[b, a]'),
  cell('1', '2', '[1, 2]'),
)
/** A handful, of which all matter, and more than that. */
const events = fc.oneof(
  fc.array(event, { minLength: 1, maxLength: 12 }),
  fc.array(event, { minLength: 52, maxLength: 80 }),
)

function bind(drawn: readonly (readonly string[])[], text: string) {
  const bound = bindRule(
    drawTable(
      [
        'process.name: keyword',
        'process.pid: long',
        'row  time  category  user.name  process.name  process.pid',
        ...drawn.map((cells, row) => `${row}  1s  ${cells.join('  ')}`),
      ].join('\n'),
    ),
    text,
  )
  const { rule } = bound
  if (rule.kind !== 'events') throw new Error('an event query is expected')
  return { bound, rule, active: bound.context.table.active }
}

const hasAnswer = (bound: BoundRule): boolean => {
  try {
    runBound(bound)
    return true
  } catch (error) {
    if (error instanceof EvaluationFailure) return false
    throw error
  }
}

const failsOf = ({ terms }: Condition, row: Row): readonly number[] =>
  terms.flatMap((term, at) => (term.evidence(row).truth === true ? [] : [at]))

/** Which events fail one term alone, term by term; none where that tells nothing. */
function naively(condition: Condition, active: RowSet): readonly (readonly Row[])[] {
  const none = condition.terms.map(() => [])
  if (condition.constant !== undefined || condition.terms.length < 2) return none
  const fails = active.rows().map((row) => ({ row, terms: failsOf(condition, row) }))
  const failing = new Set(fails.flatMap(({ terms }) => terms))
  if (failing.size < (active.count() <= 50 ? 1 : 2)) return none
  return condition.terms.map((_, at) =>
    fails
      .filter(({ terms }) => terms.length === 1 && terms[0] === at)
      .map(({ row }) => row),
  )
}

test('the events one term short, and the term each fails', () => {
  fc.assert(
    fc.property(events, query, (drawn, text) => {
      const { bound, rule, active } = bind(drawn, text)
      fc.pre(hasAnswer(bound))
      const expected = naively(rule.condition, active)
      const short = runToEnd(findRowsOneShort(rule.condition, active))
      expect(short.rows.rows()).toEqual(expected.flat().sort((a, b) => a - b))
      for (const [at, rows] of expected.entries())
        for (const row of rows)
          expect(failedTerm(short, row)).toBe(rule.condition.terms[at])
    }),
    { numRuns: 300 },
  )
})

test('those of them that another term tells from most events, the rarest first', () => {
  fc.assert(
    fc.property(events, query, (drawn, text) => {
      const { bound, rule, active } = bind(drawn, text)
      fc.pre(hasAnswer(bound))
      const { condition } = rule
      const all = active.rows()
      const isTelling = condition.terms.map(
        (_, at) =>
          all.length <= 50 ||
          all.filter((row) => !failsOf(condition, row).includes(at)).length <
            all.length / 2,
      )
      const expected = naively(condition, active)
        .filter((_, at) => isTelling.some((telling, other) => telling && other !== at))
        .toSorted((a, b) => a.length - b.length)
        .flat()
      expect(runToEnd(findEventsOneShort(rule, active)).rows).toEqual(expected)
    }),
    { numRuns: 300 },
  )
})
