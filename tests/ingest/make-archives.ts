import { crc32, deflateRawSync } from 'node:zlib'

/** A file to be put into an archive. */
export interface Member {
  readonly name: string
  readonly bytes: Uint8Array | string
  /** 0 for stored, 8 for deflated (default); of others, the bytes are taken as packed. */
  readonly method?: number
  readonly isEncrypted?: boolean
  /** Sizes stand behind the bytes, as archivers write them that cannot go back. */
  readonly hasDescriptor?: boolean
}

export interface ZipShape {
  readonly zip64?: boolean
  readonly comment?: string
  /** What stands before the archive, such as a program that unpacks it. */
  readonly before?: Uint8Array
}

/** A zip archive, written by hand so that it can be as odd as those people have. */
export function makeZip(members: readonly Member[], shape: ZipShape = {}): Uint8Array {
  const parts: Uint8Array[] = []
  const list: Uint8Array[] = []
  let offset = 0
  for (const member of members) {
    const entry = zipEntry(member)
    parts.push(entry.local, entry.packed, entry.descriptor)
    list.push(entry.listed(offset, shape.zip64 === true))
    offset += entry.local.length + entry.packed.length + entry.descriptor.length
  }
  const directory = joinBytes(list)
  const end = zipEnd(members.length, directory.length, offset, shape)
  return joinBytes([shape.before ?? new Uint8Array(0), ...parts, directory, end])
}

function zipEntry(member: Member) {
  const { method = 8, isEncrypted = false, hasDescriptor = false } = member
  const bytes = toBytes(member.bytes)
  const name = toBytes(member.name)
  const packed = method === 8 ? new Uint8Array(deflateRawSync(bytes)) : bytes
  const flags = (isEncrypted ? 1 : 0) | (hasDescriptor ? 8 : 0)
  const sizes = [u32(crc32(bytes)), u32(packed.length), u32(bytes.length)]
  const known = hasDescriptor ? [u32(0), u32(0), u32(0)] : sizes
  const head = [u16(20), u16(flags), u16(method), u32(0)]
  const local = [u32(0x04034b50), ...head, ...known, u16(name.length), u16(0), name]
  const listed = (offset: number, zip64: boolean): Uint8Array => {
    const far = [u64(bytes.length), u64(packed.length), u64(offset)]
    const extra = zip64 ? joinBytes([u16(1), u16(24), ...far]) : new Uint8Array(0)
    const near = zip64 ? [u32(crc32(bytes)), u32(NONE), u32(NONE)] : sizes
    const start = [u32(0x02014b50), u16(20), ...head, ...near]
    const lengths = [u16(name.length), u16(extra.length), u16(0), u16(0), u16(0), u32(0)]
    return joinBytes([...start, ...lengths, u32(zip64 ? NONE : offset), name, extra])
  }
  const descriptor = hasDescriptor ? [u32(0x08074b50), ...sizes] : []
  return { local: joinBytes(local), packed, descriptor: joinBytes(descriptor), listed }
}

function zipEnd(count: number, length: number, offset: number, shape: ZipShape) {
  const { zip64 = false, comment = '' } = shape
  const words = toBytes(comment)
  const far = [u64(count), u64(count), u64(length), u64(offset)]
  const start = [u32(0x06064b50), u64(44), u16(45), u16(45), u32(0), u32(0), ...far]
  const locator = [u32(0x07064b50), u32(0), u64(offset + length), u32(1)]
  const near = zip64
    ? [u16(0xffff), u16(0xffff), u32(NONE), u32(NONE)]
    : [u16(count), u16(count), u32(length), u32(offset)]
  const end = [u32(0x06054b50), u16(0), u16(0), ...near, u16(words.length), words]
  return joinBytes(zip64 ? [...start, ...locator, ...end] : end)
}

const NONE = 0xffffffff

/** A tar archive with ustar headers. */
export function makeTar(members: readonly Member[]): Uint8Array {
  const blocks = members.flatMap(({ name, bytes }) => tarEntry(name, '0', toBytes(bytes)))
  return joinBytes([...blocks, new Uint8Array(1024)])
}

/** One entry of a kind (https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html). */
export function tarEntry(name: string, kind: string, bytes: Uint8Array): Uint8Array[] {
  const header = new Uint8Array(512)
  const put = (text: string, at: number): void => header.set(toBytes(text), at)
  put(name, 0)
  put('0000644', 100)
  put(bytes.length.toString(8).padStart(11, '0'), 124)
  put('        ', 148)
  put(kind, 156)
  put('ustar\x0000', 257)
  const sum = header.reduce((total, byte) => total + byte, 0)
  put(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return [header, bytes, new Uint8Array((512 - (bytes.length % 512)) % 512)]
}

export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

export const toBytes = (content: Uint8Array | string): Uint8Array =>
  typeof content === 'string' ? new TextEncoder().encode(content) : content

const number = (width: number) => (value: number) => {
  const bytes = new Uint8Array(width)
  for (let i = 0, rest = value; i < width; i++, rest = Math.floor(rest / 256))
    bytes[i] = rest % 256
  return bytes
}
const u16 = number(2)
const u32 = number(4)
const u64 = number(8)
