import { expect, test } from 'vitest'
import { KeyRows, KeySpaces } from '../../src/engine/key-rows'
import { MemoryBudget, type Holder } from '../../src/engine/memory-budget'
import { TupleIds } from '../../src/engine/tuple-ids'
import { readEach } from './hand-made-rule'

const ROWS = 1000
const BYTES = ROWS * 4

/** Counts the bytes that were taken, again and again. */
class CountingBudget extends MemoryBudget {
  taken = 0

  override use(holder: Holder, bytes: number): void {
    this.taken += bytes
    super.use(holder, bytes)
  }
}

const keyRows = (by: number, memory: MemoryBudget): KeyRows => {
  const at = (row: number): number => 1 + (row % by)
  const numbers = { at, read: readEach(at), listAt: (row: number) => [at(row)] }
  return new KeyRows([{ numbers, nullable: false }], new TupleIds(1), memory)
}

test('keys that do not fit into memory together are told without making room at every row', () => {
  const memory = new CountingBudget(2 * BYTES)
  const all = [2, 3, 5].map((by) => ({ by, rows: keyRows(by, memory) }))
  for (const { rows } of all) rows.cover(ROWS)
  for (let row = 0; row < ROWS; row++)
    for (const { by, rows } of all) expect(rows.at(row)).toBe(1 + (row % by))
  expect(memory.taken).toBeLessThan(100 * BYTES)
})

test('keys of rows that nobody announced are kept all the same', () => {
  let read = 0
  const at = (row: number): number => (read++, row + 1)
  const numbers = { at, read: readEach(at), listAt: () => [] }
  const parts = [{ numbers, nullable: false }]
  const rows = new KeyRows(parts, new TupleIds(1), new MemoryBudget(4 * BYTES))
  for (let times = 0; times < 10; times++)
    for (let row = 0; row < ROWS; row++) expect(rows.at(row)).toBe(row + 1)
  expect(read).toBeLessThan(2 * ROWS)
})

test('keys given up for room are read anew, and have the same numbers for who holds them', () => {
  let read = 0
  const at = (row: number): number => (read++, 1 + (row % 7))
  const numbers = { at, read: readEach(at), listAt: () => [] }
  const parts = [{ numbers, nullable: false }]
  const spaces = new KeySpaces()
  const rows = spaces.of(2).rows([...parts, ...parts])
  const tellAll = (): readonly number[] =>
    Array.from({ length: 100 }, (_, row) => rows.at(row))
  rows.cover(100)
  const before = tellAll()
  expect([tellAll(), read]).toEqual([before, 200])
  spaces.forget()
  expect(tellAll()).toEqual(before)
  expect(read).toBeGreaterThan(300)
  expect(spaces.of(2).tuples.size).toBe(0)
})
