import type { Column } from './column'
import type { Row } from './row-set'

/** Rows whose codes are copied at once: two blocks of a column at most. */
const SPAN = 4096
const span = new Uint32Array(SPAN)
/** Fewer rows, or fewer than one in so many, are looked up each: copying reads a whole block. */
const FEW = 32
const SPARSE = 32

/** Writes the code of each row, 0 where the event lacks the field. Quickest for ascending rows. */
export function readCodes(
  column: Column,
  rows: Readonly<Uint32Array>,
  into: Uint32Array | Int32Array,
): void {
  for (let at = 0; at < rows.length;) {
    const end = endOfSpan(rows, at)
    const first = rows[at]!
    const length = rows[end - 1]! - first + 1
    const count = end - at
    if (count >= FEW && length <= count * SPARSE) {
      const codes = span.subarray(0, length).fill(0)
      column.copyCodes(codes, first, first + length)
      for (; at < end; at++) into[at] = codes[rows[at]! - first]!
    } else for (; at < end; at++) into[at] = column.codeAt(rows[at]!)
  }
}

/** Behind the last of those rows from a place on that ascend and are near the first. */
function endOfSpan(rows: Readonly<Uint32Array>, from: number): number {
  const beyond = rows[from]! + SPAN
  let last: Row = rows[from]!
  let at = from + 1
  for (; at < rows.length; at++) {
    const row = rows[at]!
    if (row <= last || row >= beyond) break
    last = row
  }
  return at
}
