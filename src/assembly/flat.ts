import { isSame } from './bytes'
import { allocate } from './memory'
import { closeScratch, openScratch } from './scratch'
import { ms, nanos, spelling } from './times'

/*
 * Rows that JavaScript maps to other columns, as events of Windows in flat JSON are. They
 * are not put into columns, but behind one another, each value in the order of its keys.
 *
 *     words      count, (column and kind, code), (column and kind, code), …, count, …
 *     times      of values that are one: ms, nanoseconds, digits of the fraction
 */

/** Pairs of one batch of rows, and of one row at most; one is the number of lines. */
const MOST_PAIRS: u32 = 1 << 17
const MOST_OF_ROW: u32 = 4096 + 2
const MOST_TIMES: u32 = 1 << 15
const TIME_SHIFT: u32 = 4

/** What a value is, beside its code. */
const TEXT: u32 = 0
const EMPTY: u32 = 1
/** A dash, or a GUID of zeros. */
const BLANK: u32 = 2
const NULL: u32 = 3
const SCALAR: u32 = 4
const LIST: u32 = 5
/** Its code is the place of its time. */
const TIME: u32 = 6
/** No value: how many lines the text before it has below the first. */
const LINES: u32 = 7
const KIND_SHIFT: u32 = 24

const QUOTE: u8 = 0x22
const DASH: u8 = 0x2d
const LOWER_N: u8 = 0x6e
const LOWER_R: u8 = 0x72
const BACKSLASH: u8 = 0x5c
const BRACKET: u8 = 0x5b
const ZERO_GUID = memory.data<u8>([
  0x22, 0x7b, 0x30, 0x30, 0x30, 0x30, 0x30, 0x30, 0x30, 0x30, 0x2d, 0x30, 0x30, 0x30,
  0x30, 0x2d, 0x30, 0x30, 0x30, 0x30, 0x2d, 0x30, 0x30, 0x30, 0x30, 0x2d, 0x30, 0x30,
  0x30, 0x30, 0x30, 0x30, 0x30, 0x30, 0x30, 0x30, 0x30, 0x30, 0x7d, 0x22,
])
const ZERO_GUID_LENGTH: u32 = 40

/** Whether rows are read that are to be mapped. */
export let isFlat: bool = false

let words: usize = 0
let wordCount: u32 = 0
let times: usize = 0
let timeCount: u32 = 0

export function setFlat(on: bool): void {
  isFlat = false
  // At once, as there may be memory for one of them only.
  if (on && words == 0) {
    words = allocate((MOST_PAIRS << 3) + (MOST_TIMES << TIME_SHIFT))
    times = words + (MOST_PAIRS << 3)
  }
  isFlat = on
}

/** Whether another row may not fit in. */
export function isFlatFull(): bool {
  return (
    wordCount + (MOST_OF_ROW << 1) > MOST_PAIRS << 1 ||
    timeCount + MOST_OF_ROW > MOST_TIMES
  )
}

export function forgetFlat(): void {
  wordCount = 0
  timeCount = 0
}

/** Begins a row of so many pairs. */
export function beginFlatRow(pairs: u32): void {
  store<u32>(words + (wordCount++ << 2), pairs)
}

function addPair(word: u32, code: u32): void {
  const at = words + (wordCount << 2)
  store<u32>(at, word)
  store<u32>(at, code, 4)
  wordCount += 2
}

/** Adds a value: the number of its column, where it stands, its code. */
export function addFlat(column: u32, at: usize, length: u32, code: u32): void {
  addPair(column | (kindOf(at, length) << KIND_SHIFT), code)
}

/** Adds the time that was read last. */
export function addFlatTime(column: u32): void {
  const at = times + (timeCount << TIME_SHIFT)
  store<f64>(at, ms)
  store<u32>(at, nanos, 8)
  store<u32>(at, spelling, 12)
  addPair(column | (TIME << KIND_SHIFT), timeCount++)
}

export function addFlatLines(column: u32, lines: u32): void {
  addPair(column | (LINES << KIND_SHIFT), lines)
}

function kindOf(at: usize, length: u32): u32 {
  const first = load<u8>(at)
  if (first == QUOTE) return isBlank(at, length) ? (length == 2 ? EMPTY : BLANK) : TEXT
  if (first == LOWER_N) return NULL
  return first == BRACKET ? LIST : SCALAR
}

function isBlank(at: usize, length: u32): bool {
  if (length < 4) return length == 2 || load<u8>(at + 1) == DASH
  return length == ZERO_GUID_LENGTH && isSame(at, ZERO_GUID, length)
}

/** Lines of the text that was read last, behind the first, unless the last is empty. */
export let lines: u32 = 0
export let plainLength: u32 = 0

/**
 * Writes a text anew, its lines ending with LF alone, and without empty ones at its end:
 * where it is, 0 where there is no room.
 */
export function writePlain(at: usize, length: u32): usize {
  const begin = openScratch(length + 8)
  if (begin == 0) return 0
  const end = at + length - 1
  let from = at
  let to = begin
  /** Where the line ends at the end begin, if what was written last is one. */
  let breaks = begin
  let behindBreaks: usize = 0
  lines = 0
  while (from < end) {
    const block = load<u64>(from)
    store<u64>(to, block)
    const alike = block ^ 0x5c5c5c5c5c5c5c5c
    const found = (alike - 0x0101010101010101) & ~alike & 0x8080808080808080
    if (found == 0) {
      from += 8
      to += 8
      continue
    }
    const passed = <usize>(ctz(found) >> 3)
    from += passed
    to += passed
    if (from >= end) break
    let letter = load<u8>(from + 1)
    if (
      letter == LOWER_R &&
      load<u8>(from + 2) == BACKSLASH &&
      load<u8>(from + 3) == LOWER_N
    ) {
      from += 2
      letter = LOWER_N
    }
    store<u16>(to, load<u16>(from))
    if (letter == LOWER_N) {
      lines++
      if (behindBreaks != to) breaks = to
      behindBreaks = to + 2
    }
    from += 2
    to += 2
  }
  to -= from - end
  if (behindBreaks == to) {
    lines--
    to = breaks
  }
  store<u8>(to++, QUOTE)
  closeScratch(to)
  plainLength = <u32>(to - begin)
  return begin
}

/** The rows, and the times in them. */
export function flatWords(): usize {
  return words
}

export function flatWordCount(): u32 {
  return wordCount
}

export function flatTimeCount(): u32 {
  return timeCount
}

export function flatTimes(): usize {
  return times
}
