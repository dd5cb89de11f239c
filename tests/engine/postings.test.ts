import { expect, test } from 'vitest'
import { MemoryBudget } from '../../src/engine/memory-budget'
import { Postings } from '../../src/engine/postings'
import { GrowingTable } from '../../src/events/growing-table'
import { RowSet } from '../../src/events/row-set'

/** As a run asks that was bound to six events, when others have come since. */
test('contents that came later have no rows among those taken in', () => {
  const table = new GrowingTable()
  const source = table.startSource()
  const load = (value: string): void => {
    table.beginRow(source)
    table.put(table.root.child('field'), value, false)
    table.endRow()
  }
  for (const value of ['a', 'b', 'a', 'b', 'b', 'a']) load(value)
  const postings = new Postings(table.column('field')!, new MemoryBudget(1e6))
  expect([...postings.prepare(RowSet.all(6))]).not.toEqual([])
  for (const value of ['c', 'd']) load(value)
  const rowsOf = (codes: readonly number[]) =>
    postings.read(Uint32Array.from(codes), RowSet.all(6), 6)?.rows()
  expect(rowsOf([3])).toEqual([])
  expect(rowsOf([2, 3])).toEqual([1, 3, 4])
  expect(rowsOf([1, 3, 4])).toEqual([0, 2, 5])
})
