import { hashBytes } from './bytes'
import { Column } from './columns'
import { recall } from './dictionary'
import {
  changeGuide,
  guessCode,
  guessLength,
  guessOf,
  isGuide,
  mayGuess,
  MOST_GUESSES,
} from './guesses'
import { isRight, noteMiss, setGuess, setUpGuesses } from './guesses'
import { findColumn } from './host'
import { chosenKey } from './keep'
import { Field } from './keys'
import { clearScratch } from './scratch'
import { valueAt, valueLength } from './text'

/*
 * What the row being read holds. Values whose contents are known have their codes at once;
 * the others get them when the row has been read and is to be kept.
 *
 *     values     (column, code, place, length, code or hash of the guide, field, hash),
 *                as they come
 *
 * Several values of one field, and those in arrays, are linked; at the end of the row
 * they are written one after another, as `[a,b]`, and become one value.
 */

/** A row with more values is not read here. */
const MOST_VALUES: u32 = 4096
export const VALUE_SHIFT: u32 = 5
const MOST_LISTS: u32 = 1024
const MOST_ELEMENTS: u32 = 8192
const MOST_NOTES: u32 = 1024
/** How far before a column its guides are looked for, in values. */
const MOST_DISTANCE: u32 = 24
const BRACKET: u8 = 0x5b

export const values = memory.data((<i32>MOST_VALUES) << 5, 16)
/** (value, first element, last element, length of all) */
export const lists = memory.data(<i32>MOST_LISTS * 16, 16)
/** (place, length, next element) */
const elements = memory.data(<i32>MOST_ELEMENTS * 12, 4)
/** (field, kind) of values that are not kept */
export const notes = memory.data(<i32>MOST_NOTES * 8, 8)
export const PENDING_SHIFT: u32 = 4
/** Values whose codes are looked for when the row has ended (pending.ts); some twice. */
export const pendings = memory.data((<i32>MOST_VALUES) << 5, 8)

export let valueCount: u32 = 0
export let listCount: u32 = 0
let elementCount: u32 = 0
export let noteCount: u32 = 0
export let pendingCount: u32 = 0
let signCount: u32 = 0
/** Number of the row being read; never used twice. */
export let row: u32 = 0

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
  pendingCount = 0
  signCount = 0
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
  if (field.isSign) signCount++
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
  const hash = hashBytes(valueAt, valueLength)
  if (column.followers > 0) {
    if (column.size <= MOST_GUESSES) {
      const code = recall(column, valueAt, valueLength, hash)
      if (code != 0) setCode(column, value, code)
      return true
    }
    // With more codes than guesses, what follows is guessed as well by the hash.
    column.current = hash
  }
  store<u32>(value, hash, 24)
  addPending(value)
  return true
}

/** The code of a value is to be looked for at the end of the row, if it has none then. */
function addPending(value: usize): void {
  store<u32>(pendings + (pendingCount++ << PENDING_SHIFT), value)
}

/** Gives a value bytes other than those it was read with; it has no code any more. */
export function rewriteValue(value: usize, at: usize, length: u32): void {
  store<u32>(value, 0, 4)
  store<u32>(value, at, 8)
  store<u32>(value, length, 12)
  store<u32>(value, hashBytes(at, length), 24)
  if (isGuide(changetype<Column>(load<u32>(value)))) addPending(value)
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
  store<u32>(value, changetype<usize>(field), 20)
  return value
}

/** How much the row has so far beside values: notes, signs, and what stands in lists. */
export function countOthers(): u32 {
  return noteCount + signCount + elementCount
}

/** Bytes of a value that is kept of a row: (field, code, offset, length). */
export const KEPT_VALUE: u32 = 16

/**
 * Whether all that the row was given since it had `before` values has its code, and stands
 * in the input between two places.
 */
export function areKnown(before: u32, from: usize, to: usize): bool {
  for (let place = before; place < valueCount; place++) {
    const value = values + (place << VALUE_SHIFT)
    const at = <usize>load<u32>(value, 8)
    if (load<u32>(value, 4) == 0 || at < from || at >= to) return false
  }
  return true
}

/** Writes those values, of an object that begins at `from`. */
export function copyValues(before: u32, out: usize, from: usize): void {
  let kept = out
  for (let place = before; place < valueCount; place++) {
    const value = values + (place << VALUE_SHIFT)
    store<u32>(kept, load<u32>(value, 20))
    store<u32>(kept, load<u32>(value, 4), 4)
    store<u32>(kept, load<u32>(value, 8) - <u32>from, 8)
    store<u32>(kept, load<u32>(value, 12), 12)
    kept += KEPT_VALUE
  }
}

/** Gives the row values that another had, of an object that begins here as well. */
export function repeatValues(kept: usize, count: u32, from: usize): bool {
  if (valueCount + count > MOST_VALUES) return false
  const end = kept + count * KEPT_VALUE
  for (let at = kept; at < end; at += KEPT_VALUE)
    if (changetype<Field>(load<u32>(at)).row == row) return false
  let place = valueCount
  let value = values + (place << VALUE_SHIFT)
  for (let at = kept; at < end; at += KEPT_VALUE) {
    const field = changetype<Field>(load<u32>(at))
    field.row = row
    field.place = place++
    field.list = 0
    // Those that have no column any more are not kept.
    const column = field.column!
    const code = load<u32>(at, 4)
    column.current = code
    column.guessed++
    store<u32>(value, changetype<usize>(column))
    store<u32>(value, code, 4)
    // Where it begins, and how long it is.
    store<u64>(value, load<u64>(at, 8) + from, 8)
    store<u32>(value, changetype<usize>(field), 20)
    value += 1 << VALUE_SHIFT
  }
  valueCount = place
  return true
}

/** Sets the code of a value that was not guessed. */
export function setCode(column: Column, value: usize, code: u32): void {
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
