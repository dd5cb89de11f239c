import { Column, makeRoom, putCode, putTime } from './columns'
import { intern } from './dictionary'
import { addFlat, addFlatLines, addFlatTime, beginFlatRow, isFlat } from './flat'
import { lines, plainLength, writePlain } from './flat'
import { isGuide } from './guesses'
import { chosenClock, chosenKey, isKeptKey, isKeptTime } from './keep'
import { Field } from './keys'
import { findCodes } from './pending'
import { carrierAt, carrierCount, hasCategory, isRaw } from './raw'
import { mayBeWrittenXml, mayHoldXml } from './raw'
import { listCount, lists, noteCount, notes, rewriteValue, row, setCode } from './row'
import { VALUE_SHIFT, valueCount, values } from './row'
import { closeScratch, openScratch } from './scratch'
import { ms, nanos, readLooseTime, readTime, spelling } from './times'

/*
 * How a row ends: whether it is kept is decided, its lists are written, and its values are
 * put into their columns, or behind one another where JavaScript maps them.
 */

const LOWER_N: u8 = 0x6e
const BRACKET: u8 = 0x5b
const COMMA: u8 = 0x2c
const QUOTE: u8 = 0x22

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
  findCodes()
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
  let value = values
  while (true) {
    value = putCodes(value, end, offset)
    if (value == end) return
    const column = changetype<Column>(load<u32>(value))
    if (load<u32>(value, 4) != 0) makeRoom(column)
    else if (column.isTime && readTime(load<u32>(value, 8), load<u32>(value, 12))) {
      putTime(column, offset, ms, nanos, spelling)
      value += 1 << VALUE_SHIFT
    } else store<u32>(value, internValue(column, value), 4)
  }
}

/**
 * Gives columns the codes of values, up to one that has none or whose column has no room.
 * It calls nothing, so what it works on stays in registers.
 */
function putCodes(from: usize, end: usize, offset: u32): usize {
  let value = from
  for (; value < end; value += 1 << VALUE_SHIFT) {
    const code = load<u32>(value, 4)
    if (code == 0) break
    const column = changetype<Column>(load<u32>(value))
    if (!column.isTouched) break
    const at = column.codeCount
    if (at == column.codeRoom) break
    putCode(column, at, offset, code)
  }
  return value
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
    const length = load<u32>(value, 12)
    const plain = writePlain(at, length)
    // There is no room, or nothing is left of it.
    if (plain == 0 || plainLength == 2) return false
    if (plainLength != length) rewriteValue(value, plain, plainLength)
    lineCount = lines
    pairs++
  }
  findCodes()
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
  rewriteValue(load<u32>(list), begin, <u32>(to - begin))
  return true
}
