import type { Code, Column } from '../events/column'
import type { RowList } from '../events/row-list'
import type { Row } from '../events/row-set'
import type { Field } from '../events/schema'
import type { EventTable } from '../events/table'
import type { EvaluationContext } from './context'
import { keyValue, type FieldReader } from './field-values'
import { IntList } from './int-list'
import { KeySpaces, type KeySpace } from './key-rows'
import type { KeyNumbers, KeyValue } from './plan'
import { TextNumbers } from './text-numbers'

/**
 * Values are shared out among so many maps: one holds no more than 16.7 million, and when
 * a large one grows, nothing else happens for a tenth of a second.
 */
const MAPS = 64

/**
 * Numbers the values that join keys hold, for all rules over one table: equal values have
 * one number, in whichever field and type they stand. 0 is null.
 *
 *     process.entity_id         code 7  ─┐
 *                                        ├─►  "{b2-01}"  ─►  12
 *     process.parent.entity_id  code 3  ─┘
 *
 * A content is read once, and from then on a key is a look into an array. Texts that lie as
 * bytes are not even made values for that. Numbers stay as they are while the table grows.
 */
export class KeyValues {
  private readonly values: (KeyValue | null | undefined)[] = [null]
  readonly texts = new TextNumbers(this.values)
  private readonly maps = Array.from({ length: MAPS }, () => new Map<KeyValue, number>())
  private readonly fields = new Map<string, FieldNumbers>()
  private readonly spaces = new KeySpaces()
  /** What reading contents has taken so far, ms: told by one in so many. */
  readMs = 0

  /** The numbers of one field's values; the same object for all who ask. */
  field(field: Field, { table, leaves }: EvaluationContext): KeyNumbers {
    const name = JSON.stringify(field)
    const known = this.fields.get(name)
    // Where a column has come since, rows read before it may have gone.
    if (known && known.column === table.column(field.column)) return known
    const numbers = new FieldNumbers(this, leaves.reader(table, field))
    this.fields.set(name, numbers)
    return numbers
  }

  /** What a field that does not exist holds. */
  readonly nothing: KeyNumbers = {
    at: () => 0,
    read: (rows, into) => void into.fill(0, 0, rows.length),
    listAt: () => NONE,
    space: (width) => this.space(width),
    valueOf: (number) => this.valueOf(number),
    numberOf: (value) => this.numberOf(value),
  }

  /** False when columns were replaced, as they are when rows go. */
  holdsFor(table: EventTable): boolean {
    return [...this.fields.values()].every(({ reader: { field, column } }) => {
      return column === undefined || table.column(field.column) === column
    })
  }

  space(width: number): KeySpace {
    return this.spaces.of(width)
  }

  /** Gives up the keys of rows; what values have which numbers stays. */
  forgetRows(): void {
    this.spaces.forget()
  }

  valueOf(number: number): KeyValue | null {
    const value = this.values[number]
    return value === undefined ? this.texts.read(number) : value
  }

  numberOf(value: KeyValue): number {
    const map = this.maps[placeOf(value)]!
    const known = map.get(value)
    if (known !== undefined) return known
    const isText = typeof value === 'string'
    const number = isText ? this.texts.ofText(value) : this.values.push(value) - 1
    map.set(value, number)
    return number
  }
}

/** Which map a value is in. */
function placeOf(value: KeyValue): number {
  if (typeof value === 'number') return (value ^ (value >>> 6)) & (MAPS - 1)
  if (typeof value !== 'string') return 0
  let mixed = value.length
  for (let at = value.length - 1; at >= 0 && at > value.length - 8; at--)
    mixed = Math.imul(mixed, 31) + value.charCodeAt(at)
  return (mixed ^ (mixed >>> 6)) & (MAPS - 1)
}

const known = new WeakMap<EventTable, KeyValues>()

/** The one numbering of a table. Rules bound before rows went keep the one they have. */
export function keyValuesOf(table: EventTable): KeyValues {
  const of = table.later ?? table
  const kept = known.get(of)
  if (kept?.holdsFor(table)) return kept
  const values = new KeyValues()
  known.set(of, values)
  return values
}

const NONE: readonly number[] = []

/** The values of one field by code: read when first met. */
class FieldNumbers implements KeyNumbers {
  /** 0 not read; else the number of the one value, or -1 - its place in `lists`. */
  private byCode = new Int32Array(256)
  private readonly lists: (readonly number[])[] = [NONE]

  /** Undefined for good where there was none when this was made. */
  readonly column: Column | undefined
  /** Contents read. */
  private contentsRead = 0
  /** By page of codes: up to which one texts have been hashed, where they could be. */
  private readonly hashed = new IntList()
  /** What `KeyValues.texts` calls the column, once it has been one of texts. */
  private source: number | undefined

  constructor(
    private readonly values: KeyValues,
    readonly reader: FieldReader,
  ) {
    this.column = reader.column
  }

  at(row: Row): number {
    const known = this.known(row)
    return known >= 0 ? known : known === ABSENT ? 0 : -1
  }

  read(rows: RowList, into: Int32Array): void {
    if (this.column === undefined) return void into.fill(0, 0, rows.length)
    this.column.readCodes(rows, into)
    for (let at = 0; at < rows.length; at++) {
      const known = this.knownOf(into[at]!)
      into[at] = known >= 0 ? known : known === ABSENT ? 0 : -1
    }
  }

  listAt(row: Row): readonly number[] {
    const known = this.known(row)
    return known > 0 ? [known] : this.lists[-1 - known]!
  }

  space(width: number): KeySpace {
    return this.values.space(width)
  }

  valueOf(number: number): KeyValue | null {
    return this.values.valueOf(number)
  }

  numberOf(value: KeyValue): number {
    return this.values.numberOf(value)
  }

  private known(row: Row): number {
    return this.knownOf(this.column === undefined ? 0 : this.column.codeAt(row))
  }

  private knownOf(code: Code): number {
    if (code === 0) return ABSENT
    if (code >= this.byCode.length) this.makeRoom(code)
    return this.byCode[code]! || this.readCode(code)
  }

  private readCode(code: Code): number {
    this.hashPage((code - 1) >>> PAGE_SHIFT, code)
    const known = this.byCode[code]!
    return known !== 0 ? known : this.readValues(code)
  }

  /**
   * Numbers the contents that are one text of as many codes as make a page, up to the one
   * wanted and all there are behind it.
   */
  private hashPage(page: number, wanted: Code): void {
    this.hashed.growTo(page + 1)
    const { column, kind } = this.reader
    if (this.hashed.at(page) >= wanted || kind !== 'text') return
    const from = Math.max(this.hashed.at(page), page << PAGE_SHIFT) + 1
    const to = Math.min(column!.size, (page + 1) << PAGE_SHIFT)
    this.hashed.set(page, to)
    const texts = column!.texts?.()
    if (!texts) return
    const started = performance.now()
    this.source ??= this.values.texts.addSource({ column: column!, texts })
    if (to >= this.byCode.length) this.makeRoom(to)
    textCounts.fill(0)
    texts.forEachHash(from, to, (code, place, hash) => {
      hashes[code - from] = hash
      textPlaces[code - from] = place
      textCounts[code - from]!++
    })
    for (let code = from; code <= to; code++)
      if (textCounts[code - from] === 1)
        this.byCode[code] = this.values.texts.ofBytes(
          this.source,
          code,
          hashes[code - from]!,
          textPlaces[code - from]!,
        )
    this.values.readMs += performance.now() - started
  }

  private readValues(code: Code): number {
    if (++this.contentsRead % TIMED !== 0) return this.readNow(code)
    const started = performance.now()
    const known = this.readNow(code)
    this.values.readMs += (performance.now() - started) * TIMED
    return known
  }

  private readNow(code: Code): number {
    const { kind } = this.reader
    const values = this.reader.of(code)
    const numbers = values.map((value) => this.numberOf(keyValue(value, kind)))
    const known = this.keep(numbers.length > 1 ? [...new Set(numbers)] : numbers)
    this.byCode[code] = known
    return known
  }

  private keep(numbers: readonly number[]): number {
    if (numbers.length === 0) return ABSENT
    return numbers.length === 1 ? numbers[0]! : -this.lists.push(numbers)
  }

  /** Room for all codes there are, as all of them are likely to be asked for. */
  private makeRoom(code: Code): void {
    const size = Math.max(code, this.reader.column?.size ?? 0)
    const longer = new Int32Array(size + (size >>> 3) + 1)
    longer.set(this.byCode)
    this.byCode = longer
  }
}

/** Of so many contents one is timed; to time each would take as long as reading it. */
const TIMED = 64
/** So many codes at once are asked for what their texts hash to. */
const PAGE_SHIFT = 11
const hashes = new Int32Array(1 << PAGE_SHIFT)
const textPlaces = new Uint32Array(1 << PAGE_SHIFT)
const textCounts = new Uint32Array(1 << PAGE_SHIFT)
/** The empty list stands first. */
const ABSENT = -1
