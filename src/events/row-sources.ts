import type { Row } from './row-set'

/**
 * Which source each row came from. Rows come in runs of one source, so runs are what
 * is kept: the row a run begins with, its source, and how many rows of that source
 * came before it.
 */
export class RowSources {
  private readonly starts: Row[] = []
  private readonly sources: number[] = []
  private readonly earlier: number[] = []
  private readonly totals: number[] = []

  /** Tells that the next rows, from `row` on, are of this source. */
  add(row: Row, source: number, count = 1): void {
    if (this.sources.at(-1) !== source) {
      this.starts.push(row)
      this.sources.push(source)
      this.earlier.push(this.totalOf(source))
    }
    this.totals[source] = this.totalOf(source) + count
  }

  /** Rows of a source. */
  totalOf(source: number): number {
    return this.totals[source] ?? 0
  }

  sourceOf(row: Row): number {
    return this.sources[this.runOf(row)]!
  }

  /** 0-based position of a row among those of its own source. */
  positionOf(row: Row): number {
    const run = this.runOf(row)
    return this.earlier[run]! + row - this.starts[run]!
  }

  /** Visits the runs in order: `from` inclusive, `to` exclusive. */
  forEachRun(rowCount: number, visit: (source: number, from: Row, to: Row) => void) {
    for (let i = 0; i < this.starts.length; i++)
      visit(this.sources[i]!, this.starts[i]!, this.starts[i + 1] ?? rowCount)
  }

  private runOf(row: Row): number {
    let low = 0
    let high = this.starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if (this.starts[middle]! <= row) low = middle
      else high = middle - 1
    }
    return low
  }
}
