import type { ByteWindow } from './byte-window'
import type { RecordReader } from './record-reader'

/** The beginning of a source: up to 64 KB of its text, without a byte order mark. */
export interface Head {
  readonly text: string
  /** The text is all there is. */
  readonly isWhole: boolean
}

/** One way of writing events down as text. Sources are recognised by content, not by name. */
export interface Format {
  /** As people call it; also how it is chosen by hand. */
  readonly name: string
  recognises(head: Head): boolean
  /** Hands every record to the reader, until the end or until the reader is stopped. */
  read(window: ByteWindow, reader: RecordReader): Promise<void>
}

/** One way of writing events down that is no text. Records are placed in the file's bytes. */
export interface BinaryFormat {
  readonly name: string
  readonly originals: 'evtx'
  /** By up to 64 KB of its beginning. */
  recognises(head: Uint8Array): boolean
  read(window: ByteWindow, reader: RecordReader): Promise<void>
}
