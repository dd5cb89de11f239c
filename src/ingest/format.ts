import type { ByteWindow } from './byte-window'
import type { RecordReader } from './record-reader'

/** The beginning of a source: up to 64 KB of its text, without a byte order mark. */
export interface Head {
  readonly text: string
  /** The text is all there is. */
  readonly isWhole: boolean
}

/** One way of writing events down. Sources are recognised by content, not by name. */
export interface Format {
  readonly name: string
  recognises(head: Head): boolean
  /** Hands every record to the reader, until the end or until the reader is stopped. */
  read(window: ByteWindow, reader: RecordReader): Promise<void>
}
