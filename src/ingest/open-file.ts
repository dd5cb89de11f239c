import { ByteWindow, fillHead, headOf, isHeadWhole, restOf } from './byte-window'
import { detectEncoding, type Encoding, toUtf8 } from './encoding'
import type { BinaryFormat, Format, Head } from './format'
import { binaryFormats, formats } from './formats'
import { guessFormats } from './guess-formats'
import type { FormatGuess } from './report'
import { isBinary, recogniseForeign, recogniseForeignTable } from './signatures'
import { recogniseForeignText } from './signatures'
import { Spool } from './spool'
import type { UnpackedFile } from './unpack/unpacker'
import { problemText } from './wording'

/** A file of which it is known how to read it. */
export interface OpenedFile {
  readonly format: Format | BinaryFormat
  readonly window: ByteWindow
  /** How its text begins; empty where it is no text. */
  readonly head: string
  readonly kind: 'text' | 'evtx'
  /** What places of records are of, when all has been read. */
  readonly original: () => Blob
}

/** Why there is nothing to be had of a file. */
export interface UnknownFile {
  readonly problem: string
  readonly guess?: FormatGuess
}

/**
 * Tells by its first bytes what a file is (events-formats.md 0); `formatName` is what a
 * person said its text is.
 */
export async function openFile(
  file: UnpackedFile,
  formatName: string | undefined,
): Promise<OpenedFile | UnknownFile> {
  const { window, blob } = file
  const head = headOf(window)
  const binary = binaryFormats.find((format) => format.recognises(head))
  if (binary) return openBinary(binary, file)
  const foreign = recogniseForeign(head)
  if (foreign) return { problem: problemText.foreign(foreign) }
  const { encoding, mark } = detectEncoding(head)
  const isUtf8 = encoding === 'utf-8'
  if (isUtf8 && isBinary(head))
    return { problem: problemText.binary(), guess: guessFormats(head) }
  window.moveTo(window.from + mark)
  const text = isUtf8 && blob ? { window, blob: () => blob } : keep(window, encoding)
  await fillHead(text.window)
  return openText(text, head, formatName)
}

function openBinary(format: BinaryFormat, { window, blob }: UnpackedFile): OpenedFile {
  const bytes = blob ? { window, blob: () => blob } : keep(window, 'utf-8')
  const { originals } = format
  return { format, window: bytes.window, head: '', kind: originals, original: bytes.blob }
}

interface KeptBytes {
  readonly window: ByteWindow
  readonly blob: () => Blob
}

/** Keeps bytes that can be had no second time, as UTF-8. */
function keep(window: ByteWindow, encoding: Encoding): KeptBytes {
  const spool = new Spool()
  const rest = restOf(window)
  const kept = spool.keep(encoding === 'utf-8' ? rest : toUtf8(rest, encoding))
  return { window: new ByteWindow(kept), blob: () => spool.blob() }
}

function openText(
  { window, blob }: KeptBytes,
  bytes: Uint8Array,
  formatName: string | undefined,
): OpenedFile | UnknownFile {
  const text = new TextDecoder().decode(headOf(window))
  const head: Head = { text, isWhole: isHeadWhole(window) }
  if (head.isWhole && text.trim() === '') return { problem: problemText.blank() }
  const format =
    formats.find(({ name }) => name === formatName) ?? recogniseText(head, bytes)
  if ('problem' in format) return format
  return { format, window, head: text, kind: 'text', original: blob }
}

/** The last of the formats takes what could be JSON lines, and nothing else is. */
function recogniseText(head: Head, bytes: Uint8Array): Format | UnknownFile {
  const foreign = recogniseForeignText(head.text)
  if (foreign) return { problem: problemText.foreign(foreign) }
  const format = formats.find((each) => each.recognises(head))!
  if (format !== formats.at(-1)) return format
  const table = recogniseForeignTable(head.text)
  if (!table) return format
  return { problem: problemText.foreign(table), guess: guessFormats(bytes) }
}
