import type { BadRecord } from './report'

const LISTED = 500
const EXCERPT = 120

/** Counts what cannot be used, and lists the first 500. */
export class BadRecords {
  count = 0
  readonly listed: BadRecord[] = []

  add(line: number, reason: string, text: string): void {
    this.count++
    if (this.listed.length >= LISTED) return
    const start = text.slice(0, EXCERPT).trim()
    const excerpt = text.length > EXCERPT ? `${start}…` : start
    this.listed.push({ line, reason, excerpt })
  }
}
