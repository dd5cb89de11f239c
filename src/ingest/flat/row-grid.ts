import { BLOCK_ROWS, BLOCK_SHIFT, OFFSET_MASK } from '../../events/code-blocks'
import type { Row } from '../../events/row-set'
import type { StoredColumn } from '../../events/stored-column'

export const GRID_SHIFT = 10
/** Rows that are written together at most. */
export const GRID_ROWS = 1 << GRID_SHIFT
const FIRST_COLUMNS = 64

/** Marks of rows: columns may have to be made for it, or it is to be read otherwise. */
export const IS_NEW = 1
export const IS_ODD = 2

/**
 * What rows get of columns, before they are in the table: the codes of one column beside
 * one another, as it is found step by step for many rows, and not row by row.
 *
 *     cells     (column 0: row 0 … 1023), (column 1: row 0 … 1023), …     0: nothing yet
 */
export class RowGrid {
  cells = new Uint32Array(FIRST_COLUMNS << GRID_SHIFT)
  readonly marks = new Uint8Array(GRID_ROWS)
  /** By column, whether some row may have a code. */
  isUsed = new Uint8Array(FIRST_COLUMNS)
  private columns = 0
  private readonly offsets = new Uint16Array(GRID_ROWS)
  private readonly codes = new Uint32Array(GRID_ROWS)

  /** The number of a new column. */
  addColumn(): number {
    if (this.columns === this.isUsed.length) {
      this.cells = widen(this.cells)
      this.isUsed = widen(this.isUsed)
    }
    return this.columns++
  }

  /** Where the cell is that a row has of a column; it may be written to then. */
  cellOf(column: number, row: number): number {
    this.isUsed[column] = 1
    return (column << GRID_SHIFT) | row
  }

  /** Gives a column what rows from and to have; the first is that row of the table. */
  write(column: number, into: StoredColumn, from: number, to: number, row: Row): void {
    if (this.isUsed[column] === 0) return
    const { cells, offsets, codes } = this
    const first = column << GRID_SHIFT
    for (let at = from; at < to;) {
      const place = row + at - from
      const offset = (place & OFFSET_MASK) - at
      const end = Math.min(to, BLOCK_ROWS - offset)
      let count = 0
      for (; at < end; at++) {
        const code = cells[first | at]!
        if (code === 0) continue
        offsets[count] = offset + at
        codes[count++] = code
      }
      const block = place >>> BLOCK_SHIFT
      if (count > 0)
        into.appendCodes(block, offsets.subarray(0, count), codes.subarray(0, count))
    }
  }

  clearRow(row: number): void {
    for (let column = 0; column < this.columns; column++)
      this.cells[(column << GRID_SHIFT) | row] = 0
  }

  clear(): void {
    for (let column = 0; column < this.columns; column++) {
      if (this.isUsed[column] === 0) continue
      this.isUsed[column] = 0
      this.cells.fill(0, column << GRID_SHIFT, (column + 1) << GRID_SHIFT)
    }
    this.marks.fill(0)
  }
}

function widen<T extends Uint32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>>(from: T): T {
  const larger = new (from.constructor as new (length: number) => T)(from.length * 2)
  larger.set(from)
  return larger
}
