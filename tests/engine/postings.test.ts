import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MemoryBudget } from '../../src/engine/memory-budget'
import { Postings } from '../../src/engine/postings'
import { GrowingTable } from '../../src/events/growing-table'
import { RowSet } from '../../src/events/row-set'

/** A column whose rows hold these codes, 0 for rows without the field, and can get more. */
function openColumn(codes: readonly number[]) {
  const table = new GrowingTable()
  const source = table.startSource()
  const field = table.root.child('field')
  const load = (code: number): void => {
    table.beginRow(source)
    if (code > 0) table.put(field, `content ${code}`, false)
    table.endRow()
  }
  codes.forEach(load)
  const column = table.column('field')!
  const codeOf = (code: number): number => column.codeOf(`content ${code}`)
  return { load, codeOf, postings: new Postings(column, new MemoryBudget(1e6)) }
}

/** As a run asks that was bound to six events, when others have come since. */
test('contents that came later have no rows among those taken in', () => {
  const { load, postings } = openColumn([1, 2, 1, 2, 2, 1])
  expect([...postings.prepare(RowSet.all(6))]).not.toEqual([])
  for (const code of [3, 4]) load(code)
  const rowsOf = (codes: readonly number[]) =>
    postings.read(Uint32Array.from(codes), RowSet.all(6))?.rows()
  expect(rowsOf([3])).toEqual([])
  expect(rowsOf([2, 3])).toEqual([1, 3, 4])
  expect(rowsOf([1, 3, 4])).toEqual([0, 2, 5])
})

/** Of the contents, some are held by a good part of all rows, some by a row or two. */
const columns = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: 0, max: 4 }) },
    { weight: 1, arbitrary: fc.integer({ min: 5, max: 200 }) },
  ),
  { minLength: 1, maxLength: 2000, size: 'max' },
)

test('have the rows that hold one of some contents, be these many or few', () => {
  fc.assert(
    fc.property(
      columns,
      fc.uniqueArray(fc.integer({ min: 1, max: 200 })),
      fc.nat({ max: 2000 }),
      fc.integer({ min: 1, max: 100 }),
      (codes, wanted, before, step) => {
        const { postings, codeOf, load } = openColumn([1, ...codes])
        const all = [1, ...codes]
        for (const _ of postings.prepare(RowSet.all(all.length)));
        load(7)
        // A run that was bound to fewer events asks too.
        const size = Math.max(1, Math.min(before, all.length))
        const isCandidate = (row: number): boolean => row % step === 0
        const candidates = RowSet.of(size, [...Array(size).keys()].filter(isCandidate))
        const asked = wanted.map(codeOf).filter((code) => code > 0)
        const rows = postings.read(Uint32Array.from(asked).sort(), candidates)
        if (rows === undefined) return
        const held = all.map((code, row) => (wanted.includes(code) ? row : -1))
        expect(rows.rows()).toEqual(
          held.filter((row) => row >= 0 && row < size && isCandidate(row)),
        )
      },
    ),
  )
})
