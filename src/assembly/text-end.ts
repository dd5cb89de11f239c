/*
 * Where texts of the input end, found 16 bytes at a time where the machine can. May read
 * up to 64 bytes behind them.
 */

const QUOTE: u8 = 0x22
const BACKSLASH: u8 = 0x5c
const SPACE: u8 = 0x20
const SLASH: u32 = 0x2f
const LOWER_U: u32 = 0x75
/** b, f, n, r and t, as bits from 0x60 on. */
const LETTERS: u32 = 0x144044

/** Whether a byte beyond ASCII was in the text found last. */
export let hasHigh: bool = false
/** Whether it had escapes. */
export let hasEscapes: bool = false
/** Whether it had escapes that no dictionary has: of slashes, or hexadecimal ones. */
export let hasOther: bool = false

/** The closing quote of a text, given what follows the opening one; 0 if it is not valid. */
export function findTextEnd(start: usize): usize {
  hasHigh = false
  hasEscapes = false
  hasOther = false
  return ASC_FEATURE_SIMD ? findBlockwise(start) : findBytewise(start)
}

function findBlockwise(start: usize): usize {
  let at = start
  while (true) {
    const bytes = v128.load(at)
    const quotes = i8x16.eq(bytes, i8x16.splat(QUOTE))
    const backslashes = i8x16.eq(bytes, i8x16.splat(BACKSLASH))
    const controls = i8x16.lt_u(bytes, i8x16.splat(SPACE))
    let stops = i8x16.bitmask(v128.or(v128.or(quotes, backslashes), controls))
    const high = i8x16.bitmask(bytes)
    let next = at + 16
    while (stops != 0) {
      const count = ctz(stops)
      const byte = <u32>load<u8>(at + count)
      if (byte == QUOTE) {
        if ((high & ((1 << count) - 1)) != 0) hasHigh = true
        return at + count
      }
      if (byte != BACKSLASH) return 0
      const length = readEscape(at + count)
      if (length == 0) return 0
      // What an escape takes up may end in the next block.
      const behind = <u32>count + length
      if (behind >= 16) next = at + behind
      stops = behind >= 16 ? 0 : stops & (-1 << behind)
    }
    if (high != 0) hasHigh = true
    at = next
  }
}

function findBytewise(start: usize): usize {
  let at = start
  while (true) {
    const byte = <u32>load<u8>(at)
    if (byte == QUOTE) return at
    if (byte < SPACE) return 0
    if (byte >= 0x80) hasHigh = true
    const length: u32 = byte == BACKSLASH ? readEscape(at) : 1
    if (length == 0) return 0
    at += length
  }
}

/** How many bytes the escape at a place takes, 0 when it is none. */
function readEscape(at: usize): u32 {
  hasEscapes = true
  const letter = <u32>load<u8>(at + 1)
  if (letter == BACKSLASH || letter == QUOTE) return 2
  if (letter - 0x60 < 32 && ((LETTERS >> (letter - 0x60)) & 1) != 0) return 2
  hasOther = true
  if (letter == SLASH) return 2
  return letter == LOWER_U && readHex(at + 2) >= 0 ? 6 : 0
}

/** The number that four hexadecimal digits write, -1 when they are none. */
export function readHex(at: usize): i32 {
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
export function isUtf8(from: usize, to: usize): bool {
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
