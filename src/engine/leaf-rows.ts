import { RowSet } from '../events/row-set'

/**
 * The rows for which a leaf is true, kept in little room: a list while that takes less
 * than a bit for every row of the table.
 */
export type LeafRows = RowSet | Uint32Array

export function packRows(rows: RowSet): LeafRows {
  const count = rows.count()
  if (count * 32 >= rows.size) return rows
  const list = new Uint32Array(count)
  let next = 0
  rows.forEach((row) => {
    list[next++] = row
  })
  return list
}

/** Those of the candidates that are among the kept rows. */
export function keepAmong(kept: LeafRows, candidates: RowSet): RowSet {
  if (kept instanceof RowSet) return candidates.and(kept)
  const found = new RowSet(candidates.size)
  for (const row of kept) if (candidates.has(row)) found.add(row)
  return found
}
