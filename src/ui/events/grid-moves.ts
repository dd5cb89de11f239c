/** A cell by its places in the whole list, both 0-based. */
export interface Cell {
  readonly row: number
  readonly column: number
}

export interface GridSize {
  readonly rows: number
  readonly columns: number
  /** Rows on screen: the way of a page key. */
  readonly page: number
}

/**
 * Where a key takes the active cell (WAI-ARIA grid pattern); undefined for keys that do
 * not move it.
 */
export const moveCell = (
  key: string,
  ctrl: boolean,
  from: Cell,
  size: GridSize,
): Cell | undefined => {
  const lastRow = size.rows - 1
  const lastColumn = size.columns - 1
  const to = (row: number, column: number): Cell => ({
    row: Math.max(0, Math.min(row, lastRow)),
    column: Math.max(0, Math.min(column, lastColumn)),
  })
  switch (key) {
    case 'ArrowDown':
      return to(from.row + 1, from.column)
    case 'ArrowUp':
      return to(from.row - 1, from.column)
    case 'ArrowRight':
      return to(from.row, from.column + 1)
    case 'ArrowLeft':
      return to(from.row, from.column - 1)
    case 'PageDown':
      return to(from.row + size.page, from.column)
    case 'PageUp':
      return to(from.row - size.page, from.column)
    case 'Home':
      return to(ctrl ? 0 : from.row, 0)
    case 'End':
      return to(ctrl ? lastRow : from.row, lastColumn)
    default:
      return undefined
  }
}
