import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileCondition } from '../../src/engine/compile-condition'
import { countTruth, countWaterfall } from '../../src/engine/count-truth'
import { LeafCache } from '../../src/engine/leaf-cache'
import type { Condition } from '../../src/engine/plan'
import { RowSet } from '../../src/events/row-set'
import { readEventQuery } from '../support/event-query'
import { drawTable } from '../support/text-table'

const drawn = drawTable(`
  row  category  name       pid     path
  0    process   cmd.exe    7       C:\\a
  1    process   [a, b]     -       C:\\bb
  2    process   -          9       -
  3    file      12         [1, 2]  null
  4    file      cmd.exe    -       C:\\a
`)

const compile = (text: string): Condition =>
  compileCondition(readEventQuery(text), {
    ...drawn,
    categoryField: 'event.category',
    now: 0,
    leaves: new LeafCache(),
  })

const leaf = fc.constantFrom(
  'name == "cmd.exe"',
  'name != "cmd.exe"',
  'name == null',
  'pid > 6',
  'not pid > 6',
  'length(path) == 4',
  'length(path) != 4',
  'number(name) == 12',
  'number(name) != 12',
  'concat(name, pid) : "a*"',
  'pid + length(path) > 9',
  '?nowhere : "x"',
  '?nowhere == null',
  '(pid == 7 or name == "a")',
  'not (pid == 7 and ?nowhere : "x")',
)
const condition = fc
  .tuple(
    fc.constantFrom('process', 'file', 'any'),
    fc.array(leaf, { minLength: 1, maxLength: 4 }),
  )
  .map(([category, leaves]) => `${category} where ${leaves.join(' and ')}`)
const rows = fc.subarray([0, 1, 2, 3, 4])

test('counts of a term are those of its evidence, row by row', () => {
  fc.assert(
    fc.property(condition, rows, (text, among) => {
      for (const term of compile(text).terms) {
        const counts = { true: 0, false: 0, null: 0 }
        for (const row of among) counts[`${term.evidence(row).truth}`]++
        expect(countTruth(term, RowSet.of(5, among)), text).toEqual(counts)
      }
    }),
    { numRuns: 300 },
  )
})

test('a waterfall counts what is left after each term', () => {
  const all = RowSet.all(5)
  const condition = compile('process where name != "x" and pid > 6 and path != null')
  expect(countWaterfall(condition, all)).toEqual([3, 3, 2, 1])
})
