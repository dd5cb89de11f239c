import type { Scalar } from '../events/column'
import type { GrowingColumn } from '../events/growing-column'
import type { Row } from '../events/row-set'
import { readTime } from '../events/time'
import { TimeColumn } from '../events/time-column'

/** First and last time of the events of a source, epoch ms. */
export class TimeSpan {
  private from = Infinity
  private to = -Infinity

  /** Notes the time of an event; false when its value is none. */
  noteValue(value: Scalar): boolean {
    const instant = readTime(value)
    if (instant) this.note(instant.ms)
    return instant !== undefined
  }

  note(ms: number): void {
    if (ms < this.from) this.from = ms
    if (ms > this.to) this.to = ms
  }

  /** Undefined while there is no time. */
  get ends(): { readonly from: number; readonly to: number } | undefined {
    return this.from <= this.to ? { from: this.from, to: this.to } : undefined
  }

  /** Begins anew, from the rows of a column that are of the source. */
  read(column: GrowingColumn | undefined, isOfSource: (row: Row) => boolean): void {
    this.from = Infinity
    this.to = -Infinity
    if (column instanceof TimeColumn)
      column.forEachInstant((row, ms) => {
        if (isOfSource(row)) this.note(ms)
      })
  }
}
