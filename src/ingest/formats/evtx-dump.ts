import { ByteWindow, restOf } from '../byte-window'
import type { Format } from '../format'
import { JsonRecords } from '../json-records'

/**
 * The JSON that evtx_dump prints if it is not asked for JSON lines: pretty objects, each
 * below a line `Record 7` (events-formats.md 4).
 */
export const evtxDump: Format = {
  name: 'evtx_dump JSON',
  recognises: ({ text }) => /^\s*Record \d+\s*\{/.test(text),
  async read(window, reader) {
    const { offset } = window
    const blanked = new ByteWindow(blankRecordLines(restOf(window)))
    blanked.offset = offset
    await new JsonRecords(blanked, reader).read()
  },
}

const LF = 0x0a
const SPACE = 0x20
const LINE = Array.from('Record ', (letter) => letter.charCodeAt(0))
/** Longer than any such line. */
const LONGEST = 64

/** Writes blanks over the lines, so that all else stays where it is. */
async function* blankRecordLines(
  pieces: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let held = new Uint8Array(0)
  /** Whether what is held begins a line. */
  let isBegin = true
  for await (const piece of pieces) {
    const bytes = new Uint8Array(held.length + piece.length)
    bytes.set(held)
    bytes.set(piece, held.length)
    const last = bytes.lastIndexOf(LF) + 1
    const cut = bytes.length - last < LONGEST ? last : bytes.length
    blank(bytes.subarray(0, cut), isBegin)
    yield bytes.subarray(0, cut)
    if (cut > 0) isBegin = cut === last
    held = bytes.slice(cut)
  }
  blank(held, isBegin)
  yield held
}

function blank(bytes: Uint8Array, isBegin: boolean): void {
  for (let at = isBegin ? 0 : bytes.indexOf(LF) + 1 || bytes.length; at < bytes.length;) {
    const found = bytes.indexOf(LF, at)
    const end = found < 0 ? bytes.length : found
    if (LINE.every((letter, i) => bytes[at + i] === letter)) bytes.fill(SPACE, at, end)
    at = end + 1
  }
}
