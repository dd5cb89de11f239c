import { expect, test } from 'vitest'
import { compileCondition } from '../../src/engine/compile-condition'
import { LeafCache } from '../../src/engine/leaf-cache'
import { GrowingTable } from '../../src/events/growing-table'
import { unionSchema } from '../../src/events/schema-union'
import { readEventQuery } from '../support/event-query'

/*
 * Combinations of contents are judged once, the first hundred thousand or so; then what was
 * known is given up.
 *
 *     pid     0  1  2 …              every third is one below its parent's
 *     parent  1  0  0  4  0  0 …
 */
test('of many combinations of contents, those are found for which it is true', () => {
  const table = new GrowingTable()
  const source = table.startSource()
  const put = (name: string, value: number) =>
    table.put(table.root.child('process').child(name), value, false)
  const answers: number[] = []
  for (const count of [50_000, 100_000, 100_000]) {
    for (let i = 0; i < count; i++) {
      table.beginRow(source)
      const pid = table.rowCount % 150_000
      put('pid', pid)
      put('code', pid % 3 === 0 ? pid + 1 : 0)
      table.endRow()
    }
    const condition = compileCondition(
      readEventQuery('any where process.pid + 1 == process.code'),
      {
        table,
        schema: unionSchema(table),
        categoryField: 'event.category',
        now: 0,
        leaves,
      },
    )
    const found = condition.rows()
    const expected = Array.from({ length: table.rowCount }, (_, row) => row).filter(
      (row) => (row % 150_000) % 3 === 0,
    )
    const rows: number[] = []
    for (const piece of found.pieces()) rows.push(...piece)
    expect(rows).toEqual(expected)
    answers.push(found.count())
  }
  expect(answers).toEqual([16_667, 50_000, 83_334])
})

const leaves = new LeafCache()
