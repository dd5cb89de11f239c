/** Rows in ascending order, each once. */
export type RowList = Uint32Array

// Plain loops throughout: an iterator costs several times as much as the work.

/** Where the first row that is `row` or later stands, from `from` on. */
function seek(list: RowList, row: number, from: number): number {
  let low = from
  let high = list.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (list[middle]! < row) low = middle + 1
    else high = middle
  }
  return low
}

export const isListed = (list: RowList, row: number): boolean =>
  list[seek(list, row, 0)] === row

/** A list that much longer than the other is searched, not walked. */
const MUCH_LONGER = 32

export function intersectLists(a: RowList, b: RowList): RowList {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  const both = new Uint32Array(short.length)
  const isFar = long.length > short.length * MUCH_LONGER
  let count = 0
  let at = 0
  for (let i = 0; i < short.length; i++) {
    const row = short[i]!
    if (isFar) at = seek(long, row, at)
    else while (at < long.length && long[at]! < row) at++
    if (at === long.length) break
    if (long[at] === row) both[count++] = row
  }
  return both.slice(0, count)
}

export function uniteLists(a: RowList, b: RowList): RowList {
  if (a.length === 0) return b
  if (b.length === 0) return a
  const either = new Uint32Array(a.length + b.length)
  let count = 0
  let at = 0
  for (let i = 0; i < a.length; i++) {
    const row = a[i]!
    while (at < b.length && b[at]! < row) either[count++] = b[at++]!
    if (b[at] === row) at++
    either[count++] = row
  }
  while (at < b.length) either[count++] = b[at++]!
  return either.slice(0, count)
}

export function subtractLists(a: RowList, b: RowList): RowList {
  const rest = new Uint32Array(a.length)
  let count = 0
  let at = 0
  for (let i = 0; i < a.length; i++) {
    const row = a[i]!
    while (at < b.length && b[at]! < row) at++
    if (b[at] !== row) rest[count++] = row
  }
  return rest.slice(0, count)
}
