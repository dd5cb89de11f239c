import type { EventRow } from './event-pages.svelte'

const NARROWEST = 7
const WIDEST = 44
/** Room for the padding of a cell, in characters. */
const PADDING = 3

/**
 * Widths of the field columns in characters of the data font, from their names and the
 * first rows, so that they hold still while one scrolls.
 */
export const fitColumns = (
  names: readonly string[],
  rows: readonly EventRow[],
): readonly number[] =>
  names.map((name, place) => {
    const longest = rows.reduce(
      (length, row) => Math.max(length, row.cells[place]?.length ?? 0),
      name.length,
    )
    return Math.max(NARROWEST, Math.min(longest, WIDEST)) + PADDING
  })
