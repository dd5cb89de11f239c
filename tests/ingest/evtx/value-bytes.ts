import type { DrawnValue } from './drawn-event'

/** The types of values, by the names that drawings have for them. */
const TYPES: Readonly<Record<string, number>> = {
  null: 0x00,
  text: 0x01,
  ansi: 0x02,
  int8: 0x03,
  uint8: 0x04,
  int16: 0x05,
  uint16: 0x06,
  int32: 0x07,
  uint32: 0x08,
  int64: 0x09,
  uint64: 0x0a,
  real32: 0x0b,
  real64: 0x0c,
  bool: 0x0d,
  binary: 0x0e,
  guid: 0x0f,
  size: 0x10,
  filetime: 0x11,
  systemtime: 0x12,
  sid: 0x13,
  hex32: 0x14,
  hex64: 0x15,
  handle: 0x20,
  xml: 0x21,
}

const ARRAY = 0x80

/** Bytes of the integers; they are written as numbers. */
const INTEGER_SIZES: Readonly<Record<string, number>> = {
  int8: 1,
  uint8: 1,
  int16: 2,
  uint16: 2,
  int32: 4,
  uint32: 4,
  int64: 8,
  uint64: 8,
}

export function typeOfValue({ type }: DrawnValue): number {
  const isArray = type.endsWith('[]')
  const code = TYPES[isArray ? type.slice(0, -2) : type]
  if (code === undefined) throw new Error(`There is no type ${type}.`)
  return isArray ? code | ARRAY : code
}

/** The bytes of any value but XML. */
export function bytesOfValue({ type, text }: DrawnValue): Uint8Array {
  if (text.startsWith('#')) return hexBytes(text.slice(1))
  if (type === 'text') return utf16(text)
  if (type === 'text[]') return utf16(text.replaceAll('|', '\0') + '\0')
  if (type === 'ansi') return Uint8Array.from(text, (letter) => letter.charCodeAt(0))
  const size = INTEGER_SIZES[type]
  return size === undefined ? hexBytes(text) : littleEndian(BigInt(text), size)
}

export function utf16(text: string): Uint8Array {
  const units = Uint16Array.from({ length: text.length }, (_, i) => text.charCodeAt(i))
  return new Uint8Array(units.buffer)
}

const hexBytes = (digits: string): Uint8Array =>
  Uint8Array.from(digits.match(/[0-9a-f]{2}/gi) ?? [], (byte) => parseInt(byte, 16))

function littleEndian(integer: bigint, size: number): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigInt64(0, BigInt.asIntN(64, integer), true)
  return bytes.subarray(0, size)
}
