import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { TruthCounts } from '../../src/engine/count-truth'
import type { Evidence } from '../../src/engine/evidence'
import { EvaluationFailure } from '../../src/engine/failure'
import type { RunResult } from '../../src/engine/result'
import { runToEnd } from '../../src/engine/run'
import { RowSet, type Row } from '../../src/events/row-set'
import { coverRule, type PartCoverage } from '../../src/explain/coverage'
import { findPlaceRows, type CoveragePlace } from '../../src/explain/coverage-list'
import { bindRule, runBound, type BoundRule } from '../engine/rule-answer'
import { drawTable } from '../support/text-table'

/*
 * Coverage is counted by sets of rows; here it is counted once more event by event, from
 * what the engine's evidence says of each.
 */

const leaf = fc.constantFrom(
  ...['user.name == "ann"', 'user.name != "ann"', 'process.name : "a*"'],
  ...['process.name == null', 'process.pid > 1', 'not process.pid > 1'],
  ...['number(process.name) == 12', '?nowhere == "x"', '?nowhere : "x"', 'true'],
)
const clause = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 2 },
    leaf,
    fc.tuple(tie('node'), tie('node')).map(([a, b]) => `(${a} or ${b})`),
    fc.tuple(tie('node'), tie('node')).map(([a, b]) => `not (${a} and ${b})`),
  ),
})).node
const query = fc
  .tuple(
    fc.constantFrom('process', 'network', 'any'),
    fc.array(clause, { minLength: 1, maxLength: 3 }),
  )
  .map(([category, clauses]) => `${category} where ${clauses.join(' and ')}`)

const cell = (...values: string[]) => fc.constantFrom('-', ...values)
const events = fc.array(
  fc.tuple(
    fc.constantFrom('1s', '2s', '3s', '4s', '9s', 'never'),
    fc.constantFrom('process', 'network', 'session'),
    cell('ann', 'bob', '[ann, bob]'),
    cell('a', 'ab', '12', '[b, a]'),
    cell('1', '2', '[1, 2]'),
  ),
  { minLength: 1, maxLength: 12 },
)
const draw = (drawn: readonly (readonly string[])[]) =>
  drawTable(
    [
      'process.name: keyword',
      'process.pid: long',
      'row  time  category  user.name  process.name  process.pid',
      ...drawn.map((cells, row) => `${row}  ${cells.join('  ')}`),
    ].join('\n'),
  )

/** The clauses of a condition on one event, `and`s right inside it taken apart. */
function clausesOf(node: Evidence): readonly Evidence[] {
  return node.kind === 'and' ? node.children.flatMap(clausesOf) : [node]
}

interface Counted {
  readonly counts: TruthCounts
  readonly operands: readonly Counted[]
}

function countOver(nodes: readonly Evidence[]): Counted {
  const counts = { true: 0, false: 0, null: 0 }
  for (const { truth } of nodes) counts[`${truth}`]++
  const operands = (nodes[0]?.children ?? []).map((_, at) =>
    countOver(nodes.map(({ children }) => children[at]!)),
  )
  return { counts, operands }
}

const withoutPlaces = ({ counts, operands }: PartCoverage): Counted => ({
  counts,
  operands: operands.map(withoutPlaces),
})

/** A rule that fails on an event has no answer, but its clauses have theirs. */
function orNothing<T>(work: () => T) {
  try {
    return { ok: true, value: work() } as const
  } catch (error) {
    if (error instanceof EvaluationFailure) return { ok: false } as const
    throw error
  }
}

const findRows = ({ rule, context }: BoundRule, place: CoveragePlace): readonly Row[] =>
  runToEnd(findPlaceRows(rule, context.table.active, place)).rows()

test('every number is that of the evidence, event by event', () => {
  fc.assert(
    fc.property(query, events, (text, drawn) => {
      const bound = bindRule(draw(drawn), text)
      const { rule, context } = bound
      if (rule.kind !== 'events') throw new Error(text)
      const { active } = context.table
      const { steps } = runToEnd(coverRule(rule, { ...context, active }))
      const [step] = steps
      const hasCategory = !text.startsWith('any')
      const all = active.rows().map((row) => {
        const [first, ...rest] = clausesOf(rule.condition.evidence(row))
        const clauses = hasCategory ? rest : [first!, ...rest]
        return { row, isOfIt: !hasCategory || first?.truth === true, clauses }
      })
      const within = all.filter(({ isOfIt }) => isOfIt)
      expect(step?.category, text).toBe(within.length)
      if (within.length === 0) return
      for (const [at, covered] of step!.clauses.entries()) {
        const here = within.map(({ clauses }) => clauses[at]!)
        expect(withoutPlaces(covered), text).toEqual(countOver(here))
        const passes = (from: number, to: number) =>
          within.filter(({ clauses }) =>
            clauses.slice(from, to).every(({ truth }) => truth === true),
          )
        const left = passes(0, at + 1).map(({ row }) => row)
        const alone = passes(0, at)
          .filter((event) => passes(at + 1, Infinity).includes(event))
          .filter(({ clauses }) => clauses[at]?.truth !== true)
          .map(({ row }) => row)
        expect([covered.left, covered.alone], text).toEqual([left.length, alone.length])
        const place = { step: 1, stage: 'clause', clause: [at] } as const
        expect(findRows(bound, { ...place, outcome: 'passed' }), text).toEqual(left)
        expect(findRows(bound, { ...place, outcome: 'alone' }), text).toEqual(alone)
        for (const truth of [true, false, null])
          expect(findRows(bound, { ...place, outcome: `${truth}` }), text).toEqual(
            within
              .filter(({ clauses }) => clauses[at]?.truth === truth)
              .map(({ row }) => row),
          )
      }
      const matched = orNothing(() => rule.condition.rows().rows())
      if (!matched.ok) return
      expect(findRows(bound, { stage: 'matched', outcome: 'passed' })).toEqual(
        matched.value,
      )
      expect(step?.selected).toBe(matched.value.length)
    }),
    { numRuns: 150 },
  )
})

const steps = fc.constantFrom(
  '[process where true] [network where true]',
  '[process where process.pid > 0] [process where process.name : "a*"] [network where true]',
  '[process where true] with runs=2 [network where true]',
  '[process where true] ![session where true] [network where true]',
)
const sequence = fc
  .tuple(
    fc.constantFrom('by user.name ', 'by ?user.name ', ''),
    fc.constantFrom('with maxspan=2s ', 'with maxspan=1h '),
    steps,
    fc.constantFrom('', ' until [session where true]'),
  )
  .map(([by, span, body, until]) => `sequence ${by}${span}${body}${until}`)

const rowsOfMatches = (size: number, { matches }: RunResult): readonly Row[] =>
  RowSet.of(
    size,
    matches.slice(0, Infinity).flatMap(({ rows }) => rows.filter((row) => row >= 0)),
  ).rows()

test('who passed and who fell at a stage are those who passed the stage before', () => {
  fc.assert(
    fc.property(sequence, events, (text, drawn) => {
      const bound = bindRule(draw(drawn), text)
      const result = runBound(bound)
      let before: readonly Row[] | undefined
      for (const stage of ['joined', 'in-time', 'matched'] as const) {
        const passed = findRows(bound, { stage, outcome: 'passed' })
        const fell = findRows(bound, { stage, outcome: 'fell' })
        expect(
          passed.filter((row) => fell.includes(row)),
          text,
        ).toEqual([])
        const both = [...passed, ...fell].sort((a, b) => a - b)
        if (before) expect(both, `${text} ${stage}`).toEqual(before)
        const counted = result.funnel.find((each) => each.stage === stage)?.count
        expect(passed.length > 0, `${text} ${stage}`).toBe(counted! > 0)
        before = passed
      }
      expect(before, text).toEqual(rowsOfMatches(drawn.length, result))
    }),
    { numRuns: 200 },
  )
})

test('of a sample those pass whose key has one, and all others that have a key fall', () => {
  const text = 'sample by user.name [process where true] [network where process.pid > 0]'
  fc.assert(
    fc.property(events, (drawn) => {
      const bound = bindRule(draw(drawn), text)
      const passed = findRows(bound, { stage: 'matched', outcome: 'passed' })
      const fell = findRows(bound, { stage: 'matched', outcome: 'fell' })
      const keyed = [1, 2].flatMap((step) =>
        findRows(bound, { step, stage: 'keyed', outcome: 'passed' }),
      )
      expect([...passed, ...fell].sort((a, b) => a - b)).toEqual(
        [...new Set(keyed)].sort((a, b) => a - b),
      )
      // Every event of a key that has a sample is in one, if enough are asked for.
      expect(passed).toEqual(rowsOfMatches(drawn.length, runBound(bound, 1000)))
    }),
    { numRuns: 100 },
  )
})
