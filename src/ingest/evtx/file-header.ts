import { crc32 } from './crc32'

/** Where the first chunk begins, whatever the header says. */
export const CHUNKS_START = 4096

/** `ElfFile` and a NUL. */
const MAGIC = [0x45, 0x6c, 0x66, 0x46, 0x69, 0x6c, 0x65, 0x00]

/** Set in a file whose writer kept no checksums. */
const NO_CHECKSUMS = 4

/** What the header says of a file. Numbers of chunks and records in it are often stale. */
export interface EvtxHeader {
  /** Such as `3.1`. */
  readonly version: string
  /** The log was not closed: records may have been written that the header lacks. */
  readonly isDirty: boolean
  readonly isChecksumRight: boolean
}

/** Whether a file that begins so is a Windows event log of Vista or later. */
export const isEvtx = (head: Uint8Array): boolean =>
  MAGIC.every((byte, i) => head[i] === byte)

/**
 * Reads the file header, of which 128 bytes are needed.
 *
 *     0 ElfFile   36 minor version:2   38 major:2   40 size of this block:2
 *     120 flags:4   124 checksum of the first 120 bytes:4
 */
export function readFileHeader(head: Uint8Array): EvtxHeader | undefined {
  if (!isEvtx(head) || head.length < 128) return undefined
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  const flags = view.getUint32(120, true)
  return {
    version: `${view.getUint16(38, true)}.${view.getUint16(36, true)}`,
    isDirty: (flags & 1) !== 0,
    isChecksumRight:
      (flags & NO_CHECKSUMS) !== 0 || crc32(head, 0, 120) === view.getUint32(124, true),
  }
}
