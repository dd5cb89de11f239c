import { kindOf, TEXTS } from './dictionary'
import { isFlat } from './flat'
import { Field, findKey, flatKey, isKeyAt, Key, learnKey, rootKey } from './keys'
import { readNumber } from './numbers'
import { countOthers, isLearning, noteKind, noteValue, putGuessed } from './row'
import { putValue, valueCount } from './row'
import { readText, setValue, skipPlainText, skipText, valueAt, valueLength } from './text'
import { keepWhole, mayComeAgain, repeatWhole } from './wholes'

/*
 * Events, as JSON objects. What is not read here is left to JavaScript, on purpose: all
 * that is not JSON, keys that are unknown, escaped or given twice, and deep nesting. A
 * reader answers with the place behind what it read, or with 0.
 */

const MOST_DEPTH: u32 = 60

const SPACE: u8 = 0x20
const QUOTE: u8 = 0x22
const COMMA: u8 = 0x2c
const COLON: u8 = 0x3a
const OPEN_BRACKET: u8 = 0x5b
const CLOSE_BRACKET: u8 = 0x5d
const OPEN_BRACE: u8 = 0x7b
const CLOSE_BRACE: u8 = 0x7d
const LINE_FEED: u8 = 0x0a

/** Whether a line break is space: not where it ends the record. */
let hasLines: bool = false
/** Why reading stopped: a key or a column that can be learnt. */
export let isUnknown: bool = false
/** Counts objects, to tell keys given twice. */
let objects: u32 = 0

export function expectLines(on: bool): void {
  hasLines = on
}

export function skipSpace(at: usize): usize {
  let byte = load<u8>(at)
  while (byte <= SPACE) {
    if (byte != SPACE && byte != 0x09 && byte != 0x0d && !(hasLines && byte == LINE_FEED))
      return at
    byte = load<u8>(++at)
  }
  return at
}

/** Tells that there is a key that was not learnt, or no more that there is one. */
export function noteUnknown(is: bool): void {
  isUnknown = is
}

/** Reads the event that begins with the brace at `start`. */
export function readEvent(start: usize): usize {
  isUnknown = false
  return readObject(start + 1, rootKey(), 1, false)
}

/**
 * The same of an event whose keys are others than those of ECS. Objects and empty arrays
 * are values there, which would leave no trace.
 */
export function readFlatEvent(start: usize): usize {
  isUnknown = false
  return readObject(start + 1, flatKey(), 1, false)
}

/** Goes on behind an opening brace. */
function readObject(start: usize, parent: Key, depth: u32, inArray: bool): usize {
  const object = ++objects
  let at = start
  if (load<u8>(at) <= SPACE) at = skipSpace(at)
  if (load<u8>(at) == CLOSE_BRACE) return at + 1
  let before: Key | null = null
  let key = parent.first
  while (true) {
    if (key !== null && isKeyAt(key, at)) at += key.patternLength
    else {
      const end = load<u8>(at) == QUOTE ? skipPlainText(at) : 0
      if (end == 0) return 0
      key = findKey(parent, at, <u32>(end - at))
      if (key === null) {
        isUnknown = true
        key = isLearning ? learnKey(parent, at, <u32>(end - at)) : null
        if (key === null) return 0
      }
      if (before === null) parent.first = key
      else before.next = key
      at = skipSpace(end)
      if (load<u8>(at++) != COLON) return 0
    }
    if (key.object == object) return 0
    key.object = object
    // There is hardly ever space: a call for it would cost more than all else here.
    if (load<u8>(at) <= SPACE) at = skipSpace(at)
    at = readValue(at, key, depth, inArray)
    if (at == 0) return 0
    if (load<u8>(at) <= SPACE) at = skipSpace(at)
    const next = load<u8>(at)
    if (next != COMMA) return next == CLOSE_BRACE ? at + 1 : 0
    if (load<u8>(++at) <= SPACE) at = skipSpace(at)
    before = key
    key = before.next
  }
}

/** Reads the value of a key: the place behind it, or 0. */
export function readValue(at: usize, key: Key, depth: u32, inArray: bool): usize {
  const field = key.field
  const first = load<u8>(at)
  if (first == OPEN_BRACE) {
    if (isFlat || depth == MOST_DEPTH) return 0
    return inArray || isLearning || !mayComeAgain(key)
      ? readObject(at + 1, key, depth + 1, inArray)
      : readWhole(at, key, depth + 1)
  }
  if (field.isSkipped) {
    noteValue(field, at)
    if (first == OPEN_BRACKET)
      return depth == MOST_DEPTH ? 0 : readArray(at + 1, key, depth + 1)
    return passOver(at, first, field)
  }
  if (first == OPEN_BRACKET && depth == MOST_DEPTH) return 0
  if (!inArray) {
    const behind = putGuessed(field, at)
    if (behind != 0) return behind
  }
  if (first == OPEN_BRACKET) return readArray(at + 1, key, depth + 1)
  const end = first == QUOTE ? readText(at) : readPlain(at, first)
  if (end == 0) return 0
  if (putValue(field, inArray)) return end
  isUnknown = field.column === null
  return 0
}

/** Reads an object as one that was there before, or member by member. */
function readWhole(at: usize, key: Key, depth: u32): usize {
  const behind = repeatWhole(key, at)
  if (behind != 0) return behind
  const before = valueCount
  const others = countOthers()
  const end = readObject(at + 1, key, depth, false)
  if (end != 0 && !(hasLines && hasLineFeed(at, end)))
    keepWhole(key, at, end, before, others)
  return end
}

/** Such an object would end a line elsewhere. */
function hasLineFeed(from: usize, to: usize): bool {
  for (let at = from; at < to; at++) if (load<u8>(at) == LINE_FEED) return true
  return false
}

/** Passes over a scalar of a field that is not kept. */
function passOver(at: usize, first: u8, field: Field): usize {
  if (first == QUOTE) {
    const end = skipText(at)
    return end != 0 && noteKind(field, TEXTS) ? end : 0
  }
  const end = readPlain(at, first)
  return end != 0 && noteKind(field, kindOf(valueAt, valueLength)) ? end : 0
}

/** Goes on behind an opening bracket. */
function readArray(start: usize, key: Key, depth: u32): usize {
  let at = skipSpace(start)
  if (load<u8>(at) == CLOSE_BRACKET) return isFlat ? 0 : at + 1
  while (true) {
    at = readValue(at, key, depth, true)
    if (at == 0) return 0
    at = skipSpace(at)
    const next = load<u8>(at)
    if (next == CLOSE_BRACKET) return at + 1
    if (next != COMMA) return 0
    at = skipSpace(at + 1)
  }
}

const TRUE: u32 = 0x65757274
const FALS: u32 = 0x736c6166
const NULL: u32 = 0x6c6c756e

/** Reads a number or a word. */
function readPlain(at: usize, first: u8): usize {
  const word = load<u32>(at)
  if (word == TRUE || word == NULL) {
    setValue(at, 4)
    return at + 4
  }
  if (word == FALS && load<u8>(at + 4) == 0x65) {
    setValue(at, 5)
    return at + 5
  }
  return first == 0x2d || first - 0x30 < 10 ? readNumber(at) : 0
}

/** Passes over any value. */
export function skipValue(at: usize, depth: u32): usize {
  const first = load<u8>(at)
  if (first == QUOTE) return skipText(at)
  const isObject = first == OPEN_BRACE
  if (!isObject && first != OPEN_BRACKET) return readPlain(at, first)
  return depth == MOST_DEPTH ? 0 : skipMembers(at + 1, isObject, depth + 1)
}

function skipMembers(start: usize, isObject: bool, depth: u32): usize {
  const close = isObject ? CLOSE_BRACE : CLOSE_BRACKET
  let at = skipSpace(start)
  if (load<u8>(at) == close) return at + 1
  while (true) {
    if (isObject) {
      const end = load<u8>(at) == QUOTE ? skipText(at) : 0
      if (end == 0) return 0
      at = skipSpace(end)
      if (load<u8>(at) != COLON) return 0
      at = skipSpace(at + 1)
    }
    at = skipValue(at, depth)
    if (at == 0) return 0
    at = skipSpace(at)
    const next = load<u8>(at)
    if (next == close) return at + 1
    if (next != COMMA) return 0
    at = skipSpace(at + 1)
  }
}
