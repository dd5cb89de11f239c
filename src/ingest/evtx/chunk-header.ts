import { CHUNK_SIZE, type ChunkBytes } from './chunk-bytes'
import { crc32 } from './crc32'

/** Bytes of a chunk before its records. */
export const RECORDS_START = 512

/** `ElfChnk` and a NUL, as two numbers. */
const MAGIC = [0x43666c45, 0x006b6e68] as const

/** Set in a chunk whose writer kept no checksums. */
const NO_CHECKSUMS = 4

/** What a chunk says about its records. */
export interface ChunkHeader {
  /** Where its records end, as far as can be believed. */
  readonly recordsEnd: number
  readonly isHeaderRight: boolean
  readonly areRecordsRight: boolean
}

/**
 * Reads the header of a chunk; undefined when it is no chunk.
 *
 *     0 ElfChnk   24 first id:8   32 last id:8   44 last record:4   48 free space:4
 *     52 checksum of the records:4   120 flags:4   124 checksum of the header:4
 *     128 places of 64 names   384 places of 32 templates   512 records
 */
export function readChunkHeader(chunk: ChunkBytes): ChunkHeader | undefined {
  if (chunk.u32(0) !== MAGIC[0] || chunk.u32(4) !== MAGIC[1]) return undefined
  const { bytes, size } = chunk
  const free = chunk.u32(48)
  const isPlausible = free >= RECORDS_START && free <= CHUNK_SIZE
  const recordsEnd = Math.min(isPlausible ? free : CHUNK_SIZE, size)
  const isChecked = (chunk.u32(120) & NO_CHECKSUMS) === 0
  const checksum = crc32(bytes, 128, RECORDS_START, crc32(bytes, 0, 120))
  return {
    recordsEnd,
    isHeaderRight: !isChecked || checksum === chunk.u32(124),
    areRecordsRight:
      !isChecked || crc32(bytes, RECORDS_START, recordsEnd) === chunk.u32(52),
  }
}

/** Room kept free in the file: no chunk was ever begun in it. */
export const isUnused = ({ bytes }: ChunkBytes): boolean =>
  bytes.subarray(0, RECORDS_START + 4).every((byte) => byte === 0)
