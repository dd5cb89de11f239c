import type { Remedy } from './wording'

/** A kind of file that is not read here, and what to do with it instead. */
export interface ForeignFile {
  readonly what: string
  readonly remedy: Remedy
}

interface Signature extends ForeignFile {
  /** Latin-1 text of the bytes at `at` (default 0). */
  readonly magic: string
  readonly at?: number
}

const SIGNATURES: readonly Signature[] = [
  { magic: '\x89PNG', what: 'a PNG picture', remedy: 'choose' },
  { magic: '\xff\xd8\xff', what: 'a JPEG picture', remedy: 'choose' },
  { magic: 'GIF8', what: 'a GIF picture', remedy: 'choose' },
  { magic: '%PDF', what: 'a PDF document', remedy: 'choose' },
  { magic: 'PK\x03\x04', what: 'a zip archive', remedy: 'unpack' },
  { magic: 'PK\x05\x06', what: 'an empty zip archive', remedy: 'choose' },
  { magic: '\x28\xb5\x2f\xfd', what: 'a Zstandard archive', remedy: 'unpack' },
  { magic: 'BZh', what: 'a bzip2 archive', remedy: 'unpack' },
  { magic: '\xfd7zXZ\x00', what: 'an xz archive', remedy: 'unpack' },
  { magic: '7z\xbc\xaf\x27\x1c', what: 'a 7-Zip archive', remedy: 'unpack' },
  { magic: 'Rar!', what: 'a RAR archive', remedy: 'unpack' },
  { magic: '\x1f\x8b', what: 'a gzip file within a gzip file', remedy: 'unpack' },
  { magic: 'ustar', at: 257, what: 'a tar archive', remedy: 'unpack' },
  { magic: 'ElfFile\x00', what: 'a Windows event log (EVTX)', remedy: 'export' },
  { magic: 'LfLe', at: 4, what: 'an old Windows event log (EVT)', remedy: 'export' },
  { magic: 'SQLite format 3', what: 'an SQLite database', remedy: 'export' },
  { magic: 'PAR1', what: 'a Parquet file', remedy: 'export' },
  { magic: '\xd4\xc3\xb2\xa1', what: 'a packet capture', remedy: 'choose' },
  { magic: '\x0a\x0d\x0d\x0a', what: 'a packet capture', remedy: 'choose' },
  { magic: 'MZ', what: 'a Windows program', remedy: 'choose' },
  { magic: '\x7fELF', what: 'a Linux program', remedy: 'choose' },
  { magic: '#separator', what: 'a Zeek log in columns', remedy: 'export' },
]

/** Recognises a file of another kind by its first bytes. */
export function recogniseForeign(head: Uint8Array): ForeignFile | undefined {
  return SIGNATURES.find(({ magic, at = 0 }) =>
    Array.from(magic).every((byte, i) => head[at + i] === byte.charCodeAt(0)),
  )
}

/** Recognises texts of another kind by how they begin. */
export function recogniseForeignText(head: string): ForeignFile | undefined {
  if (/^\s*</.test(head)) return { what: 'XML or HTML', remedy: 'export' }
  const [firstLine = ''] = head.split(/\r?\n/, 1)
  const names = firstLine.split(/[,;\t]/).map((name) => name.replace(/^"|"$/g, '').trim())
  const isHeader = names.length >= 3 && names.every((name) => /^[@\w.]+$/.test(name))
  return isHeader ? { what: 'a table (CSV)', remedy: 'export' } : undefined
}

/**
 * Whether bytes are no text in any encoding that is read here: full of NULs. A log cut
 * off by a crash may end in NULs, so what begins as JSON is let pass.
 */
export function isBinary(head: Uint8Array): boolean {
  const first = head.find((byte) => byte > SPACE)
  if (first === OPEN_BRACE || first === OPEN_BRACKET) return false
  return head.filter((byte) => byte === 0).length > head.length / 10
}

const SPACE = 0x20
const OPEN_BRACKET = 0x5b
const OPEN_BRACE = 0x7b
