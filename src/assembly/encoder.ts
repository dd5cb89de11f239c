import { seedHashes } from './bytes'
import { clearTouched, dropRow } from './columns'
import { expectLines, isUnknown, readFlatEvent, skipSpace } from './events'
import { forgetFlat, isFlat, isFlatFull } from './flat'
import { hasId, readHitOrEvent } from './hits'
import { clearIds, keepId } from './ids'
import { keepOnlyKeys, keepOnlyTimes } from './keep'
import { fieldOf, forgetFieldColumns } from './keys'
import { allocate, release } from './memory'
import { lookForRaw, lookForXml } from './raw'
import { beginRow, setLearning } from './row'
import { endRow, KEPT, LEFT_OUT, NOT_READ } from './row-end'
import { prepareScratch } from './scratch'
import { forgetAllWholes } from './wholes'

/*
 * The door. JavaScript writes whole lines into `input`, and lets `readLines` turn them
 * into the codes of columns, a block of rows at a time.
 */

/** Why `readLines` came back. */
const AT_END: u32 = 0
/** A block of rows is full: fetch them, and go on. */
const BLOCK_FULL: u32 = 1
/** The line at `stoppedAt` is for JavaScript to read. */
const ODD: u32 = 2
/** The same; it has keys or columns that can be learnt when it has been read. */
const UNKNOWN: u32 = 3
/** Of `readRecord`: it is not to be kept. */
const PASSED_OVER: u32 = 4

const BLOCK_ROWS: u32 = 4096
const LINE_FEED: u8 = 0x0a
const RETURN: u8 = 0x0d
const OPEN_BRACE: u8 = 0x7b
/** Bytes behind the input that may be looked at. */
const SLACK: u32 = 128

let input: usize = 0
let inputBytes: u32 = 0
const rowOffsets = memory.data(4096 * 4, 4)
const rowLengths = memory.data(4096 * 4, 4)
/** Rows read since they were last fetched. */
let rowCount: u32 = 0
let isRowKept: bool = false
/** Rows that were read and are not to be kept. */
let leftOut: u32 = 0
let isFirstLeftOut: bool = false
let stopped: u32 = 0
let lines: u32 = 0

export function seed(low: u32, high: u32): void {
  seedHashes(low, high)
}

/** Room for so many bytes of input. */
export function openInput(bytes: u32): usize {
  if (bytes > inputBytes) {
    if (input != 0) release(input, inputBytes + SLACK)
    input = allocate(bytes + SLACK)
    inputBytes = bytes
    prepareScratch(bytes)
  }
  return input
}

/**
 * Reads lines from one offset of the input to another, where a line ends; the rows
 * begin at an offset of their block.
 */
export function readLines(from: u32, to: u32, firstRow: u32): u32 {
  expectLines(false)
  // No text and no space goes on behind this.
  store<u64>(input + to, 0)
  lines = 0
  const end = input + to
  let at = input + from
  let state = AT_END
  while (at < end) {
    if (firstRow + rowCount == BLOCK_ROWS || isFlatFull()) {
      state = BLOCK_FULL
      break
    }
    const next = readLine(at, end, firstRow)
    if (next == 0) {
      state = isUnknown ? UNKNOWN : ODD
      break
    }
    lines++
    at = next
  }
  stopped = <u32>(at - input)
  return state
}

/** The place of the next line, 0 when this one is odd. */
function readLine(start: usize, end: usize, firstRow: u32): usize {
  const at = skipSpace(start)
  if (load<u8>(at) == LINE_FEED) return at + 1
  if (at >= end) return end
  const stop = readRow(at, end, firstRow)
  if (stop == 0) return 0
  if (isRowKept) addRow(start, load<u8>(stop - 1) == RETURN ? stop - 1 : stop)
  return stop == end ? end : stop + 1
}

/**
 * Reads one record, which may go over several lines and takes up all of the input from
 * one offset to another.
 */
export function readRecord(from: u32, to: u32, firstRow: u32): u32 {
  expectLines(true)
  store<u64>(input + to, 0)
  const end = input + to
  const stop = readRow(skipSpace(input + from), end, firstRow)
  if (stop != end) return isUnknown ? UNKNOWN : ODD
  if (!isRowKept) return PASSED_OVER
  addRow(input + from, end)
  return AT_END
}

/** Reads a row up to the end of its line; 0 when it is odd. */
function readRow(start: usize, end: usize, firstRow: u32): usize {
  beginRow()
  const behind = load<u8>(start) == OPEN_BRACE ? readRecordAt(start) : 0
  if (behind != 0) {
    const at = skipSpace(behind)
    if (at == end || load<u8>(at) == LINE_FEED) {
      const state = endRow(firstRow + rowCount)
      isRowKept = state == KEPT
      if (state == LEFT_OUT) noteLeftOut()
      if (state != NOT_READ) return at
    }
  }
  return 0
}

function readRecordAt(start: usize): usize {
  return isFlat ? readFlatEvent(start) : readHitOrEvent(start)
}

function noteLeftOut(): void {
  leftOut++
  if (rowCount == 0) isFirstLeftOut = true
}

function addRow(start: usize, end: usize): void {
  store<u32>(rowOffsets + (rowCount << 2), <u32>(start - input))
  store<u32>(rowLengths + (rowCount << 2), <u32>(end - start))
  if (!isFlat && hasId()) keepId(rowCount)
  rowCount++
}

/** Memory has ended in the middle of a row: only those before it are to be fetched. */
export function dropHalfRow(firstRow: u32): void {
  // It may have ended while learning.
  setLearning(false)
  dropRow(firstRow + rowCount)
}

/** The rows have been fetched. */
export function forgetRows(): void {
  rowCount = 0
  leftOut = 0
  isFirstLeftOut = false
  clearTouched()
  clearIds()
  forgetFlat()
}

/** Learns the keys and columns of a record that JavaScript has read. */
export function learn(from: u32, to: u32): void {
  const end = input + to
  const behind = load<u64>(end)
  store<u64>(end, 0)
  expectLines(true)
  setLearning(true)
  beginRow()
  const start = skipSpace(input + from)
  if (load<u8>(start) == OPEN_BRACE) readRecordAt(start)
  setLearning(false)
  store<u64>(end, behind)
}

/** The offset of the line that `readLines` came back for. */
export function stoppedAt(): u32 {
  return stopped
}

/** Lines passed by the last `readLines`. */
export function lineCount(): u32 {
  return lines
}

export function rowsRead(): u32 {
  return rowCount
}

/** Rows since they were last fetched that are not to be kept. */
export function rowsLeftOut(): u32 {
  return leftOut
}

/** Whether one of those came before all that are. */
export function isFirstRowLeftOut(): bool {
  return isFirstLeftOut
}

/** What kinds of values a field has that is not kept: bits in the order of counts. */
export function kindsPassedOver(field: u32): u32 {
  return fieldOf(field).kinds
}

export function keepKeys(field: u32, below: f64): void {
  keepOnlyKeys(fieldOf(field), below)
}

export function keepTimes(field: u32, from: f64, to: f64): void {
  keepOnlyTimes(fieldOf(field), from, to)
}

/**
 * Rows with a field and without a category and an excuse are for JavaScript to read, and
 * so are those with that of flat events and without a category.
 */
export function leaveRaw(sign: u32, category: u32, excuse: u32, ofFlat: u32): void {
  lookForRaw(fieldOf(sign), fieldOf(category), fieldOf(excuse), fieldOf(ofFlat))
}

/** So are those without a category that may hold an event as XML in such a field. */
export function leaveXml(carrier: u32): void {
  lookForXml(fieldOf(carrier))
}

/** By row, where its text begins in the input; u32. */
export function offsetsOfRows(): usize {
  return rowOffsets
}

/** By row, the bytes of its text; u32. */
export function lengthsOfRows(): usize {
  return rowLengths
}

/** All columns are gone; they are learnt anew. */
export function forgetColumns(): void {
  forgetFieldColumns()
  forgetAllWholes()
}

export { keepAll } from './keep'
export { isFlatFull } from './flat'
export { flatTimeCount, flatTimes, flatWordCount, flatWords, setFlat } from './flat'
export { allocate, release } from './memory'
export { idBytes, idCount, idsAt, idRows } from './ids'
export {
  codeCountOf,
  codeOffsetsOf,
  codesOf,
  dropColumn,
  makeColumn,
  nanosOf,
  numberOf,
  spellingsOf,
  timeCountOf,
  timeOffsetsOf,
  timesOf,
  touchedColumn,
  touchedColumns,
} from './columns'
export {
  contentSize,
  copyContent,
  copyPlain,
  countLinesOf,
  endOfContent,
  endOfContents,
  entriesOf,
  findContent,
  hasUnsafe,
  internContent,
  kindsOf,
} from './contents'
export { matchesContent, placeOfPatterns, takePatterns } from './patterns'
export { hashOf, hashTexts, holdsTextsOnly, isSameText, sketchTexts } from './search'
