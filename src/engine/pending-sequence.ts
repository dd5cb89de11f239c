import type { Row } from '../events/row-set'
import { grownTo } from '../events/grown-to'

/**
 * A sequence begun and not finished, 0 for none: one of a single event tells its row, as
 * -1 less that; others point into the store below.
 */
export type PendingSequence = number

/**
 * All pending sequences of a run, as chains of events in flat arrays:
 *
 *     (A1, B4, C5)  ->  link 7: C5  ->  link 2: B4  ->  A1
 *
 * A sequence is always moved on, never copied, so no two chains share a link, and
 * the links of a sequence that ends are used again.
 */
export class PendingStore {
  private row = NO_LINKS
  private first = NO_LINKS
  private before = NO_LINKS
  private used = 1
  private free = 0

  open(row: Row): PendingSequence {
    return -1 - row
  }

  /** The sequence with one more event; the old handle is void. */
  advance(sequence: PendingSequence, row: Row): PendingSequence {
    const link = this.take()
    this.row[link] = row
    this.first[link] = this.firstRow(sequence)
    this.before[link] = sequence
    return link
  }

  drop(sequence: PendingSequence): void {
    for (let link = sequence; link > 0;) {
      const next = this.before[link]!
      this.before[link] = this.free
      this.free = link
      link = next
    }
  }

  firstRow(sequence: PendingSequence): Row {
    return sequence < 0 ? -1 - sequence : this.first[sequence]!
  }

  lastRow(sequence: PendingSequence): Row {
    return sequence < 0 ? -1 - sequence : this.row[sequence]!
  }

  /** Its events, first to last. */
  rows(sequence: PendingSequence): Row[] {
    const rows: Row[] = []
    let link = sequence
    for (; link > 0; link = this.before[link]!) rows.push(this.row[link]!)
    rows.push(this.firstRow(link))
    return rows.reverse()
  }

  /** The same, to the front of a list; `count`: how many they are. */
  copyRows(sequence: PendingSequence, into: Row[], count: number): void {
    let at = count
    let link = sequence
    for (; link > 0; link = this.before[link]!) into[--at] = this.row[link]!
    into[0] = this.firstRow(link)
  }

  private take(): number {
    if (this.free !== 0) {
      const link = this.free
      this.free = this.before[link]!
      return link
    }
    if (this.used >= this.row.length) this.grow()
    return this.used++
  }

  private grow(): void {
    const length = Math.max(this.used * 2, 256)
    this.row = grownTo(this.row, length)
    this.first = grownTo(this.first, length)
    this.before = grownTo(this.before, length)
  }
}

const NO_LINKS = new Int32Array(0)
