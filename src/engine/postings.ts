import type { Code, Column } from '../events/column'
import type { Row, RowSet } from '../events/row-set'

/** The rows of every code of a column: rows of code c are `rows[starts[c] … starts[c+1]]`. */
export interface Postings {
  readonly starts: Uint32Array
  readonly rows: Uint32Array
}

/** Turns a column around: two passes over its rows, four bytes a row. */
export function readPostings(column: Column): Postings {
  const starts = new Uint32Array(column.size + 2)
  column.forEach((_, code) => {
    starts[code + 1]! += 1
  })
  for (let i = 1; i < starts.length; i++) starts[i]! += starts[i - 1]!
  const rows = new Uint32Array(starts.at(-1) ?? 0)
  const next = starts.slice()
  column.forEach((row, code) => {
    rows[next[code]!++] = row
  })
  return { starts, rows }
}

/** Calls `visit` for every row that has the code. */
function forEachPosting(
  { starts, rows }: Postings,
  code: Code,
  visit: (row: Row) => void,
): void {
  const end = starts[code + 1] ?? 0
  for (let i = starts[code] ?? end; i < end; i++) visit(rows[i]!)
}

export const addPostings = (postings: Postings, code: Code, to: RowSet): void =>
  forEachPosting(postings, code, (row) => to.add(row))

export const removePostings = (postings: Postings, code: Code, from: RowSet): void =>
  forEachPosting(postings, code, (row) => from.delete(row))
