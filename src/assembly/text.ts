import { closeScratch, openScratch } from './scratch'
import { findTextEnd, hasEscapes, hasHigh, hasOther, isUtf8, readHex } from './text-end'

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
  const at = findTextEnd(start + 1)
  if (at == 0 || (hasHigh && !isUtf8(start + 1, at))) return 0
  setValue(start, <u32>(at + 1 - start))
  return hasOther && !rewrite(start, at) ? 0 : at + 1
}

/** Passes over a text: the place behind it, 0 when it is not valid. */
export function skipText(start: usize): usize {
  const at = findTextEnd(start + 1)
  return at == 0 || (hasHigh && !isUtf8(start + 1, at)) ? 0 : at + 1
}

/** Passes over a text, which must have no escapes. */
export function skipPlainText(start: usize): usize {
  const behind = skipText(start)
  return hasEscapes ? 0 : behind
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
