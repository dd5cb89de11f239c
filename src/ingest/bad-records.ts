import type { Place } from './place'
import type { BadRecord } from './report'
import { Spool } from './spool'

const LISTED = 500
const EXCERPT = 120
/** So many are kept, so much of each, and so much of all together, in UTF-16 units. */
const KEPT = 10_000
const KEPT_OF_EACH = 1024 * 1024
const KEPT_TEXT = 64 * 1024 * 1024

/** Counts what cannot be used, lists the first 500, and keeps the first 10,000 to be had. */
export class BadRecords {
  count = 0
  readonly listed: BadRecord[] = []
  /** The file of an archive that is being read. */
  part: string | undefined = undefined
  private readonly spool = new Spool()
  private kept = 0

  /** Further ones are only counted: finding out their reasons can be spared. */
  get isFull(): boolean {
    return this.count >= KEPT || this.kept >= KEPT_TEXT
  }

  /** `line` is 1-based. */
  add(line: number, reason: string, text: string): void {
    this.note({ line }, reason, text)
  }

  /** Of what has no lines; `offset` in bytes from the beginning of the file. */
  addAt(offset: number, reason: string): void {
    this.note({ offset }, reason, '')
  }

  addPlace({ line, offset }: Place, reason: string, text: string): void {
    this.note(line === undefined ? { offset } : { line }, reason, text)
  }

  /** As NDJSON: where each one is, why it is bad, and its text as it came. */
  blob(): Blob {
    return this.spool.blob()
  }

  private note(place: Pick<BadRecord, 'line' | 'offset'>, reason: string, text: string) {
    const { isFull, part } = this
    this.count++
    if (isFull) return
    const where = { ...(part !== undefined && { part }), ...place, reason }
    this.keep(JSON.stringify({ ...where, text: text.slice(0, KEPT_OF_EACH) }))
    if (this.listed.length < LISTED)
      this.listed.push({ ...where, excerpt: excerptOf(text) })
  }

  private keep(line: string): void {
    this.kept += line.length
    this.spool.add(utf8.encode(`${line}\n`))
  }
}

const utf8 = new TextEncoder()

function excerptOf(text: string): string {
  // Joined anew, or the engine would keep the whole text for the sake of its beginning.
  const start = Array.from(text.slice(0, EXCERPT)).join('').trim()
  return text.length > EXCERPT ? `${start}…` : start
}
