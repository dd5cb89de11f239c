import type { ByteWindow } from '../byte-window'

/** Longest event that is read, in bytes. Windows writes none beyond 64 KB. */
export const MAX_EVENT = 16 * 1024 * 1024

const OPEN = 0x3c
const CLOSE = 0x3e
const SLASH = 0x2f
const SPACE = 0x20
const LF = 0x0a
const START = Array.from('<Event', (letter) => letter.charCodeAt(0))
const END = Array.from('</Event>', (letter) => letter.charCodeAt(0))

/** What was found at the beginning of the window, or before it. */
export type Cut =
  | { readonly kind: 'event'; readonly end: number }
  /** An event that has no end: another one begins at `next`, or the bytes end there. */
  | { readonly kind: 'unended' | 'too-long'; readonly next: number }
  | { readonly kind: 'needs-more' }

/**
 * Cuts events out of XML of any layout, with a root or without, and whatever stands
 * between them. An event that does not end does not harm the ones behind it:
 *
 *     <Events> <Event>…</Event> junk <Event>… <Event>…</Event> </Events>
 *              └─ event ──────┘      └ unended └─ event ─────┘
 */
export class EventCutter {
  /** 1-based line at the window's beginning. */
  line = 1
  /** Bytes from the window's beginning that hold no end of the event. */
  private searched = 0

  constructor(private readonly window: ByteWindow) {}

  /** Is done with all bytes before an index. */
  pass(index: number): void {
    const { window } = this
    // No further: events may stand in one line that goes on for megabytes.
    const passed = window.bytes.subarray(window.from, index)
    for (let at = passed.indexOf(LF); at >= 0; at = passed.indexOf(LF, at + 1))
      this.line++
    window.moveTo(index)
    this.searched = 0
  }

  /** Goes to where the next event begins; false if more bytes are needed to tell. */
  findStart(): boolean {
    const { bytes, from, to, isDone } = this.window
    for (let at = bytes.indexOf(OPEN, from); ; at = bytes.indexOf(OPEN, at + 1)) {
      if (at < 0 || at >= to) {
        this.pass(to)
        return false
      }
      if (at + START.length >= to && !isDone) {
        this.pass(at)
        return false
      }
      if (isStart(bytes, at, to)) {
        this.pass(at)
        return true
      }
    }
  }

  /** Finds the end of the event that begins with the window. */
  findEnd(): Cut {
    const { bytes, from, to, isDone } = this.window
    const last = to - END.length
    let at = bytes.indexOf(OPEN, from + Math.max(1, this.searched))
    for (; at >= 0 && at <= last; at = bytes.indexOf(OPEN, at + 1)) {
      if (bytes[at + 1] === SLASH && isThere(bytes, at, END))
        return { kind: 'event', end: at + END.length }
      if (isStart(bytes, at, to)) return { kind: 'unended', next: at }
    }
    if (isDone) return { kind: 'unended', next: to }
    this.searched = Math.max(1, to - from - END.length)
    if (to - from > MAX_EVENT) return { kind: 'too-long', next: to - END.length }
    return { kind: 'needs-more' }
  }
}

/** `<Event` and what ends the name; not `<Events` or `<EventData`. */
function isStart(bytes: Uint8Array, at: number, to: number): boolean {
  const behind = bytes[at + START.length]
  if (at + START.length >= to || behind === undefined) return false
  return (behind === CLOSE || behind <= SPACE) && isThere(bytes, at, START)
}

function isThere(bytes: Uint8Array, at: number, text: readonly number[]): boolean {
  for (let i = 1; i < text.length; i++) if (bytes[at + i] !== text[i]) return false
  return true
}
