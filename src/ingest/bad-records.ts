import type { BadRecord } from './report'

const LISTED = 500
const EXCERPT = 120

/** Counts what cannot be used, and lists the first 500. */
export class BadRecords {
  count = 0
  readonly listed: BadRecord[] = []

  /** Further ones are only counted: finding out their reasons can be spared. */
  get isListFull(): boolean {
    return this.listed.length >= LISTED
  }

  add(line: number, reason: string, text: string): void {
    this.count++
    if (this.isListFull) return
    // Joined anew, or the engine would keep the whole text for the sake of its beginning.
    const start = Array.from(text.slice(0, EXCERPT)).join('').trim()
    const excerpt = text.length > EXCERPT ? `${start}…` : start
    this.listed.push({ line, reason, excerpt })
  }
}
