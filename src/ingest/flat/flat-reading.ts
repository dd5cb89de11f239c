import type { GrowingTable } from '../../events/growing-table'
import type { Encoder } from '../encoder'
import type { Place } from '../place'
import type { WindowsMapper } from '../windows-mapper'
import { FlatMapper, type MappedRow } from './flat-mapper'
import type { FlatRows } from './flat-rows'

/** Who puts events into the table (record-reader). */
interface EventTaker {
  readonly isIdTold: boolean
  addMapped(row: MappedRow, place: Place): void
  accept(text: string, place: Place): boolean
}

/** Adds rows that the encoder has read and that are to be mapped, in their order. */
export class FlatReading {
  private readonly mapper: FlatMapper
  private readonly rows: FlatRows

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
    const { encoder, mapper, taker, rows } = this
    const { offset, offsets, lengths } = encoder.takeFlat()
    let base = 0
    mapper.begin()
    for (let i = 0; i < offsets.length; i++) {
      const pairs = rows.words[base]!
      const at = offsets[i]!
      const length = lengths[i]!
      const place = places[i] ?? { offset: offset + at, length }
      const text = () => encoder.inputText(at, length)
      const mapped = taker.isIdTold ? undefined : mapper.map(base + 1, pairs, text)
      if (mapped) taker.addMapped(mapped, place)
      else taker.accept(text(), place)
      base += 1 + pairs * 2
    }
    mapper.endRows()
  }

  /** There is nothing more to read. */
  end(): void {
    this.rows.clear()
  }
}
