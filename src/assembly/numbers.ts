import { printNumber } from './host'
import { closeScratch, openScratch } from './scratch'
import { setValue } from './text'

/*
 * Numbers as a dictionary has them: `1`, not `1.0` or `1e0`. Integers beyond ±2^53 keep
 * their digits; all others are written as JavaScript prints them, but those without a
 * fraction beyond 2^53 with an exponent, so that they do not look like the former.
 */

const ZERO: u32 = 0x30
const MINUS: u8 = 0x2d
const DOT: u8 = 0x2e
const LOWER_E: u8 = 0x65

/** With so few digits a decimal number prints as it is written. */
const EXACT_DIGITS: u32 = 15
/** Numbers with fewer digits before the point are within the bounds of a double. */
const MOST_DIGITS: u32 = 300
/** With more zeros behind the point, numbers are printed with an exponent. */
const MOST_ZEROS: u32 = 5

const LARGEST_SAFE = memory.data<u8>([
  0x39, 0x30, 0x30, 0x37, 0x31, 0x39, 0x39, 0x32, 0x35, 0x34, 0x37, 0x34, 0x30, 0x39,
  0x39, 0x31, 0, 0, 0, 0,
])

function isDigit(byte: u32): bool {
  return byte - ZERO < 10
}

/** Reads a number: the place behind it, 0 when it is not valid. */
export function readNumber(start: usize): usize {
  const first = load<u8>(start) == MINUS ? start + 1 : start
  let at = first
  if (!isDigit(load<u8>(at))) return 0
  if (load<u8>(at) == ZERO) at++
  else while (isDigit(load<u8>(at))) at++
  const digits = <u32>(at - first)
  const next = load<u8>(at)
  if (next == DOT || (next | 0x20) == LOWER_E) return readRest(start, first, at)
  if (digits > MOST_DIGITS) return 0
  // Of 0 there is one only.
  const isZero = load<u8>(first) == ZERO
  setValue(isZero ? first : start, isZero ? 1 : <u32>(at - start))
  return at
}

/** Goes on behind the integer part of a number. */
function readRest(start: usize, first: usize, point: usize): usize {
  let at = point
  if (load<u8>(at) == DOT) {
    at++
    if (!isDigit(load<u8>(at))) return 0
    while (isDigit(load<u8>(at))) at++
  }
  if ((load<u8>(at) | 0x20) != LOWER_E) return setDecimal(start, first, point, at)
  at++
  if (load<u8>(at) == MINUS || load<u8>(at) == 0x2b) at++
  if (!isDigit(load<u8>(at))) return 0
  while (isDigit(load<u8>(at))) at++
  return setPrinted(start, at) ? at : 0
}

/** Sets a value with a point and no exponent. */
function setDecimal(start: usize, first: usize, point: usize, end: usize): usize {
  let stop = end
  while (load<u8>(stop - 1) == ZERO) stop--
  if (stop == point + 1) stop = point
  let zeros: u32 = 0
  if (load<u8>(first) == ZERO)
    while (point + 1 + zeros < stop && load<u8>(point + 1 + zeros) == ZERO) zeros++
  if (<u32>(stop - first) > EXACT_DIGITS || zeros > MOST_ZEROS)
    return setPrinted(start, end) ? end : 0
  const isZero = stop == point && load<u8>(first) == ZERO
  setValue(isZero ? first : start, isZero ? 1 : <u32>(stop - start))
  return end
}

function setPrinted(start: usize, end: usize): bool {
  const out = openScratch(32)
  if (out == 0) return false
  const length = printNumber(start, <u32>(end - start), out)
  if (length == 0) return false
  closeScratch(out + length)
  setValue(out, length)
  return true
}

/** What kind a number in a dictionary is: an integer of 64 bits, a larger one, another. */
const LONG: u32 = 0
const BIG: u32 = 1
const DOUBLE: u32 = 2

export function kindOfNumber(at: usize, length: u32): u32 {
  const end = at + length
  const first = load<u8>(at) == MINUS ? at + 1 : at
  for (let i = first; i < end; i++) if (!isDigit(load<u8>(i))) return DOUBLE
  const digits = <u32>(end - first)
  if (digits < 19) return LONG
  if (digits > 19) return BIG
  let value: u64 = 0
  for (let i = first; i < end; i++) value = value * 10 + (load<u8>(i) - ZERO)
  const most: u64 = first == at ? 0x7fffffffffffffff : 0x8000000000000000
  return value <= most ? LONG : BIG
}

/** Whether a number in a dictionary is an integer beyond ±2^53. */
export function isBeyondSafe(at: usize, length: u32): bool {
  const end = at + length
  const first = load<u8>(at) == MINUS ? at + 1 : at
  const digits = <u32>(end - first)
  if (digits < 16 || kindOfNumber(at, length) == DOUBLE) return false
  if (digits > 16) return true
  for (let i: u32 = 0; i < 16; i++) {
    const byte = load<u8>(first + i)
    const most = load<u8>(LARGEST_SAFE + i)
    if (byte != most) return byte > most
  }
  return false
}
