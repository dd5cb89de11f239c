import { Column } from './columns'
import { Dictionary, endOfEntry, endOfRun, find, intern } from './dictionary'

/** The dictionary of a column, for JavaScript. */

export function contentSize(column: Column): u32 {
  return column.size
}

/** By code - 1, where a content begins; u32. */
export function entriesOf(column: Column): usize {
  return column.entries
}

/** The last code whose content stands in one run with that of `code`. */
export function endOfContents(column: Column, code: u32): u32 {
  return endOfRun(column, code)
}

/** Where the content of a code ends. */
export function endOfContent(column: Column, code: u32): usize {
  return endOfEntry(column, code)
}

/** The code of a content, new if need be. */
export function internContent(column: Column, at: usize, length: u32): u32 {
  return intern(column, at, length)
}

/** A code of a content, 0 when there is none. */
export function findContent(column: Column, at: usize, length: u32): u32 {
  return find(column, at, length)
}

/** Texts, longs, bigs, doubles, booleans and nulls; six u32. */
export function kindsOf(column: Column): usize {
  return changetype<usize>(column) + offsetof<Dictionary>('texts')
}

/** Whether there are integers that JSON.parse would round. */
export function hasUnsafe(column: Column): bool {
  return column.hasUnsafe
}

/** The code that a content of one column has in another, new if need be. */
export function copyContent(to: Column, from: Column, code: u32): u32 {
  const begin = load<u32>(from.entries + ((code - 1) << 2))
  const length = <u32>(endOfEntry(from, code) - begin)
  return intern(to, begin, length)
}
