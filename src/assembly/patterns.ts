import { Column } from './columns'
import { endOfEntry } from './dictionary'
import { beginOf, endOfText, firstText, fold, nextText } from './search'

/*
 * Wildcard patterns, matched against texts as they lie here. Patterns are the JSON of what
 * they say, without the quotes: any run is written as 1, any one character as 2, which
 * JSON never holds; 0 ends a pattern, and 3 ends them all.
 *
 *     *\a?.exe     ─►     1 \ \ a 2 . e x e 0 3
 */

const END: u32 = 0
const ANY_RUN: u32 = 1
const ANY_ONE: u32 = 2
const LAST: u32 = 3
const QUOTE: u32 = 0x22
const BACKSLASH: u32 = 0x5c
const LOWER_U: u32 = 0x75

/** Of each pattern, 128 at most: where it begins, and what is behind its last wildcard. */
const patterns = memory.data(128 << 3, 4)
let patternCount: u32 = 0
/** Whether they are in lower case (ASCII), and match any. */
let anyCase: bool = false
/** Here from the start: rules are asked even where there is no more memory. */
const program = memory.data(1 << 16)

/** Where patterns are to be put, 64 KB at most, before they are taken. */
export function placeOfPatterns(): usize {
  return program
}

/** Takes the patterns that were put there, to be matched until others come. */
export function takePatterns(areFolded: bool): void {
  patternCount = 0
  anyCase = areFolded
  readPatterns()
}

function readPatterns(): void {
  let at: usize = program
  while (load<u8>(at) != LAST) {
    const out = patterns + (patternCount++ << 3)
    store<u32>(out, <u32>at)
    let tail = at
    let byte: u32 = load<u8>(at)
    while (byte != END) {
      at++
      if (byte == ANY_RUN || byte == ANY_ONE) tail = at
      byte = load<u8>(at)
    }
    store<u32>(out, <u32>tail, 4)
    at++
  }
}

/** Whether a text of a content matches one of the patterns. */
export function matchesContent(column: Column, code: u32): bool {
  let quote = firstText(column, code)
  const isList = quote != beginOf(column, code)
  while (quote != 0 && load<u8>(quote) == QUOTE) {
    const end = isList ? endOfText(quote) : endOfEntry(column, code) - 1
    if (matchesSome(quote + 1, end)) return true
    quote = isList ? nextText(column, code, end + 1) : 0
  }
  return false
}

function matchesSome(begin: usize, end: usize): bool {
  for (let i: u32 = 0; i < patternCount; i++) {
    const pattern = <usize>load<u32>(patterns + (i << 3))
    const tail = <usize>load<u32>(patterns + (i << 3), 4)
    const first: u32 = load<u8>(pattern)
    if (first > LAST) {
      const byte: u32 = load<u8>(begin)
      if (folded(byte) != first) continue
    }
    if (!endsAs(begin, end, tail)) continue
    if (matches(begin, end, pattern)) return true
  }
  return false
}

function folded(byte: u32): u32 {
  return anyCase ? fold(byte) : byte
}

/** Whether the bytes at the end are those of a tail, as they are where it matches. */
function endsAs(begin: usize, end: usize, tail: usize): bool {
  let behind = tail
  while (load<u8>(behind) != END) behind++
  const length = behind - tail
  if (end - begin < length) return false
  for (let i: usize = 1; i <= length; i++) {
    const byte: u32 = load<u8>(end - i)
    if (folded(byte) != load<u8>(behind - i)) return false
  }
  return true
}

/** Every run is sought leftmost, since that leaves the most to those after it. */
function matches(begin: usize, end: usize, pattern: usize): bool {
  let at = begin
  let next = pattern
  /** Behind the last run of any, and the character it may yet have to take in. */
  let afterRun: usize = 0
  let taken: usize = 0
  while (true) {
    const wanted: u32 = load<u8>(next)
    if (wanted == ANY_RUN) {
      afterRun = ++next
      if (load<u8>(next) == END) return true
      taken = at
      continue
    }
    if (at == end) return wanted == END
    if (wanted == ANY_ONE) {
      at = behindCharacter(at)
      next++
      continue
    }
    const byte: u32 = load<u8>(at)
    if (folded(byte) == wanted) {
      at++
      next++
      continue
    }
    if (afterRun == 0) return false
    next = afterRun
    at = taken = placeOf(load<u8>(next), behindCharacter(taken), end)
  }
}

/** The next character from a place on that begins as is wanted; the end if there is none. */
function placeOf(wanted: u32, from: usize, end: usize): usize {
  let at = from
  if (wanted <= LAST) return at
  while (at < end && folded(load<u8>(at)) != wanted) at = behindCharacter(at)
  return at
}

function behindCharacter(at: usize): usize {
  const byte: u32 = load<u8>(at)
  if (byte == BACKSLASH) return at + (load<u8>(at, 1) == LOWER_U ? 6 : 2)
  if (byte < 0x80) return at + 1
  if (byte < 0xe0) return at + 2
  return at + (byte < 0xf0 ? 3 : 4)
}
