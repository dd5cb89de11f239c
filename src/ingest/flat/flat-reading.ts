import type { GrowingTable } from '../../events/growing-table'
import type { Encoder } from '../encoder'
import type { Place } from '../place'
import type { WindowsMapper } from '../windows-mapper'
import { FlatMapper, type MappedRow } from './flat-mapper'
import type { FlatBatch, FlatRows } from './flat-rows'
import { GRID_ROWS } from './row-grid'

/** Who puts events into the table (record-reader). */
interface EventTaker {
  readonly isIdTold: boolean
  /** How many events may still come. */
  readonly room: number
  addMapped(row: MappedRow, place: Place): void
  accept(text: string, place: Place): boolean
}

/** Adds rows that the encoder has read and that are to be mapped, in their order. */
export class FlatReading {
  private readonly mapper: FlatMapper
  private readonly rows: FlatRows
  private readonly bases = new Uint32Array(GRID_ROWS)

  constructor(
    private readonly encoder: Encoder,
    table: GrowingTable,
    mapper: WindowsMapper,
    private readonly taker: EventTaker,
  ) {
    this.rows = encoder.useFlat(true)
    this.mapper = new FlatMapper(table, this.rows, mapper)
  }

  /** Adds what is waiting; `places` of records that were read one by one. */
  addRows(places: readonly Place[]): void {
    const { encoder, mapper } = this
    const batch = encoder.takeFlat()
    const count = batch.offsets.length
    let base = 0
    let from = 0
    mapper.begin()
    while (from < count && this.taker.room > 0) {
      const to = Math.min(count, from + Math.min(GRID_ROWS, this.taker.room))
      base = this.addSome(batch, from, to, base, places)
      from = to
    }
    mapper.endRows()
  }

  /** Adds rows from and to, whose words begin at `base`; where those of the next begin. */
  private addSome(
    { offset, offsets, lengths }: FlatBatch,
    from: number,
    to: number,
    base: number,
    places: readonly Place[],
  ): number {
    const { encoder, mapper, taker } = this
    const text = (row: number): string =>
      encoder.inputText(offsets[from + row]!, lengths[from + row]!)
    const end = this.findBases(base, to - from)
    mapper.prepare(this.bases, to - from, text)
    let row = 0
    let written = 0
    try {
      for (; row < to - from; row++) {
        const at = offsets[from + row]!
        const place = places[from + row] ?? {
          offset: offset + at,
          length: lengths[from + row]!,
        }
        const mapped = taker.isIdTold ? undefined : mapper.map(row)
        if (mapped) taker.addMapped(mapped, place)
        else {
          mapper.write(written, row)
          written = row + 1
          taker.accept(text(row), place)
        }
      }
    } finally {
      // Also where memory has ended: what the table counts as its rows is to be in it.
      if (written < row) mapper.write(written, row)
    }
    return end
  }

  private findBases(first: number, count: number): number {
    const { words } = this.rows
    let base = first
    for (let row = 0; row < count; row++) {
      this.bases[row] = base + 1
      base += 1 + words[base]! * 2
    }
    return base
  }

  /** There is nothing more to read. */
  end(): void {
    this.rows.clear()
  }
}
