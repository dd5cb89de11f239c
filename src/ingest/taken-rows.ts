import type { FieldNode } from '../events/field-node'
import type { GrowingTable } from '../events/growing-table'
import type { FetchedRows } from './encoder'
import type { Place } from './place'
import { RecordSpans } from './record-spans'
import { TimeSpan } from './time-span'
import { type HitNames, NO_NAMES } from './unwrap'

/** The events of one source that have become rows: how many, when, and where they stood. */
export class TakenRows {
  events = 0
  /** Events that are not among those to be kept. */
  leftOut = 0
  withoutTime = 0
  readonly spans = new RecordSpans()
  readonly times = new TimeSpan()
  /** What an action of the bulk API says of the event behind it. */
  next: HitNames = NO_NAMES

  constructor(
    private readonly table: GrowingTable,
    private readonly source: number,
    private readonly time: FieldNode,
  ) {}

  /** The event that an action spoke of has come, or none will. */
  forgetNames(): void {
    this.next = NO_NAMES
  }

  /** Adds rows of the encoder; `places` of those that were read one by one. */
  addFetched(rows: FetchedRows | undefined, places: readonly Place[]): void {
    if (rows) this.addRows(rows)
    for (const { offset, length } of places) this.spans.add(offset, length)
  }

  /** Does for rows of the encoder what is done for each one read otherwise. */
  private addRows(rows: FetchedRows): void {
    for (const { offset, from, to } of rows.pieces)
      this.spans.addMany(
        offset,
        rows.offsets.subarray(from, to),
        rows.lengths.subarray(from, to),
      )
    for (const [row, id] of rows.ids) this.table.setId(row, id)
    const isNamed = rows.isFirstLeftOut || rows.ids.has(rows.first)
    const { id } = this.next
    if (id !== undefined && !isNamed) this.table.setId(rows.first, id)
    this.forgetNames()
    this.events += rows.count
    this.leftOut += rows.leftOut
    this.withoutTime += rows.count - rows.times.length
    for (const ms of rows.times) this.times.note(ms)
    for (const code of rows.oddTimes) {
      const [scalar = null, ...others] = this.time.column!.dictionary.scalars(code)
      if (others.length === 0 && this.times.noteValue(scalar)) this.withoutTime--
    }
  }

  /** Adds the row that the table is at. */
  addRow(place: Place): void {
    const { isPending, first, all } = this.time
    if (!isPending || all !== undefined || !this.times.noteValue(first))
      this.withoutTime++
    this.table.endRow()
    this.count(place)
  }

  /** Adds a row whose values the columns have already; its time, epoch ms, NaN for none. */
  addMapped(ms: number, place: Place): void {
    if (Number.isNaN(ms)) this.withoutTime++
    else this.times.note(ms)
    this.table.addRows(this.source, 1)
    this.count(place)
  }

  private count({ offset, length }: Place): void {
    this.spans.add(offset, length)
    this.events++
    this.forgetNames()
  }

  /** Reads the times anew, which have been changed. */
  readTimes(): void {
    const { table, source } = this
    this.times.read(this.time.column, (row) => table.sourceOf(row) === source)
  }
}
