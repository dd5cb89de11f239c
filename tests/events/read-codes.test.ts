import fc from 'fast-check'
import { expect, test } from 'vitest'
import { GrowingTable } from '../../src/events/growing-table'

const ROWS = 20_000

/** A field that fewer and fewer events have. */
function makeColumn() {
  const table = new GrowingTable()
  const source = table.startSource()
  for (let row = 0; row < ROWS; row++) {
    table.beginRow(source)
    if (row % (1 + (row >>> 11)) === 0)
      table.put(table.root.child('id'), `id ${String(row % 700)}`, false)
    table.endRow()
  }
  return table.column('id')!
}

test('codes of many rows are those of each, in whatever order they are asked for', () => {
  const column = makeColumn()
  const near = fc
    .tuple(fc.nat(ROWS - 1), fc.array(fc.nat(40), { minLength: 1, maxLength: 300 }))
    .map(([from, steps]) => {
      let row = from
      return steps.map((step) => (row += step)).filter((each) => each < ROWS)
    })
  const asked = fc.array(near, { maxLength: 6 }).map((lists) => lists.flat())
  fc.assert(
    fc.property(asked, (rows) => {
      const codes = new Uint32Array(rows.length).fill(7)
      column.readCodes(Uint32Array.from(rows), codes)
      expect([...codes]).toEqual(rows.map((row) => column.codeAt(row)))
    }),
  )
})
