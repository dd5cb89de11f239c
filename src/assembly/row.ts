import { Column, putCode, putTime } from './columns'
import { hashBytes, isSame } from './bytes'
import { intern } from './dictionary'
import { findColumn } from './host'
import { chosenClock, chosenKey, isKeptKey, isKeptTime } from './keep'
import { Field } from './keys'
import { isRaw } from './raw'
import { clearScratch, closeScratch, openScratch } from './scratch'
import { valueAt, valueLength } from './text'
import { ms, nanos, readTime, spelling } from './times'

/*
 * What the rows being read hold. Values wait in a queue until there are a few thousand;
 * then all are hashed, and then all looked up, which lets the machine do several at once.
 *
 *     queue      (place, length, column, hash), row after row
 *     rowEnds    where in the queue each row ends
 *
 * Several values of one field, and those in arrays, are linked; at the end of the row
 * they are written one after another, as `[a,b]`, and become one value.
 */

const QUEUE: u32 = 8192
/** A row with more values is not read here. */
const MOST_VALUES: u32 = 4096
const MOST_LISTS: u32 = 1024
const MOST_ELEMENTS: u32 = 8192
const MOST_NOTES: u32 = 1024
const MOST_ROWS: u32 = 4096
/** In place of a length: the same value as the column had last. */
const REPEATED: u32 = 0
const LOWER_N: u8 = 0x6e
const BRACKET: u8 = 0x5b
const COMMA: u8 = 0x2c

const queue = memory.data(<i32>QUEUE * 16, 16)
const rowEnds = memory.data(<i32>MOST_ROWS * 4, 4)
/** (place in the queue, first element, last element, length of all) */
const lists = memory.data(<i32>MOST_LISTS * 16, 16)
/** (place, length, next element) */
/** (field, kind) of values that are not kept */
const notes = memory.data(<i32>MOST_NOTES * 8, 8)
const elements = memory.data(<i32>MOST_ELEMENTS * 12, 4)

let queued: u32 = 0
/** Rows in the queue. */
let rows: u32 = 0
let rowStart: u32 = 0
let listCount: u32 = 0
let elementCount: u32 = 0
let noteCount: u32 = 0
/** Number of the row being read; never used twice. */
let row: u32 = 0
/** Number of the filling of the queue; what fields remember is good for one. */
let batch: u32 = 1

/** Whether keys and columns are to be learnt, and values passed over. */
export let isLearning: bool = false

export function setLearning(on: bool): void {
  isLearning = on
}

export function beginRow(): void {
  row++
  rowStart = queued
  listCount = 0
  elementCount = 0
  noteCount = 0
}

/** Gives the row the value read last; false when that cannot be done here. */
export function putValue(field: Field, inArray: bool): bool {
  const column = field.column
  if (column === null) return isLearning && learnColumn(field)
  if (field.row != row) return putFirst(field, column, inArray)
  return putNext(field)
}

/** Notes that the row has a value of a field that is not kept. */
export function noteValue(field: Field): void {
  field.row = row
}

/** What `findColumn` answers for fields that are not kept. */
const SKIPPED: usize = 1

function learnColumn(field: Field): bool {
  const found = findColumn(field.number)
  if (found == SKIPPED) field.isSkipped = true
  else field.column = changetype<Column>(found)
  return true
}

/** Notes what kind of value a field has that is not kept; it counts when the row does. */
export function noteKind(field: Field, ofValue: u32): bool {
  const kind: u32 = 1 << ofValue
  if (isLearning || (field.kinds & kind) != 0) return true
  if (noteCount == MOST_NOTES) return false
  const note = notes + (noteCount++ << 3)
  store<u32>(note, changetype<usize>(field))
  store<u32>(note, kind, 4)
  return true
}

function putFirst(field: Field, column: Column, inArray: bool): bool {
  if (queued - rowStart == MOST_VALUES) return false
  field.row = row
  field.place = queued
  field.list = 0
  const entry = queue + (queued++ << 4)
  store<u32>(entry, valueAt)
  store<u32>(entry, valueLength, 4)
  store<u32>(entry, changetype<usize>(column), 8)
  return !inArray || beginList(field)
}

/** Whether the row has a value of a field. */
export function hasValue(field: Field): bool {
  return field.row == row
}

/**
 * Remembers how the only value of a field stands in the input, `extra` bytes that show
 * its end included. Neighbouring events mostly agree, and then it need not be read again.
 */
export function rememberValue(field: Field, at: usize, end: usize, extra: u32): void {
  const column = field.column
  if (column === null || column.isTime) return
  field.lastAt = at
  field.lastLength = <u32>(end - at) + extra
  field.lastExtra = extra
  field.batch = batch
}

/** Gives the row the same value as the row before if it stands here: the place behind it. */
export function repeatValue(field: Field, at: usize): usize {
  const length = field.lastLength
  if (field.batch != batch || length == 0 || field.row == row) return 0
  if (!isSame(field.lastAt, at, length) || field === chosenKey()) return 0
  if (queued - rowStart == MOST_VALUES) return 0
  field.row = row
  field.place = queued
  field.list = 0
  const entry = queue + (queued++ << 4)
  store<u32>(entry, REPEATED, 4)
  store<u32>(entry, changetype<usize>(field.column), 8)
  return at + length - field.lastExtra
}

/** Makes the value that a field has the first of a list. */
function beginList(field: Field): bool {
  if (listCount == MOST_LISTS) return false
  const entry = queue + (field.place << 4)
  const list = lists + (listCount++ << 4)
  const length = load<u32>(entry, 4)
  field.lastLength = 0
  // What the row before had was not read again, so there is nothing to begin with.
  if (length == REPEATED) return false
  field.list = list
  store<u32>(list, field.place)
  const element = addElement(load<u32>(entry), length)
  store<u32>(list, element, 4)
  store<u32>(list, element, 8)
  store<u32>(list, length, 12)
  return element != 0
}

function putNext(field: Field): bool {
  if (field.list == 0 && !beginList(field)) return false
  const element = addElement(valueAt, valueLength)
  if (element == 0) return false
  const list = field.list
  store<u32>(load<u32>(list, 8), element, 8)
  store<u32>(list, element, 8)
  store<u32>(list, load<u32>(list, 12) + valueLength + 1, 12)
  return true
}

/** 0 when there is no room. */
function addElement(at: usize, length: u32): usize {
  if (elementCount == MOST_ELEMENTS) return 0
  const element = elements + elementCount++ * 12
  store<u32>(element, at)
  store<u32>(element, length, 4)
  store<u32>(element, 0, 8)
  return element
}

/** How a row ends. */
export const KEPT: u32 = 0
/** It is not one of those to be kept, and gone. */
export const LEFT_OUT: u32 = 1
/** It cannot be read here, and is to be dropped. */
export const NOT_READ: u32 = 2

export function endRow(): u32 {
  const judged = judgeRow()
  if (judged == KEPT) return writeRow() ? KEPT : NOT_READ
  if (judged == LEFT_OUT) dropRow()
  return judged
}

function judgeRow(): u32 {
  if (isRaw(row)) return NOT_READ
  const key = chosenKey()
  if (key !== null && (key.row != row || !isKeptEntry(key))) return LEFT_OUT
  const clock = chosenClock()
  if (clock === null) return KEPT
  if (clock.row != row) return LEFT_OUT
  const entry = queue + (clock.place << 4)
  // A list, or a time in another spelling, is for JavaScript to judge.
  const isPlain = clock.list == 0 && readTime(load<u32>(entry), load<u32>(entry, 4))
  if (!isPlain) return NOT_READ
  return isKeptTime(ms) ? KEPT : LEFT_OUT
}

function isKeptEntry(field: Field): bool {
  if (field.list != 0) {
    const element = load<u32>(field.list, 4)
    return isKeptKey(load<u32>(element), load<u32>(element, 4))
  }
  const entry = queue + (field.place << 4)
  return isKeptKey(load<u32>(entry), load<u32>(entry, 4))
}

function writeRow(): bool {
  for (let i: u32 = 0; i < noteCount; i++) {
    const note = notes + (i << 3)
    const field = changetype<Field>(load<u32>(note))
    field.kinds |= load<u32>(note, 4)
  }
  for (let i: u32 = 0; i < listCount; i++) if (!writeList(lists + (i << 4))) return false
  store<u32>(rowEnds + (rows++ << 2), queued)
  return true
}

/** Forgets the row being read. */
export function dropRow(): void {
  queued = rowStart
  batch++
}

/** Writes a list: of its nulls the first. */
function writeList(list: usize): bool {
  const begin = openScratch(load<u32>(list, 12) + 2)
  if (begin == 0) return false
  let to = begin
  let hasNull = false
  for (let element = load<u32>(list, 4); element != 0; element = load<u32>(element, 8)) {
    const at = load<u32>(element)
    const isNull = load<u8>(at) == LOWER_N
    if (isNull && hasNull) continue
    if (isNull) hasNull = true
    store<u8>(to, to == begin ? BRACKET : COMMA)
    const length = load<u32>(element, 4)
    memory.copy(to + 1, at, length)
    to += length + 1
  }
  store<u8>(to++, 0x5d)
  closeScratch(to)
  const entry = queue + (load<u32>(list) << 4)
  store<u32>(entry, begin)
  store<u32>(entry, <u32>(to - begin), 4)
  return true
}

/** Forgets all rows that wait to be looked up. */
export function clearQueue(): void {
  batch++
  queued = 0
  rows = 0
  clearScratch()
}

/** Whether another row may not fit the queue. */
export function isQueueFull(): bool {
  return queued > QUEUE - MOST_VALUES
}

/** Looks up all that is queued; `first` is the offset in its block of the first row. */
export function resolveRows(first: u32): void {
  for (let i: u32 = 0; i < queued; i++) {
    const entry = queue + (i << 4)
    const length = load<u32>(entry, 4)
    if (length != REPEATED) store<u32>(entry, hashBytes(load<u32>(entry), length), 12)
  }
  let from: u32 = 0
  for (let i: u32 = 0; i < rows; i++) {
    const to = load<u32>(rowEnds + (i << 2))
    for (; from < to; from++) resolve(queue + (from << 4), first + i)
  }
  clearQueue()
}

function resolve(entry: usize, offset: u32): void {
  const at = load<u32>(entry)
  const length = load<u32>(entry, 4)
  const column = changetype<Column>(load<u32>(entry, 8))
  if (length == REPEATED) putCode(column, offset, column.lastCode)
  else if (column.isTime && readTime(at, length))
    putTime(column, offset, ms, nanos, spelling)
  else putCode(column, offset, intern(column, at, length, load<u32>(entry, 12)))
}
