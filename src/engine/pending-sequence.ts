import type { Row } from '../events/row-set'
import { grownTo } from './grown-to'

/** A sequence begun and not finished; points into the store below, 0 for none. */
export type PendingSequence = number

/**
 * All pending sequences of a run, as chains of events in flat arrays:
 *
 *     (A1, B4)  ->  link 7: B4  ->  link 2: A1
 *
 * A sequence is always moved on, never copied, so no two chains share a link, and
 * the links of a sequence that ends are used again.
 */
export class PendingStore {
  private row = new Int32Array(256)
  private first = new Int32Array(256)
  private before = new Int32Array(256)
  private used = 1
  private free = 0

  open(row: Row): PendingSequence {
    const link = this.take()
    this.row[link] = row
    this.first[link] = row
    this.before[link] = 0
    return link
  }

  /** The sequence with one more event; the old handle is void. */
  advance(sequence: PendingSequence, row: Row): PendingSequence {
    const link = this.take()
    this.row[link] = row
    this.first[link] = this.first[sequence]!
    this.before[link] = sequence
    return link
  }

  drop(sequence: PendingSequence): void {
    for (let link = sequence; link !== 0;) {
      const next = this.before[link]!
      this.before[link] = this.free
      this.free = link
      link = next
    }
  }

  firstRow(sequence: PendingSequence): Row {
    return this.first[sequence]!
  }

  lastRow(sequence: PendingSequence): Row {
    return this.row[sequence]!
  }

  /** Its events, first to last. */
  rows(sequence: PendingSequence): Row[] {
    const rows: Row[] = []
    for (let link = sequence; link !== 0; link = this.before[link]!)
      rows.push(this.row[link]!)
    return rows.reverse()
  }

  /** The same, to the front of a list; `count`: how many they are. */
  copyRows(sequence: PendingSequence, into: Row[], count: number): void {
    let at = count
    for (let link = sequence; link !== 0; link = this.before[link]!)
      into[--at] = this.row[link]!
  }

  private take(): number {
    if (this.free !== 0) {
      const link = this.free
      this.free = this.before[link]!
      return link
    }
    if (this.used === this.row.length) this.grow()
    return this.used++
  }

  private grow(): void {
    const length = this.used * 2
    this.row = grownTo(this.row, length)
    this.first = grownTo(this.first, length)
    this.before = grownTo(this.before, length)
  }
}
