import type { Code, Column } from '../events/column'
import type { Row } from '../events/row-set'
import { grownTo } from './grown-to'
import type { Holder, MemoryBudget } from './memory-budget'

/** Rows taken in between two pauses, once the column has been read. */
const STEP = 1 << 16

/**
 * The rows of every code of a column, as chains from the newest row back, so that rows
 * can be appended:
 *
 *     code 7   ─►   row 90   ─►   row 12   ─►   row 3
 */
export class Postings implements Holder {
  /** By code: 1 + its newest row, 0 for none. */
  private newest = new Int32Array(256)
  /** By code: how many rows it has. */
  private counts = new Int32Array(256)
  /** By row: 1 + the row of the same code before it, 0 for none. */
  private earlier = new Int32Array(0)
  private covered: Row = 0

  constructor(
    private readonly column: Column,
    private readonly memory: MemoryBudget,
  ) {}

  forget(): void {
    this.newest = new Int32Array(256)
    this.counts = new Int32Array(256)
    this.earlier = new Int32Array(0)
    this.covered = 0
  }

  /** Takes in the rows before `rowCount`. */
  *prepare(rowCount: number): Generator<void, void> {
    while (this.covered < rowCount) {
      this.makeRoom(rowCount)
      if (this.covered === 0) this.takeAll(rowCount)
      else this.takeSome(Math.min(rowCount, this.covered + STEP))
      yield
    }
    const bytes = this.newest.byteLength + this.counts.byteLength
    this.memory.use(this, bytes + this.earlier.byteLength)
  }

  /** How many rows have the code. */
  count(code: Code): number {
    return this.counts[code] ?? 0
  }

  /** Writes the rows of a code before `rowCount` from place `at` on, the last one first. */
  read(code: Code, rowCount: number, into: Uint32Array, at: number): number {
    let next = at
    for (let row = this.newest[code] ?? 0; row !== 0; row = this.earlier[row - 1]!)
      if (row <= rowCount) into[next++] = row - 1
    return next
  }

  private makeRoom(rowCount: number): void {
    const codes = this.column.size + 1
    if (codes > this.newest.length) {
      this.newest = grownTo(this.newest, codes)
      this.counts = grownTo(this.counts, codes)
    }
    if (this.earlier.length === 0) this.earlier = new Int32Array(rowCount)
    else if (rowCount > this.earlier.length)
      this.earlier = grownTo(this.earlier, rowCount)
  }

  private takeAll(rowCount: number): void {
    this.column.forEach((row, code) => {
      if (row < rowCount) this.take(row, code)
    })
    this.covered = rowCount
  }

  private takeSome(end: Row): void {
    for (; this.covered < end; this.covered++) {
      const code = this.column.codeAt(this.covered)
      if (code !== 0) this.take(this.covered, code)
    }
  }

  private take(row: Row, code: Code): void {
    this.earlier[row] = this.newest[code]!
    this.newest[code] = row + 1
    this.counts[code]! += 1
  }
}
