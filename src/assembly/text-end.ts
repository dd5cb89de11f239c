/*
 * Where texts of the input end, found 16 or 64 bytes at a time where the machine can. May
 * read up to 64 bytes behind them.
 */

const QUOTE: u8 = 0x22
const BACKSLASH: u8 = 0x5c
const SPACE: u8 = 0x20
const SLASH: u32 = 0x2f
const LOWER_U: u32 = 0x75
/** b, f, n, r and t, as bits from 0x60 on. */
const LETTERS: u32 = 0x144044
const LOWER_R: u8 = 0x72
/** What r has and b has not. */
const R_OF_B: u8 = 0x10
const ODD_BITS: u64 = 0xaaaaaaaaaaaaaaaa
const ALL_BITS: u64 = 0xffffffffffffffff

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

/** Most texts have nothing but ASCII and no escapes: those end with the first odd byte. */
function findBlockwise(start: usize): usize {
  let at = start
  while (true) {
    const bytes = v128.load(at)
    const isMark = v128.or(isByte(bytes, QUOTE), isByte(bytes, BACKSLASH))
    // Of those beyond ASCII, the first bit is set as it is.
    const odd = <u32>i8x16.bitmask(v128.or(v128.or(isMark, isControl(bytes)), bytes))
    if (odd != 0) {
      const end = at + ctz(odd)
      return load<u8>(end) == QUOTE ? end : findBehindOdd(at)
    }
    at += 16
  }
}

/** The same from a place where nothing is escaped, 64 bytes at a time. */
function findBehindOdd(start: usize): usize {
  let at = start
  /** Whether the first byte of the block is escaped, as bit 0. */
  let carried: u64 = 0
  while (true) {
    const a = v128.load(at)
    const b = v128.load(at, 16)
    const c = v128.load(at, 32)
    const d = v128.load(at, 48)
    const backslashes = bitsOf(
      isByte(a, BACKSLASH),
      isByte(b, BACKSLASH),
      isByte(c, BACKSLASH),
      isByte(d, BACKSLASH),
    )
    let stops = bitsOf(isStop(a), isStop(b), isStop(c), isStop(d))
    let escaped: u64 = 0
    if ((backslashes | carried) != 0) {
      // Those behind a run of backslashes that is odd (https://arxiv.org/abs/1902.08318, 3.1.1).
      const free = backslashes & ~carried
      const ends = (((free << 1) | ODD_BITS) - free) ^ ODD_BITS
      escaped = ends ^ (backslashes | carried)
      carried = (ends & backslashes) >> 63
      stops &= ~escaped
    }
    // Up to the end of the text, or of the block.
    const inside = stops == 0 ? ALL_BITS : (stops & -stops) - 1
    escaped &= inside
    if (escaped != 0) {
      hasEscapes = true
      const plain = bitsOf(isEscape(a), isEscape(b), isEscape(c), isEscape(d))
      let others = escaped & ~plain
      for (; others != 0; others &= others - 1)
        if (readEscape(at + <usize>ctz(others) - 1) == 0) return 0
    }
    if ((bitsOf(a, b, c, d) & inside) != 0) hasHigh = true
    if (stops != 0) {
      const end = at + <usize>ctz(stops)
      return load<u8>(end) == QUOTE ? end : 0
    }
    at += 64
  }
}

function isByte(bytes: v128, byte: u8): v128 {
  return i8x16.eq(bytes, i8x16.splat(byte))
}

function isControl(bytes: v128): v128 {
  return i8x16.eq(i8x16.min_u(bytes, i8x16.splat(SPACE - 1)), bytes)
}

function isStop(bytes: v128): v128 {
  return v128.or(isByte(bytes, QUOTE), isControl(bytes))
}

/** The first bits of 64 bytes. */
function bitsOf(a: v128, b: v128, c: v128, d: v128): u64 {
  const low = (<u32>i8x16.bitmask(a)) | ((<u32>i8x16.bitmask(b)) << 16)
  const high = (<u32>i8x16.bitmask(c)) | ((<u32>i8x16.bitmask(d)) << 16)
  return (<u64>low) | ((<u64>high) << 32)
}

/** Which bytes are a quote, a backslash, b, f, n, r or t. */
function isEscape(bytes: v128): v128 {
  // By their lower halves, all but b and r, which have that of the quote.
  // prettier-ignore
  const marks = i8x16(-1, 0, 0x22, 0, 0x74, 0, 0x66, 0, 0, 0, 0, 0, 0x5c, 0, 0x6e, 0)
  const low = v128.and(bytes, i8x16.splat(0x0f))
  return v128.or(
    i8x16.eq(i8x16.swizzle(marks, low), bytes),
    isByte(v128.or(bytes, i8x16.splat(R_OF_B)), LOWER_R),
  )
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
