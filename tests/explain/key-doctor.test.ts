import fc from 'fast-check'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runToEnd } from '../../src/engine/run'
import { checkJoinKeys, type KeyCheck, type KeyTrial } from '../../src/explain/key-doctor'
import { editKeys, readRuleKeys, type RuleKeys } from '../../src/explain/rule-keys'
import { applyEdits } from '../../src/explain/text-edit'
import { parseQuery } from '../../src/language/parse'
import { printExpression } from '../../src/language/print'
import { stepsOf } from '../../src/language/walk'
import { checkDrawnRules } from '../engine/drawn-rules'
import { bindRule, runBound } from '../engine/rule-answer'
import { drawTable, type DrawnTable } from '../support/text-table'

const clock = { timestampField: '@timestamp' }

function check(drawn: DrawnTable, text: string): KeyCheck | undefined {
  const { query, rule, context } = bindRule(drawn, text)
  return runToEnd(checkJoinKeys(query, rule, context, clock))
}

/** `host.id, process.entity_id/process.parent.entity_id`: brackets that differ by slashes. */
const printKeys = (keys: RuleKeys): string =>
  keys.map((key) => [...new Set(key.map(({ name }) => name))].join('/')).join(', ') ||
  'none'

const printTrial = ({
  change,
  keys,
  fill,
  joined,
  matches,
  ...rest
}: KeyTrial): string => {
  const filled = fill.map(({ carrying, events }) => `${carrying}/${events}`).join(' ')
  const torn = rest.collisions.map(({ field, keys }) => `${field} ${keys}`).join(', ')
  return (
    `${change === 'none' ? '' : `${change} `}${printKeys(keys)}: ` +
    `${filled} = ${joined}, ${matches}; ${torn} of ${rest.keyCount}`
  )
}

function printCheck(drawn: DrawnTable, text: string): string {
  const told = check(drawn, text)
  return told ? [told.now, ...told.others].map(printTrial).join(' | ') : 'no keys'
}

test('what other keys would connect', () => {
  checkDrawnRules(join(import.meta.dirname, 'key-doctor.txt'), printCheck)
})

const cell = (...values: readonly string[]) => fc.constantFrom('-', ...values)
const events = fc.array(
  fc.tuple(
    fc.constantFrom('process', 'network', 'file'),
    cell('h1', 'h2'),
    cell('ann', 'bob'),
    cell('7', '8'),
    cell('a', 'b', '[a, b]'),
    cell('a', 'b'),
  ),
  { minLength: 4, maxLength: 14 },
)
const draw = (cells: readonly (readonly string[])[]): DrawnTable =>
  drawTable(
    [
      ...['host.id', 'user.name', 'process.entity_id', 'process.parent.entity_id'].map(
        (name) => `${name}: keyword`,
      ),
      'row  time  category  host.id  user.name  process.pid  process.entity_id  process.parent.entity_id',
      ...cells.map((row, at) => `${at}  ${at}s  ${row.join('  ')}`),
    ].join('\n'),
  )

const rules = fc.constantFrom(
  'sequence by process.pid [process where true] [network where true]',
  'sequence by host.id, ?user.name with maxspan=4s [process where true] [network where true]',
  'sequence [process where true] by process.entity_id [network where true] by process.parent.entity_id until [file where true] by process.entity_id',
  'sequence with maxspan=5s [process where true] ![file where true] [network where true] with runs=2',
  'sample by user.name [process where true] [network where true]',
)

test('a trial counts what the rewritten text comes to', () => {
  fc.assert(
    fc.property(events, rules, (cells, text) => {
      const drawn = draw(cells)
      const told = check(drawn, text)!
      expect(told.now.edits).toEqual([])
      for (const { edits, fill, matches, joined, keys } of [told.now, ...told.others]) {
        const bound = bindRule(drawn, applyEdits(text, edits))
        const { found, funnel } = runBound(bound)
        expect(matches).toBe(found)
        expect(joined).toBe(
          funnel.find(({ stage }) => stage === 'joined')?.count ?? found,
        )
        for (const { step, events, carrying } of fill) {
          const names = keys.map((key) => key[step - 1]!.name)
          const rows = drawn.table.active.rows().filter((row) => {
            const category = drawn.table.column('event.category')!
            const wanted = stepsOf(bound.query)[step - 1]!.query.category.name
            return category.scalars(category.codeAt(row))[0] === wanted
          })
          expect(events).toBe(rows.length)
          const has = (row: number, name: string): boolean =>
            (drawn.table.column(name)?.codeAt(row) ?? 0) !== 0
          expect(carrying).toBe(
            rows.filter((row) => names.every((name) => has(row, name))).length,
          )
        }
      }
    }),
    { numRuns: 60 },
  )
})

test('keys are torn where the events themselves say so', () => {
  fc.assert(
    fc.property(events, (cells) => {
      const drawn = draw(
        cells.map((row) => row.with(4, row[4].startsWith('[') ? 'a' : row[4])),
      )
      const { table } = drawn
      const told = check(
        drawn,
        'sequence by process.pid [process where true] [network where true]',
      )!
      const torn = (field: string): number => {
        const seen = new Map<string, Set<string>>()
        for (const row of table.active.rows()) {
          const read = (name: string): string | undefined => {
            const column = table.column(name)
            const value = column?.scalars(column.codeAt(row))[0]
            return column?.codeAt(row) ? String(value) : undefined
          }
          const [pid, value] = [read('process.pid'), read(field)]
          if (!pid || !value || read('event.category') === 'file') continue
          seen.set(pid, (seen.get(pid) ?? new Set()).add(value))
        }
        return [...seen.values()].filter((values) => values.size > 1).length
      }
      for (const { field, keys } of told.now.collisions) expect(keys).toBe(torn(field))
    }),
    { numRuns: 60 },
  )
})

const fields = fc.record({
  name: fc.constantFrom(
    'host.id',
    'user.name',
    'a.b-c',
    'process.entity_id',
    'd',
    'e',
    'f',
    'by',
  ),
  optional: fc.boolean(),
})

test('edits change the keys and nothing else', () => {
  const texts = fc.constantFrom(
    'sequence by a with maxspan=5m // by [x]\n  [any where true] by b // ]\n  [any where x == "]" /* ] */ ] by c until [any where true] by d',
    'sequence\n  by a, ?b\n  [any where true]\n  ![any where by == 1]\n[any where true]',
    'sample [any where true] by x, y [any where false] by z, w',
    'sequence with maxspan=1h [any where true] with runs=3 | head 3',
  )
  fc.assert(
    fc.property(
      texts,
      fc.uniqueArray(fields, { maxLength: 8, selector: ({ name }) => name }),
      (text, drawn) => {
        const { query } = parseQuery(text)
        if (!query || query.body.kind === 'event') return
        const brackets = readRuleKeys(query.body)[0]?.length ?? stepsOf(query).length
        const keys = Array.from(
          { length: Math.floor(drawn.length / brackets) },
          (_, at) => drawn.slice(at * brackets, (at + 1) * brackets),
        )
        if (query.body.kind === 'sample' && keys.length === 0) return
        const changed = parseQuery(
          applyEdits(text, editKeys(query, query.body, keys)),
        ).query
        if (!changed || changed.body.kind === 'event') throw new Error(text)
        expect(
          [...readRuleKeys(changed.body)].map((key) => JSON.stringify(key)).sort(),
        ).toEqual(keys.map((key) => JSON.stringify(key)).sort())
        const conditions = (of: typeof query) =>
          stepsOf(of).map((step) => [printExpression(step.query.condition), step.runs])
        expect(conditions(changed)).toEqual(conditions(query))
      },
    ),
    { numRuns: 200 },
  )
})
