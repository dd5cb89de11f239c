import { Column } from './columns'
import { Dictionary, endOfEntry, endOfRun, find, intern } from './dictionary'
import { openScratch } from './scratch'

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

/** Texts of the column are kept without carriage returns, and their lines are counted. */
export function countLinesOf(column: Column): void {
  column.hasLines = true
}

const BACKSLASH: u8 = 0x5c
const AMPERSAND: u8 = 0x26
const QUOTE: u8 = 0x22
const ZERO: u8 = 0x30

/**
 * As `copyContent`, of a text that means the same wherever it stands, or of up to nine
 * digits, which may become a number or a text; 0 for what has line ends or entities, or is
 * something else.
 */
export function copyPlain(to: Column, from: Column, code: u32, isNumber: bool): u32 {
  const begin = load<u32>(from.entries + ((code - 1) << 2))
  const length = <u32>(endOfEntry(from, code) - begin)
  const isText = load<u8>(begin) == QUOTE
  if (isText == isNumber) return copyDigits(to, begin, length, isNumber)
  if (isNumber) return isDigits(begin, length) ? intern(to, begin, length) : 0
  for (let at = begin; at < begin + length; at++) {
    const byte = load<u8>(at)
    if (byte == AMPERSAND) return 0
    if (byte != BACKSLASH) continue
    const letter = load<u8>(++at)
    if (letter == 0x6e || letter == 0x72) return 0
  }
  return intern(to, begin, length)
}

/** Up to nine digits, as JSON has numbers. */
function isDigits(begin: usize, length: u32): bool {
  if (length - 1 > 8 || (length > 1 && load<u8>(begin) == ZERO)) return false
  for (let i: u32 = 0; i < length; i++)
    if (<u8>(load<u8>(begin + i) - ZERO) > 9) return false
  return true
}

/** Copies a number as a text, or a text as a number. */
function copyDigits(to: Column, begin: usize, length: u32, isText: bool): u32 {
  if (isText)
    return isDigits(begin + 1, length - 2) ? intern(to, begin + 1, length - 2) : 0
  const text = isDigits(begin, length) ? openScratch(length + 2) : 0
  if (text == 0) return 0
  store<u8>(text, QUOTE)
  memory.copy(text + 1, begin, length)
  store<u8>(text + length + 1, QUOTE)
  return intern(to, text, length + 2)
}
