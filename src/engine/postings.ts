import type { Code, Column } from '../events/column'
import type { Row, RowSet } from '../events/row-set'
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
  private newest = new Int32Array(0)
  /** By row: 1 + the row of the same code before it, 0 for none. */
  private earlier = new Int32Array(0)
  private covered: Row = 0
  /** Candidates that could have been answered for without being asked. */
  private asked = 0

  constructor(
    private readonly column: Column,
    private readonly memory: MemoryBudget,
  ) {}

  forget(): void {
    this.newest = new Int32Array(0)
    this.earlier = new Int32Array(0)
    this.covered = 0
    this.asked = 0
  }

  /**
   * Takes in all rows of the candidates' table; false as long as the chains have not been
   * wanted often enough to be worth their making.
   */
  *prepare(candidates: RowSet): Generator<void, boolean> {
    const rowCount = candidates.size
    this.asked += candidates.count()
    if (this.covered === 0 && this.asked * 2 < rowCount) return false
    while (this.covered < rowCount) {
      this.makeRoom(rowCount)
      if (this.covered === 0) this.takeAll(rowCount)
      else this.takeSome(Math.min(rowCount, this.covered + STEP))
      yield
    }
    this.memory.use(this, this.newest.byteLength + this.earlier.byteLength)
    return true
  }

  /**
   * The rows of these codes before `rowCount`, of each the last one first; undefined when
   * they are more than `most`.
   */
  read(
    codes: readonly Code[],
    rowCount: number,
    most: number,
  ): Uint32Array<ArrayBuffer> | undefined {
    let rows = new Uint32Array(64)
    let count = 0
    for (const code of codes)
      for (let row = this.newest[code] ?? 0; row !== 0; row = this.earlier[row - 1]!) {
        if (row > rowCount) continue
        if (count === most) return undefined
        if (count === rows.length) rows = doubled(rows)
        rows[count++] = row - 1
      }
    return rows.subarray(0, count)
  }

  private makeRoom(rowCount: number): void {
    this.newest = withRoom(this.newest, this.column.size + 1)
    this.earlier = withRoom(this.earlier, rowCount)
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
  }
}

/** Just enough room at first, twice as much whenever it has run out. */
const withRoom = (array: Int32Array<ArrayBuffer>, length: number): typeof array => {
  if (length <= array.length) return array
  return array.length === 0 ? new Int32Array(length) : grownTo(array, length)
}

function doubled(rows: Uint32Array<ArrayBuffer>): typeof rows {
  const longer = new Uint32Array(rows.length * 2)
  longer.set(rows)
  return longer
}
