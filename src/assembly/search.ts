import { hashSeed } from './bytes'
import { Column } from './columns'

/*
 * What is asked of contents as they lie here, so that most of them never become values of
 * JavaScript. All of it is for columns of nothing but texts and lists of texts.
 */

const QUOTE: u32 = 0x22
const BACKSLASH: u32 = 0x5c
const COMMA: u32 = 0x2c
const OPEN_BRACKET: u32 = 0x5b

/** Whether all that a column holds are texts and lists of them. */
export function holdsTextsOnly(column: Column): bool {
  const numbers = column.longs | column.bigs | column.doubles
  return (numbers | column.booleans | column.nulls) == 0
}

export function fold(byte: u32): u32 {
  return byte - 0x41 < 26 ? byte + 0x20 : byte
}

export function beginOf(column: Column, code: u32): usize {
  return <usize>load<u32>(column.entries + ((code - 1) << 2))
}

/** The quote before the first text of a content. */
export function firstText(column: Column, code: u32): usize {
  const begin = beginOf(column, code)
  return load<u8>(begin) == OPEN_BRACKET ? begin + 1 : begin
}

/** The quote before the next text of a list, given the place behind one; 0 for none. */
export function nextText(column: Column, code: u32, behind: usize): usize {
  const hasMore =
    load<u8>(beginOf(column, code)) == OPEN_BRACKET && load<u8>(behind) == COMMA
  return hasMore ? behind + 1 : 0
}

/** Codes whose sketches lie together. */
const GROUP: u32 = 1024
/** Bits of a sketch, as a power of two. */
const BITS_SHIFT: u32 = 7

/**
 * Writes sketches of the codes `from` … `to` of one group: for each of 128 bits the codes
 * that have it, a bit each, in words of 32. Each pair of neighbouring bytes of a text
 * stands for one, the quotes among them (engine/pair-sketch.ts).
 */
export function sketchTexts(column: Column, from: u32, to: u32, out: usize): void {
  const bytes: usize = (((to % GROUP) >> 5) + 1) << 2
  memory.fill(out, 0, bytes << BITS_SHIFT)
  for (let code = from; code <= to; code++) {
    const word = out + (((code % GROUP) >> 5) << 2)
    const mark: u32 = 1 << (code & 31)
    let at = firstText(column, code)
    while (at != 0 && load<u8>(at) == QUOTE) {
      let before = QUOTE
      let isEscaped = false
      let isOver = false
      while (!isOver) {
        const byte = fold(load<u8>(++at))
        const bit = (((before << 7) ^ byte) * 0x9e3779b1) >> (32 - BITS_SHIFT)
        const place = word + <usize>bit * bytes
        store<u32>(place, load<u32>(place) | mark)
        isOver = byte == QUOTE && !isEscaped
        isEscaped = byte == BACKSLASH && !isEscaped
        before = byte
      }
      at = nextText(column, code, at + 1)
    }
  }
}

/** Behind the text that was hashed last. */
let behindText: usize = 0

/** Its hash as if it were in lower case. */
let foldedHash: u32 = 0

/** A hash of the text whose quote is at a place (FNV-1a, with the bits mixed). */
function hashText(quote: usize): u32 {
  let hash = hashSeed()
  let folded = hash
  let at = quote + 1
  let byte = <u32>load<u8>(at)
  while (byte != QUOTE) {
    if (byte == BACKSLASH) {
      hash = (hash ^ byte) * PRIME
      folded = (folded ^ byte) * PRIME
      byte = load<u8>(++at)
    }
    hash = (hash ^ byte) * PRIME
    folded = (folded ^ fold(byte)) * PRIME
    byte = load<u8>(++at)
  }
  behindText = at + 1
  foldedHash = folded ^ (folded >> 15)
  return hash ^ (hash >> 15)
}

const PRIME: u32 = 0x01000193

/** A hash of a text that lies at a place, one for all cases of its letters if so told. */
export function hashOf(at: usize, anyCase: bool): u32 {
  const hash = hashText(at)
  return anyCase ? foldedHash : hash
}

/**
 * Writes code, place, hash and the hash for any case, u32 each, for every text of the codes
 * `from` … `to`, but for the first `skipped` of code `from`, as long as there is room for so
 * many. How many.
 */
export function hashTexts(
  column: Column,
  from: u32,
  skipped: u32,
  to: u32,
  out: usize,
  room: u32,
): u32 {
  let count: u32 = 0
  let toSkip = skipped
  for (let code = from; code <= to; code++) {
    let at = firstText(column, code)
    while (at != 0 && load<u8>(at) == QUOTE) {
      const hash = hashText(at)
      if (toSkip > 0) toSkip--
      else if (count == room) return count
      else {
        store<u32>(out, code)
        store<u32>(out, <u32>at, 4)
        store<u32>(out, hash, 8)
        store<u32>(out, foldedHash, 12)
        out += 16
        count++
      }
      at = nextText(column, code, behindText)
    }
    toSkip = 0
  }
  return count
}

/** The quote that ends the text whose quote is at a place. */
export function endOfText(quote: usize): usize {
  let at = quote + 1
  let byte = <u32>load<u8>(at)
  while (byte != QUOTE) {
    at += byte == BACKSLASH ? 2 : 1
    byte = load<u8>(at)
  }
  return at
}

/** Whether the texts whose quotes are at two places are one, in this or any case. */
export function isSameText(quote: usize, sought: usize, anyCase: bool): bool {
  let a = quote
  let b = sought
  while (true) {
    a++
    b++
    let byte = <u32>load<u8>(a)
    let other = <u32>load<u8>(b)
    if (anyCase ? fold(byte) != fold(other) : byte != other) return false
    if (byte == QUOTE) return true
    if (byte == BACKSLASH) {
      byte = load<u8>(++a)
      other = load<u8>(++b)
      if (byte != other) return false
    }
  }
}
