import { findStop, forgetHigh, sawHigh } from './bytes'
import { closeScratch, openScratch } from './scratch'

/*
 * Texts as a dictionary has them: in quotes, as `JSON.stringify` writes them. Most are
 * written so in the input too; those with other escapes are rewritten.
 */

/** The value read last, as a dictionary has it. */
export let valueAt: usize = 0
export let valueLength: u32 = 0

export function setValue(at: usize, length: u32): void {
  valueAt = at
  valueLength = length
}

const QUOTE: u32 = 0x22
const BACKSLASH: u32 = 0x5c
const SLASH: u32 = 0x2f
const LOWER_B: u32 = 0x62
const LOWER_F: u32 = 0x66
const LOWER_N: u32 = 0x6e
const LOWER_R: u32 = 0x72
const LOWER_T: u32 = 0x74
const LOWER_U: u32 = 0x75

/** Reads the text whose quote is at `start`: the place behind it, 0 when it is not valid. */
export function readText(start: usize): usize {
  forgetHigh()
  let isOther = false
  let at = findStop(start + 1)
  for (let byte = <u32>load<u8>(at); byte != QUOTE; byte = load<u8>(at)) {
    if (byte != BACKSLASH) return 0
    const letter = <u32>load<u8>(at + 1)
    if (letter == LOWER_U) {
      if (readHex(at + 2) < 0) return 0
      isOther = true
      at += 4
    } else if (letter == SLASH) isOther = true
    else if (!isPlainEscape(letter)) return 0
    at = findStop(at + 2)
  }
  if (sawHigh && !isUtf8(start + 1, at)) return 0
  setValue(start, <u32>(at + 1 - start))
  return isOther && !rewrite(start, at) ? 0 : at + 1
}

/** Whether a text without escapes ends the text whose quote is at `start`; 0 if not. */
export function readPlainText(start: usize): usize {
  forgetHigh()
  const at = findStop(start + 1)
  if (load<u8>(at) != QUOTE || (sawHigh && !isUtf8(start + 1, at))) return 0
  return at + 1
}

function isPlainEscape(letter: u32): bool {
  return (
    letter == BACKSLASH ||
    letter == QUOTE ||
    letter == LOWER_N ||
    letter == LOWER_T ||
    letter == LOWER_R ||
    letter == LOWER_B ||
    letter == LOWER_F
  )
}

/** The number that four hexadecimal digits write, -1 when they are none. */
function readHex(at: usize): i32 {
  let value: i32 = 0
  for (let i: usize = 0; i < 4; i++) {
    const byte = <i32>load<u8>(at + i)
    const lower = byte | 0x20
    if (byte >= 0x30 && byte <= 0x39) value = (value << 4) | (byte - 0x30)
    else if (lower >= 0x61 && lower <= 0x66) value = (value << 4) | (lower - 0x57)
    else return -1
  }
  return value
}

/** https://www.rfc-editor.org/rfc/rfc3629: no overlong forms, no surrogates. */
function isUtf8(from: usize, to: usize): bool {
  let at = from
  while (at < to) {
    const first = <u32>load<u8>(at++)
    if (first < 0x80) continue
    const second = <u32>load<u8>(at)
    let rest: u32 = 0
    if (first >= 0xc2 && first < 0xe0) rest = 1
    else if (first >= 0xe0 && first < 0xf0) {
      if ((first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f))
        return false
      rest = 2
    } else if (first >= 0xf0 && first < 0xf5) {
      if ((first == 0xf0 && second < 0x90) || (first == 0xf4 && second > 0x8f))
        return false
      rest = 3
    } else return false
    for (; rest > 0; rest--) if ((load<u8>(at++) & 0xc0) != 0x80) return false
  }
  return at == to
}

/** Writes the text between two quotes anew, as the value; false when there is no room. */
function rewrite(start: usize, end: usize): bool {
  const begin = openScratch(<u32>(end - start))
  if (begin == 0) return false
  let from = start
  let to = begin
  while (from < end) {
    const byte = <u32>load<u8>(from)
    if (byte != BACKSLASH) {
      store<u8>(to++, byte)
      from++
      continue
    }
    const letter = <u32>load<u8>(from + 1)
    from += 2
    if (letter == LOWER_U) {
      const unit = <u32>readHex(from)
      from += 4
      const low = isHigh(unit) ? readLow(from) : 0
      if (low != 0) from += 6
      to = writeUnit(to, unit, low)
    } else {
      if (letter != SLASH) store<u8>(to++, BACKSLASH)
      store<u8>(to++, letter)
    }
  }
  store<u8>(to++, QUOTE)
  closeScratch(to)
  setValue(begin, <u32>(to - begin))
  return true
}

function isHigh(unit: u32): bool {
  return unit >> 10 == 0x36
}

/** The low surrogate that is written at a place, 0 when there is none. */
function readLow(at: usize): u32 {
  if (load<u8>(at) != BACKSLASH || load<u8>(at + 1) != LOWER_U) return 0
  const unit = <u32>readHex(at + 2)
  return unit >> 10 == 0x37 ? unit : 0
}

/** Writes what `\u` and four digits mean, `low` being the low surrogate that follows. */
function writeUnit(to: usize, unit: u32, low: u32): usize {
  if (low != 0) {
    const point = 0x10000 + ((unit & 0x3ff) << 10) + (low & 0x3ff)
    store<u8>(to, 0xf0 | (point >> 18))
    store<u8>(to + 1, 0x80 | ((point >> 12) & 0x3f))
    store<u8>(to + 2, 0x80 | ((point >> 6) & 0x3f))
    store<u8>(to + 3, 0x80 | (point & 0x3f))
    return to + 4
  }
  if (unit < 0x20) return writeControl(to, unit)
  if (unit == QUOTE || unit == BACKSLASH) return writeLetter(to, unit)
  if (unit < 0x80) {
    store<u8>(to, unit)
    return to + 1
  }
  if (unit < 0x800) {
    store<u8>(to, 0xc0 | (unit >> 6))
    store<u8>(to + 1, 0x80 | (unit & 0x3f))
    return to + 2
  }
  if (unit >> 11 == 0x1b) return writeHex(to, unit)
  store<u8>(to, 0xe0 | (unit >> 12))
  store<u8>(to + 1, 0x80 | ((unit >> 6) & 0x3f))
  store<u8>(to + 2, 0x80 | (unit & 0x3f))
  return to + 3
}

function writeControl(to: usize, unit: u32): usize {
  if (unit == 8) return writeLetter(to, LOWER_B)
  if (unit == 9) return writeLetter(to, LOWER_T)
  if (unit == 10) return writeLetter(to, LOWER_N)
  if (unit == 12) return writeLetter(to, LOWER_F)
  if (unit == 13) return writeLetter(to, LOWER_R)
  return writeHex(to, unit)
}

function writeLetter(to: usize, letter: u32): usize {
  store<u8>(to, BACKSLASH)
  store<u8>(to + 1, letter)
  return to + 2
}

function writeHex(to: usize, unit: u32): usize {
  store<u8>(to, BACKSLASH)
  store<u8>(to + 1, LOWER_U)
  for (let i: u32 = 0; i < 4; i++) {
    const digit = (unit >> (12 - 4 * i)) & 15
    store<u8>(to + 2 + i, digit + (digit < 10 ? 0x30 : 0x57))
  }
  return to + 6
}
