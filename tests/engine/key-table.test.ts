import { expect, test } from 'vitest'
import { KeySpaces } from '../../src/engine/key-rows'
import { KeyTable } from '../../src/engine/key-table'
import type { JoinKey, KeyNumbers } from '../../src/engine/plan'

/** A join key of whole numbers, which no row has. */
function wholeNumbers(): JoinKey {
  const spaces = new KeySpaces()
  const numbers: KeyNumbers = {
    at: () => 0,
    read: (rows, into) => void into.fill(0, 0, rows.length),
    listAt: () => [],
    space: (width) => spaces.of(width),
    valueOf: (number) => number,
    numberOf: Number,
  }
  return {
    name: 'process.pid',
    optional: false,
    valuesAt: () => [],
    numbers,
    print: (value) => String(value),
  }
}

test('a key has one id, be it added by its number or asked for by its value', () => {
  const table = new KeyTable([wholeNumbers()])
  const added = Array.from({ length: 100 }, (_, at) => table.addKey(1000 - at))
  expect(added).toEqual([...added.keys()])
  for (const id of added.toReversed()) expect(table.idOf([1000 - id])).toBe(id)
  expect([table.idOf([7]), table.idOf([7]), table.size]).toEqual([100, 100, 101])
  expect([table.tuple(3), table.tuple(100)]).toEqual([[997], [7]])
})
