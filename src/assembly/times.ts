/*
 * Timestamps written `YYYY-MM-DDTHH:MM:SS[.f]Z`, with 1 to 9 digits of fraction, or as
 * whole epoch milliseconds. Any other spelling is left to the dictionary.
 */

/** The time read last: epoch ms, nanoseconds within them, digits of the fraction. */
export let ms: f64 = 0
export let nanos: u32 = 0
export let spelling: u32 = 0

/** The spelling of numbers. */
const NUMBER: u32 = 10

const EARLIEST: i64 = -377705116800000
const LATEST: i64 = 253402300799999

/** The minute read last, as it was written, and its epoch ms: events come close together. */
let minuteLow: u64 = 0
let minuteHigh: u64 = 0
let minuteMs: i64 = 0

/** Not a digit among those read since this was set to 0. */
let wrong: u32 = 0

function digit(at: usize): u32 {
  const value = <u32>load<u8>(at) - 0x30
  if (value > 9) wrong = 1
  return value
}

function pair(at: usize): u32 {
  return digit(at) * 10 + digit(at + 1)
}

/** Reads a value as a dictionary has it; false when it is no such time. */
export function readTime(at: usize, length: u32): bool {
  if (load<u8>(at) == 0x22) return readIso(at + 1, length - 2)
  return readNumber(at, length)
}

function readNumber(at: usize, length: u32): bool {
  const isNegative = load<u8>(at) == 0x2d
  const from: u32 = isNegative ? 1 : 0
  if (length > 16) return false
  wrong = 0
  let value: i64 = 0
  for (let i = from; i < length; i++) value = value * 10 + digit(at + i)
  if (isNegative) value = -value
  if (wrong != 0 || length == from || value < EARLIEST || value > LATEST) return false
  ms = <f64>value
  nanos = 0
  spelling = NUMBER
  return true
}

/** The same with a blank or a T between date and time, and with or without a Z behind it. */
export function readLooseTime(at: usize, length: u32): bool {
  if (length < 21 || load<u8>(at) != 0x22) return false
  const between = <u32>load<u8>(at + 11)
  if (between != 0x54 && between != 0x20) return false
  const hasZone = load<u8>(at + length - 2) == 0x5a
  return readDateTime(at + 1, hasZone ? length - 3 : length - 2)
}

function readIso(at: usize, length: u32): bool {
  if (length < 20) return false
  if (((load<u8>(at + 10) ^ 0x54) | (load<u8>(at + length - 1) ^ 0x5a)) != 0) return false
  return readDateTime(at, length - 1)
}

/** Date and time up to its zone, whatever stands between the two. */
function readDateTime(at: usize, length: u32): bool {
  if (length < 19 || length > 29 || length == 20) return false
  const isLast = load<u64>(at) == minuteLow && load<u64>(at, 8) == minuteHigh
  if ((!isLast && !readMinute(at)) || load<u8>(at + 16) != 0x3a) return false
  wrong = 0
  const second = pair(at + 17)
  const fraction = length == 19 ? 0 : readFraction(at + 19, length - 20)
  if (wrong != 0 || second > 59) return false
  ms = <f64>(minuteMs + <i64>(second * 1000 + fraction / 1000000))
  nanos = fraction % 1000000
  spelling = length == 19 ? 0 : length - 20
  return true
}

/** Date, hour and minute: 16 bytes. */
function readMinute(at: usize): bool {
  const punctuation =
    (load<u8>(at + 4) ^ 0x2d) | (load<u8>(at + 7) ^ 0x2d) | (load<u8>(at + 13) ^ 0x3a)
  if (punctuation != 0) return false
  wrong = 0
  const days = daysOf(pair(at) * 100 + pair(at + 2), pair(at + 5), pair(at + 8))
  const hour = pair(at + 11)
  const minute = pair(at + 14)
  if (wrong != 0 || hour > 23 || minute > 59) return false
  minuteLow = load<u64>(at)
  minuteHigh = load<u64>(at, 8)
  minuteMs = <i64>days * 86400000 + <i64>((hour * 60 + minute) * 60000)
  return true
}

/** The fraction after a point, in nanoseconds. */
function readFraction(point: usize, digits: u32): u32 {
  if (load<u8>(point) != 0x2e) wrong = 1
  let value: u32 = 0
  for (let i: u32 = 1; i <= digits; i++) value = value * 10 + digit(point + i)
  for (let i = digits; i < 9; i++) value *= 10
  return value
}

/** Days since the epoch; `wrong` is set when there is no such date. */
function daysOf(year: i32, month: i32, day: i32): i32 {
  if (wrong != 0 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) {
    wrong = 1
    return 0
  }
  // Years are counted from March, so that leap days come last.
  const fromMarch = (month + 9) % 12
  const marchYear = month < 3 ? year - 1 : year
  const era = marchYear >= 0 ? marchYear / 400 : -1
  const ofEra = marchYear - era * 400
  const ofYear = (153 * fromMarch + 2) / 5 + day - 1
  return era * 146097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719468
}

function daysIn(year: i32, month: i32): i32 {
  if (month == 2) return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31
}
