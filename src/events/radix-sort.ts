const SMALL = 4096

/**
 * Sorts rows by several keys, the most significant first; rows of equal keys keep
 * their order. Each key holds a value for every row number. Input already in order
 * costs one look at each row.
 */
export function sortRows(rows: Uint32Array, keys: readonly Uint32Array[]): Uint32Array {
  const compare = (a: number, b: number) => {
    for (const key of keys) if (key[a] !== key[b]) return key[a]! - key[b]!
    return 0
  }
  if (isSorted(rows, compare)) return rows
  if (rows.length < SMALL) return rows.sort(compare)
  return keys.reduceRight((sorted, key) => sortBy(sorted, key), rows)
}

function isSorted(rows: Uint32Array, compare: (a: number, b: number) => number) {
  for (let i = 1; i < rows.length; i++)
    if (compare(rows[i - 1]!, rows[i]!) > 0) return false
  return true
}

/** Least significant digit first, 16 bits at a time. */
function sortBy(rows: Uint32Array, key: Uint32Array): Uint32Array {
  return sortByDigit(sortByDigit(rows, key, 0), key, 16)
}

function sortByDigit(rows: Uint32Array, key: Uint32Array, shift: number): Uint32Array {
  const starts = new Uint32Array(0x10000)
  for (const row of rows) starts[(key[row]! >>> shift) & 0xffff]!++
  if (starts[(key[rows[0]!]! >>> shift) & 0xffff] === rows.length) return rows
  let total = 0
  for (let digit = 0; digit < 0x10000; digit++) {
    const count = starts[digit]!
    starts[digit] = total
    total += count
  }
  const sorted = new Uint32Array(rows.length)
  for (const row of rows) sorted[starts[(key[row]! >>> shift) & 0xffff]!++] = row
  return sorted
}
