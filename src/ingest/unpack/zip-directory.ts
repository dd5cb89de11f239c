import { UnpackProblem } from './unpack-problem'
import { unpackText } from './wording'

/** A file in a zip archive, as the list at the archive's end has it. */
export interface ZipEntry {
  readonly name: string
  /** Bytes in the archive. */
  readonly packedSize: number
  /** Of its local header, from the beginning of the archive. */
  readonly offset: number
  /** 0 for stored, 8 for deflated. */
  readonly method: number
  readonly isEncrypted: boolean
}

/** Of the record that ends the archive; a comment may follow it. */
const END_BYTES = 22
const MAX_COMMENT = 0xffff
const LOCATOR_BYTES = 20
const END64_BYTES = 56
const ENTRY_BYTES = 46
const LOCAL_BYTES = 30
/** Longest list that is read, in bytes and in files. */
const MAX_LIST = 64 * 1024 * 1024
const MAX_ENTRIES = 100_000

const END = 0x06054b50
const LOCATOR = 0x07064b50
const END64 = 0x06064b50
const ENTRY = 0x02014b50
const LOCAL = 0x04034b50
const ZIP64_EXTRA = 0x0001
/** Stands for a number that is too large for its field. */
const ELSEWHERE = 0xffffffff

/**
 * Reads the list of files at the end of a zip archive, zip64 too. Local headers are not
 * asked: archivers that write in one go leave sizes out of them. Throws UnpackProblem.
 * https://pkware.cachefly.net/webdocs/APPNOTE/APPNOTE-6.3.9.TXT
 */
export async function readZipDirectory(blob: Blob): Promise<readonly ZipEntry[]> {
  const list = await findList(blob)
  const bytes = await readBytes(blob, list.from, list.from + list.length)
  const entries: ZipEntry[] = []
  for (let at = 0; at + ENTRY_BYTES <= bytes.byteLength;) {
    if (bytes.getUint32(at, true) !== ENTRY || entries.length >= MAX_ENTRIES) break
    const nameLength = bytes.getUint16(at + 28, true)
    const extraLength = bytes.getUint16(at + 30, true)
    const next = at + ENTRY_BYTES + nameLength + extraLength
    if (next > bytes.byteLength) break
    entries.push(readEntry(bytes, at, list.shift))
    at = next + bytes.getUint16(at + 32, true)
  }
  if (entries.length === 0 && list.count > 0) throw withoutList()
  return entries
}

/** Where the bytes of a file are, from the beginning of the archive. Throws UnpackProblem. */
export async function findEntryData(blob: Blob, entry: ZipEntry): Promise<number> {
  const { offset, packedSize } = entry
  const header = await readBytes(blob, offset, offset + LOCAL_BYTES)
  if (header.byteLength < LOCAL_BYTES || header.getUint32(0, true) !== LOCAL)
    throw new UnpackProblem(unpackText.memberDamage())
  const lengths = header.getUint16(26, true) + header.getUint16(28, true)
  const from = offset + LOCAL_BYTES + lengths
  if (from + packedSize > blob.size) throw new UnpackProblem(unpackText.memberDamage())
  return from
}

interface List {
  readonly from: number
  readonly length: number
  readonly count: number
  /** What stands before the archive, and is not counted in its offsets. */
  readonly shift: number
}

async function findList(blob: Blob): Promise<List> {
  const start = Math.max(0, blob.size - END_BYTES - MAX_COMMENT)
  const tail = await readBytes(blob, start, blob.size)
  const at = findEnd(tail)
  if (at === undefined) throw withoutList()
  const disk = tail.getUint16(at + 4, true)
  const end = start + at
  const end64 = await readEnd64(blob, end)
  if (disk > 0 && disk !== 0xffff && !end64)
    throw new UnpackProblem(unpackText.zipSplit())
  return checkList(blob, {
    end: end64?.end ?? end,
    count: end64?.count ?? tail.getUint16(at + 10, true),
    length: end64?.length ?? tail.getUint32(at + 12, true),
    offset: end64?.offset ?? tail.getUint32(at + 16, true),
  })
}

interface End {
  /** Where the record stands that says the rest. */
  readonly end: number
  readonly count: number
  readonly length: number
  readonly offset: number
}

function checkList(blob: Blob, { end, count, length, offset }: End): List {
  const from = end - length
  if (length > MAX_LIST || from < 0 || from > blob.size || offset > from)
    throw withoutList()
  return { from, length, count, shift: from - offset }
}

/** The last place where a record stands whose comment is no longer than what follows. */
function findEnd(tail: DataView): number | undefined {
  for (let at = tail.byteLength - END_BYTES; at >= 0; at--) {
    if (tail.getUint32(at, true) !== END) continue
    const comment = tail.getUint16(at + 20, true)
    if (at + END_BYTES + comment <= tail.byteLength) return at
  }
  return undefined
}

/** The record that large archives have before the last one. */
async function readEnd64(blob: Blob, end: number): Promise<End | undefined> {
  if (end < LOCATOR_BYTES) return undefined
  const locator = await readBytes(blob, end - LOCATOR_BYTES, end)
  if (locator.getUint32(0, true) !== LOCATOR) return undefined
  // It stands right before its locator, unless something was put before the archive.
  for (const at of [
    Number(locator.getBigUint64(8, true)),
    end - LOCATOR_BYTES - END64_BYTES,
  ]) {
    if (at < 0 || at + END64_BYTES > end) continue
    const record = await readBytes(blob, at, at + END64_BYTES)
    if (record.getUint32(0, true) !== END64) continue
    const number = (offset: number) => Number(record.getBigUint64(offset, true))
    return { end: at, count: number(32), length: number(40), offset: number(48) }
  }
  throw withoutList()
}

function readEntry(list: DataView, at: number, shift: number): ZipEntry {
  const flags = list.getUint16(at + 8, true)
  const nameLength = list.getUint16(at + 28, true)
  const name = new Uint8Array(list.buffer, list.byteOffset + at + ENTRY_BYTES, nameLength)
  const { packedSize, offset } = readSizes(list, at, nameLength)
  return {
    name: decodeName(name),
    packedSize,
    offset: offset + shift,
    method: list.getUint16(at + 10, true),
    isEncrypted: (flags & 1) !== 0,
  }
}

/** From the entry; what is too large for it from its zip64 part, in this order. */
function readSizes(list: DataView, at: number, nameLength: number) {
  const size = list.getUint32(at + 24, true)
  let packedSize = list.getUint32(at + 20, true)
  let offset = list.getUint32(at + 42, true)
  let from = at + ENTRY_BYTES + nameLength
  const end = from + list.getUint16(at + 30, true)
  while (from + 4 <= end && list.getUint16(from, true) !== ZIP64_EXTRA)
    from += 4 + list.getUint16(from + 2, true)
  if (from + 4 > end) return { packedSize, offset }
  const last = Math.min(end, from + 4 + list.getUint16(from + 2, true))
  from += 4 + (size === ELSEWHERE ? 8 : 0)
  if (packedSize === ELSEWHERE && from + 8 <= last) {
    packedSize = Number(list.getBigUint64(from, true))
    from += 8
  }
  if (offset === ELSEWHERE && from + 8 <= last)
    offset = Number(list.getBigUint64(from, true))
  return { packedSize, offset }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })
const latin = new TextDecoder('latin1')

/** In UTF-8, flagged or not; else in a code page that is not known. */
function decodeName(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch {
    return latin.decode(bytes)
  }
}

async function readBytes(blob: Blob, from: number, to: number): Promise<DataView> {
  return new DataView(await blob.slice(from, to).arrayBuffer())
}

const withoutList = () => new UnpackProblem(unpackText.zipWithoutList())
