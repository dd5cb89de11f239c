import type { CodeArray, Column } from '../events/column'
import type { RowList } from '../events/row-list'
import type { RowSet } from '../events/row-set'
import type { Holder, MemoryBudget } from './memory-budget'

/** Rows copied between two pauses. */
const STEP = 1 << 16
/** The code of a single row takes as long as those of so many rows to lay out. */
const LAID_OUT = 32

/**
 * Reads the codes of many rows at once. A column packs its codes tightly, block by block;
 * once it has been asked of some part of all rows, they are laid out by row, one to four
 * bytes each, which is many times faster to read.
 */
export class ColumnCodes implements Holder {
  private byRow: CodeArray | undefined
  private covered = 0
  private asked = 0

  constructor(
    private readonly column: Column,
    private readonly memory: MemoryBudget,
  ) {}

  forget(): void {
    this.byRow = undefined
    this.covered = 0
    this.asked = 0
  }

  /** To be called before these rows are read. */
  *prepare(rows: RowSet): Generator<void, void> {
    this.asked += rows.count()
    if (!this.byRow && this.asked * LAID_OUT < rows.size) return
    while (this.covered < rows.size || !this.byRow || !this.isWideEnough(this.byRow)) {
      this.extend(rows.size)
      yield
    }
    this.memory.use(this, this.byRow.byteLength)
  }

  /** The codes of the first `rowCount` rows or more, by row, where they are laid out so. */
  laidOut(rowCount: number): Readonly<CodeArray> | undefined {
    return this.covered >= rowCount ? this.byRow : undefined
  }

  /** Writes the code of each row. */
  read(rows: RowList, into: Uint32Array): void {
    const { byRow, column } = this
    if (byRow && rows.at(-1)! < this.covered)
      for (let i = 0; i < rows.length; i++) into[i] = byRow[rows[i]!]!
    else for (let i = 0; i < rows.length; i++) into[i] = column.codeAt(rows[i]!)
  }

  private isWideEnough(byRow: CodeArray): boolean {
    return this.column.size < 2 ** (8 * byRow.BYTES_PER_ELEMENT)
  }

  private extend(rowCount: number): void {
    const { column, covered } = this
    const byRow = this.makeRoom(rowCount)
    const end = Math.max(covered, Math.min(rowCount, covered + STEP))
    column.copyCodes(byRow.subarray(covered, end), covered, end)
    this.covered = end
  }

  private makeRoom(rowCount: number): CodeArray {
    const { byRow } = this
    const isWide = byRow !== undefined && this.isWideEnough(byRow)
    if (isWide && byRow.length >= rowCount) return byRow
    const length = byRow ? Math.max(rowCount + (rowCount >>> 2), byRow.length) : rowCount
    const longer = codeArray(this.column.size, length)
    if (byRow) longer.set(byRow)
    this.byRow = longer
    return longer
  }
}

function codeArray(size: number, length: number): CodeArray {
  if (size < 2 ** 8) return new Uint8Array(length)
  return size < 2 ** 16 ? new Uint16Array(length) : new Uint32Array(length)
}
