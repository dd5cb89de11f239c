import type { ChunkBytes } from './chunk-bytes'
import { printFileTime, printSystemTime } from './times'
import { readUnits } from './utf16'
import type { XmlScalar } from '../windows/xml-tree'

/**
 * The types of values in binary XML. The high bit makes an array of one.
 * https://learn.microsoft.com/en-us/openspecs/windows_protocols/ms-even6/
 */
export const NULL = 0x00
const TEXT = 0x01
const ANSI_TEXT = 0x02
const INT8 = 0x03
const UINT8 = 0x04
const INT16 = 0x05
const UINT16 = 0x06
const INT32 = 0x07
const UINT32 = 0x08
const INT64 = 0x09
const UINT64 = 0x0a
const REAL32 = 0x0b
const REAL64 = 0x0c
const BOOL = 0x0d
const GUID = 0x0f
const SIZE = 0x10
const FILE_TIME = 0x11
const SYSTEM_TIME = 0x12
const SID = 0x13
const HEX32 = 0x14
const HEX64 = 0x15
export const BINARY_XML = 0x21
export const ARRAY = 0x80

/** Bytes of the types that are always as long; 0 for the others. */
const FIXED_SIZE = new Uint8Array(256)
for (const type of [INT8, UINT8]) FIXED_SIZE[type] = 1
for (const type of [INT16, UINT16]) FIXED_SIZE[type] = 2
for (const type of [INT32, UINT32, REAL32, HEX32]) FIXED_SIZE[type] = 4
for (const type of [INT64, UINT64, REAL64, HEX64, FILE_TIME]) FIXED_SIZE[type] = 8
for (const type of [GUID, SYSTEM_TIME]) FIXED_SIZE[type] = 16

/** Work for a value of some types; those that grow with their length see to it themselves. */
const COST = new Uint8Array(256).fill(4)
for (const type of [REAL32, REAL64, GUID, FILE_TIME, SYSTEM_TIME]) COST[type] = 40
for (const type of [HEX64, SIZE, INT64, UINT64]) COST[type] = 20

/** Of the types that take their length from the value, the size within an array. */
const ITEM_SIZE: Readonly<Record<number, number>> = { [BOOL]: 4, [SIZE]: 8 }

/**
 * A single value as Windows renders it in XML: integers and truth values are left as they
 * are, all else is text. A value of no bytes is the empty text; one that is too short for
 * its type, or of an unknown type, is given in hexadecimal digits.
 */
export function readValue(
  chunk: ChunkBytes,
  type: number,
  at: number,
  length: number,
): XmlScalar {
  if (length === 0) return ''
  chunk.spend(COST[type]!)
  if (length < FIXED_SIZE[type]!) return printHex(chunk, at, length)
  switch (type) {
    case TEXT:
      return chunk.text(at, length >> 1)
    case ANSI_TEXT:
      return readAnsi(chunk, at, length)
    case INT8:
      return (chunk.bytes[at]! << 24) >> 24
    case UINT8:
      return chunk.bytes[at]!
    case INT16:
      return (chunk.u16(at) << 16) >> 16
    case UINT16:
      return chunk.u16(at)
    case INT32:
      return chunk.i32(at)
    case UINT32:
      return chunk.u32(at)
    case INT64:
      return narrow(chunk.i64(at))
    case UINT64:
      return narrow(chunk.u64(at))
    case REAL32:
      return readReal(shorten(chunk.f32(at)))
    case REAL64:
      return readReal(chunk.f64(at))
    case BOOL:
      return readBool(chunk, at, length)
    case GUID:
      return printGuid(chunk, at)
    case SIZE:
      return length >= 8 ? printHex64(chunk, at) : printHexNumber(chunk, at, length)
    case FILE_TIME:
      return printFileTime(chunk.u32(at), chunk.u32(at + 4))
    case SYSTEM_TIME:
      return printSystemTime(chunk, at)
    case SID:
      return printSid(chunk, at, length)
    case HEX32:
      return `0x${chunk.u32(at).toString(16)}`
    case HEX64:
      return printHex64(chunk, at)
    default:
      return printHex(chunk, at, length)
  }
}

/** The items of an array, whose `type` is given without the high bit. */
export function readItems(
  chunk: ChunkBytes,
  type: number,
  at: number,
  length: number,
): readonly XmlScalar[] {
  const items: XmlScalar[] = []
  for (let from = at; from < at + length;) {
    const rest = at + length - from
    const size = Math.min(itemSize(chunk, type, from, rest), rest)
    items.push(readValue(chunk, type, from, size))
    from += size
  }
  return items
}

/** Bytes of the next item of an array: texts end with a NUL, SIDs tell their length. */
function itemSize(chunk: ChunkBytes, type: number, at: number, rest: number): number {
  if (type === TEXT) return sizeOfText(chunk, at, rest)
  if (type === ANSI_TEXT) {
    const end = chunk.bytes.subarray(at, at + rest).indexOf(0)
    return end < 0 ? rest : end + 1
  }
  if (type === SID) return 8 + chunk.bytes[at + 1]! * 4
  return FIXED_SIZE[type]! || (ITEM_SIZE[type] ?? rest)
}

function sizeOfText(chunk: ChunkBytes, at: number, rest: number): number {
  for (let i = 0; i + 1 < rest; i += 2) if (chunk.u16(at + i) === 0) return i + 2
  return rest
}

const narrow = (integer: bigint): number | bigint =>
  integer >= Number.MIN_SAFE_INTEGER && integer <= Number.MAX_SAFE_INTEGER
    ? Number(integer)
    : integer

function readReal(value: number): XmlScalar {
  if (Number.isFinite(value)) return value
  if (Number.isNaN(value)) return '-1.#IND'
  return value > 0 ? '1.#INF' : '-1.#INF'
}

/** The number with the fewest digits that is this one in 32 bits: 0.1, not 0.10000000149. */
function shorten(value: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits))
    if (Math.fround(short) === value) return short
  }
  return value
}

/** Four bytes by the book, but one, two and eight occur, and other values than 1. */
function readBool(chunk: ChunkBytes, at: number, length: number): boolean {
  for (let i = at; i < at + Math.min(length, 8); i++)
    if (chunk.bytes[i] !== 0) return true
  return false
}

/** The code page of the machine is not in the log; this is the most frequent one. */
const ansi = new TextDecoder('windows-1252')

function readAnsi(chunk: ChunkBytes, at: number, length: number): string {
  chunk.spend(length)
  const bytes = chunk.bytes.subarray(at, at + length)
  const end = bytes.indexOf(0)
  return ansi.decode(end < 0 ? bytes : bytes.subarray(0, end))
}

const HEX = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).toUpperCase().padStart(2, '0'),
)

function printHex(chunk: ChunkBytes, at: number, length: number): string {
  chunk.spend(length * 2)
  let text = ''
  for (let i = at; i < at + length; i++) text += HEX[chunk.bytes[i]!]!
  return text
}

function printHex64(chunk: ChunkBytes, at: number): string {
  const low = chunk.u32(at)
  const high = chunk.u32(at + 4)
  return high === 0
    ? `0x${low.toString(16)}`
    : `0x${high.toString(16)}${low.toString(16).padStart(8, '0')}`
}

function printHexNumber(chunk: ChunkBytes, at: number, length: number): string {
  return length >= 4 ? `0x${chunk.u32(at).toString(16)}` : printHex(chunk, at, length)
}

/** Which byte stands where in {01234567-89AB-CDEF-0123-456789ABCDEF}; -1 is a dash. */
const GUID_ORDER = [3, 2, 1, 0, -1, 5, 4, -1, 7, 6, -1, 8, 9, -1, 10, 11, 12, 13, 14, 15]
const guidUnits = new Uint16Array(38)
const HEX_UNITS = Uint16Array.from('0123456789ABCDEF', (digit) => digit.charCodeAt(0))
const DASH = 0x2d
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d

function printGuid(chunk: ChunkBytes, at: number): string {
  let to = 0
  guidUnits[to++] = OPEN_BRACE
  for (const place of GUID_ORDER)
    if (place < 0) guidUnits[to++] = DASH
    else {
      const byte = chunk.bytes[at + place]!
      guidUnits[to++] = HEX_UNITS[byte >> 4]!
      guidUnits[to++] = HEX_UNITS[byte & 15]!
    }
  guidUnits[to] = CLOSE_BRACE
  return readUnits(guidUnits, 0, guidUnits.length)
}

/** S-1-5-21-…: revision, authority (48 bits, high byte first), and what is below it. */
function printSid(chunk: ChunkBytes, at: number, length: number): string {
  if (length < 8) return printHex(chunk, at, length)
  chunk.spend(length * 4)
  const { bytes } = chunk
  let authority = 0
  for (let i = at + 2; i < at + 8; i++) authority = authority * 256 + bytes[i]!
  const below = Math.min(bytes[at + 1]!, (length - 8) >> 2)
  let text = `S-${bytes[at]!}-${authority}`
  for (let i = 0; i < below; i++) text += `-${chunk.u32(at + 8 + i * 4)}`
  return text
}
