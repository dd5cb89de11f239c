import { Column, putCode, putTime } from './columns'
import { intern, recall } from './dictionary'
import {
  changeGuide,
  guessCode,
  guessLength,
  guessOf,
  isGuide,
  mayGuess,
} from './guesses'
import { isRight, noteMiss, setGuess, setUpGuesses } from './guesses'
import { findColumn } from './host'
import { chosenClock, chosenKey, isKeptKey, isKeptTime } from './keep'
import { addFlat, addFlatLines, addFlatTime, beginFlatRow, isFlat } from './flat'
import { lines, plainLength, writePlain } from './flat'
import { Field } from './keys'
import { carrierAt, carrierCount, hasCategory, isRaw } from './raw'
import { mayBeWrittenXml, mayHoldXml } from './raw'
import { clearScratch, closeScratch, openScratch } from './scratch'
import { valueAt, valueLength } from './text'
import { ms, nanos, readLooseTime, readTime, spelling } from './times'

/*
 * What the row being read holds. Values whose contents are known have their codes at once;
 * the others get them when the row has been read and is to be kept.
 *
 *     values     (column, code, place, length, code of the guide), as they come
 *
 * Several values of one field, and those in arrays, are linked; at the end of the row
 * they are written one after another, as `[a,b]`, and become one value.
 */

/** A row with more values is not read here. */
const MOST_VALUES: u32 = 4096
const VALUE_SHIFT: u32 = 5
const MOST_LISTS: u32 = 1024
const MOST_ELEMENTS: u32 = 8192
const MOST_NOTES: u32 = 1024
/** How far before a column its guides are looked for, in values. */
const MOST_DISTANCE: u32 = 24
const LOWER_N: u8 = 0x6e
const BRACKET: u8 = 0x5b
const COMMA: u8 = 0x2c
const QUOTE: u8 = 0x22

const values = memory.data((<i32>MOST_VALUES) << 5, 16)
/** (value, first element, last element, length of all) */
const lists = memory.data(<i32>MOST_LISTS * 16, 16)
/** (place, length, next element) */
const elements = memory.data(<i32>MOST_ELEMENTS * 12, 4)
/** (field, kind) of values that are not kept */
const notes = memory.data(<i32>MOST_NOTES * 8, 8)

let valueCount: u32 = 0
let listCount: u32 = 0
let elementCount: u32 = 0
let noteCount: u32 = 0
/** Number of the row being read; never used twice. */
let row: u32 = 0

/** Whether keys and columns are to be learnt, and values passed over. */
export let isLearning: bool = false

export function setLearning(on: bool): void {
  isLearning = on
}

export function beginRow(): void {
  row++
  valueCount = 0
  listCount = 0
  elementCount = 0
  noteCount = 0
  clearScratch()
}

/** Gives the row the value read last; false when that cannot be done here. */
export function putValue(field: Field, inArray: bool): bool {
  const column = field.column
  if (column === null) return isLearning && learnColumn(field)
  if (field.row != row) return putFirst(field, column, inArray)
  return putNext(field)
}

/** Notes that the row has a value of a field that is not kept. */
export function noteValue(field: Field, at: usize): void {
  field.place = field.row == row ? 0 : at
  field.row = row
}

/** What `findColumn` answers for fields that are not kept. */
const SKIPPED: usize = 1

function learnColumn(field: Field): bool {
  const found = findColumn(field.number)
  if (found == SKIPPED) field.isSkipped = true
  else if (found != 0) {
    const column = changetype<Column>(found)
    setUpGuesses(column)
    field.column = column
  }
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
  const value = addValue(field, column)
  if (value == 0) return false
  store<u32>(value, valueAt, 8)
  store<u32>(value, valueLength, 12)
  if (inArray) return beginList(field)
  if (!isGuide(column)) return true
  const code = recall(column, valueAt, valueLength)
  if (code != 0) setCode(column, value, code)
  return true
}

/** Adds a value without code, which the row has of a field; 0 when there are too many. */
function addValue(field: Field, column: Column): usize {
  if (valueCount == MOST_VALUES) return 0
  field.row = row
  field.place = valueCount
  field.list = 0
  const value = values + (valueCount++ << VALUE_SHIFT)
  store<u32>(value, changetype<usize>(column))
  store<u32>(value, 0, 4)
  store<u32>(value, column.guide.current, 16)
  return value
}

/** Sets the code of a value that was not guessed. */
function setCode(column: Column, value: usize, code: u32): void {
  store<u32>(value, code, 4)
  setGuess(column, load<u32>(value, 16), code, load<u32>(value, 12))
  column.current = code
  if (noteMiss(column)) changeGuide(column, nextGuide(column, value))
}

/** A guide for a column that was not tried yet, among those before it in the row. */
function nextGuide(column: Column, value: usize): Column | null {
  const place = (<u32>(value - values)) >> VALUE_SHIFT
  while (++column.distance <= MOST_DISTANCE && column.distance <= place) {
    const before = values + ((place - column.distance) << VALUE_SHIFT)
    const guide = changetype<Column>(load<u32>(before))
    if (isGuide(guide)) return guide
  }
  return null
}

/** Gives the row the value that is expected if it stands here: the place behind it. */
export function putGuessed(field: Field, at: usize): usize {
  const column = field.column
  if (column === null || field.row == row || !mayGuess(column)) return 0
  // Of a list, its first value decides.
  if (field === chosenKey()) return 0
  const guess = guessOf(column)
  if (!isRight(guess, at)) return 0
  const value = addValue(field, column)
  if (value == 0) return 0
  const code = guessCode(guess)
  const length = guessLength(guess)
  store<u32>(value, code, 4)
  store<u32>(value, at, 8)
  store<u32>(value, length, 12)
  column.current = code
  column.guessed++
  return at + length
}

/** Makes the value that a field has the first of a list. */
function beginList(field: Field): bool {
  if (listCount == MOST_LISTS) return false
  const value = values + (field.place << VALUE_SHIFT)
  const at = load<u32>(value, 8)
  // It was guessed whole, and not taken apart.
  if (load<u8>(at) == BRACKET) return false
  const list = lists + (listCount++ << 4)
  const length = load<u32>(value, 12)
  field.list = list
  store<u32>(value, 0, 4)
  store<u32>(list, value)
  const element = addElement(at, length)
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

/** Ends the row; it is the one at an offset of its block. */
export function endRow(offset: u32): u32 {
  const judged = judgeRow()
  if (judged != KEPT) return judged
  if (!writeLists()) return NOT_READ
  keepNotes()
  if (isFlat) return putFlatRow() ? KEPT : NOT_READ
  putValues(offset)
  return KEPT
}

/** Whether it may be an event of Windows as XML. */
function mayBeXml(): bool {
  if (hasCategory(row)) return false
  for (let i: u32 = 0; i < carrierCount; i++) if (carriesXml(carrierAt(i))) return true
  return false
}

/** A field that is not kept is looked at as it was written. */
function carriesXml(field: Field): bool {
  if (field.row != row) return false
  if (field.isSkipped) return field.place == 0 || mayBeWrittenXml(field.place)
  if (field.list != 0) return false
  const value = values + (field.place << VALUE_SHIFT)
  return mayHoldXml(load<u32>(value, 8), load<u32>(value, 12))
}

function judgeRow(): u32 {
  if (isRaw(row) || mayBeXml()) return NOT_READ
  const key = chosenKey()
  if (key !== null && (key.row != row || !isKeptEntry(key))) return LEFT_OUT
  const clock = chosenClock()
  if (clock === null) return KEPT
  if (clock.row != row) return LEFT_OUT
  const value = values + (clock.place << VALUE_SHIFT)
  // A list, or a time in another spelling, is for JavaScript to judge.
  const isPlain = clock.list == 0 && readTime(load<u32>(value, 8), load<u32>(value, 12))
  if (!isPlain) return NOT_READ
  return isKeptTime(ms) ? KEPT : LEFT_OUT
}

function isKeptEntry(field: Field): bool {
  if (field.list != 0) {
    const element = load<u32>(field.list, 4)
    return isKeptKey(load<u32>(element), load<u32>(element, 4))
  }
  const value = values + (field.place << VALUE_SHIFT)
  return isKeptKey(load<u32>(value, 8), load<u32>(value, 12))
}

function writeLists(): bool {
  for (let i: u32 = 0; i < listCount; i++) if (!writeList(lists + (i << 4))) return false
  return true
}

function keepNotes(): void {
  for (let i: u32 = 0; i < noteCount; i++) {
    const note = notes + (i << 3)
    const field = changetype<Field>(load<u32>(note))
    field.kinds |= load<u32>(note, 4)
  }
}

/** Gives the columns what the row has. */
function putValues(offset: u32): void {
  const end = values + (valueCount << VALUE_SHIFT)
  for (let value = values; value < end; value += 1 << VALUE_SHIFT) {
    const column = changetype<Column>(load<u32>(value))
    const code = load<u32>(value, 4)
    if (code != 0) putCode(column, offset, code)
    else if (column.isTime && readTime(load<u32>(value, 8), load<u32>(value, 12)))
      putTime(column, offset, ms, nanos, spelling)
    else putCode(column, offset, internValue(column, value))
  }
}

/** Puts the row behind the others that are to be mapped, its values as they came. */
function putFlatRow(): bool {
  const end = values + (valueCount << VALUE_SHIFT)
  let pairs = valueCount
  let lineCount: u32 = 0
  for (let value = values; value < end; value += 1 << VALUE_SHIFT) {
    if (!changetype<Column>(load<u32>(value)).hasLines) continue
    const at = load<u32>(value, 8)
    if (load<u8>(at) != QUOTE) return false
    const plain = writePlain(at, load<u32>(value, 12))
    // There is no room, or nothing is left of it.
    if (plain == 0 || plainLength == 2) return false
    store<u32>(value, plain, 8)
    store<u32>(value, plainLength, 12)
    lineCount = lines
    pairs++
  }
  beginFlatRow(pairs)
  for (let value = values; value < end; value += 1 << VALUE_SHIFT) {
    const column = changetype<Column>(load<u32>(value))
    const at = load<u32>(value, 8)
    const length = load<u32>(value, 12)
    const code = load<u32>(value, 4)
    if (code == 0 && column.isTime && readLooseTime(at, length)) {
      addFlatTime(column.number)
      continue
    }
    addFlat(column.number, at, length, code != 0 ? code : internValue(column, value))
    // There is one such column at most.
    if (column.hasLines) addFlatLines(column.number, lineCount)
  }
  return true
}

/** The code of a value that has none. */
function internValue(column: Column, value: usize): u32 {
  const at = load<u32>(value, 8)
  const length = load<u32>(value, 12)
  const code = intern(column, at, length)
  if (isGuide(column)) setCode(column, value, code)
  return code
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
  const value = load<u32>(list)
  store<u32>(value, begin, 8)
  store<u32>(value, <u32>(to - begin), 12)
  return true
}
