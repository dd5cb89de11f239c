import type { Place } from './place'
import type { BadRecord } from './report'

const LISTED = 500
const EXCERPT = 120

/** Counts what cannot be used, and lists the first 500. */
export class BadRecords {
  count = 0
  readonly listed: BadRecord[] = []
  /** The file of an archive that is being read. */
  part: string | undefined = undefined

  /** Further ones are only counted: finding out their reasons can be spared. */
  get isListFull(): boolean {
    return this.listed.length >= LISTED
  }

  /** `line` is 1-based. */
  add(line: number, reason: string, text: string): void {
    this.list({ line }, reason, text)
  }

  /** Of what has no lines; `offset` in bytes from the beginning of the file. */
  addAt(offset: number, reason: string): void {
    this.list({ offset }, reason, '')
  }

  addPlace({ line, offset }: Place, reason: string, text: string): void {
    this.list(line === undefined ? { offset } : { line }, reason, text)
  }

  private list(place: Pick<BadRecord, 'line' | 'offset'>, reason: string, text: string) {
    this.count++
    if (this.isListFull) return
    // Joined anew, or the engine would keep the whole text for the sake of its beginning.
    const start = Array.from(text.slice(0, EXCERPT)).join('').trim()
    const excerpt = text.length > EXCERPT ? `${start}…` : start
    const { part } = this
    this.listed.push({ ...place, ...(part !== undefined && { part }), reason, excerpt })
  }
}
