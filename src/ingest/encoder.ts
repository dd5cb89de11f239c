import { ByteDictionary } from '../events/byte-dictionary'
import { ByteStore } from '../events/byte-store'
import { BLOCK_ROWS, BLOCK_SHIFT, OFFSET_MASK } from '../events/code-blocks'
import type { Pointer } from '../events/encoder-memory'
import type { FieldNode } from '../events/field-node'
import type { GrowingColumn } from '../events/growing-column'
import type { GrowingTable } from '../events/growing-table'
import { printNumber } from '../events/scalar-json'
import type { Row } from '../events/row-set'
import { TimeColumn } from '../events/time-column'
import { AT_END, type EncoderExports, LEFT_OUT } from './encoder-exports'
import { type FlatBatch, FlatRows } from './flat/flat-rows'
import type { KeepFilter } from './keep-filter'
import { isReservedKey } from './unwrap'
import { FLAT_SIGN } from './windows/flat-shapes'
import { RAW_SIGNS } from './windows/winlogbeat'
import { XML_CARRIERS } from './windows/xml-record'

/** In place of a column: the values of the field are not kept. */
const SKIPPED = 1

/** The number of an event that is to be mapped. */
const FLAT = 2

/** Bytes of input at a time. */
export const INPUT_BYTES = 1024 * 1024
/** Free bytes behind what is put into the input; it is looked at there. */
const GAP = 16

/** Lines that were read from one piece of input: which rows they became. */
interface PieceOfRows {
  /** Where the input began in its file. */
  readonly offset: number
  readonly from: number
  readonly to: number
}

/** Rows that have been put into the table. */
export interface FetchedRows {
  readonly first: Row
  readonly count: number
  /** The ids that some of them brought along. */
  readonly ids: ReadonlyMap<Row, string>
  /** Times of the column `@timestamp`, epoch ms, and codes of what else is in it. */
  readonly times: Float64Array
  readonly oddTimes: Uint32Array
  /** Rows that were read and not kept, and whether the very first was one. */
  readonly leftOut: number
  readonly isFirstLeftOut: boolean
  /** Of lines: where each stands in its piece, until the next lines are read. */
  readonly pieces: readonly PieceOfRows[]
  readonly offsets: Uint32Array
  readonly lengths: Uint32Array
}

/** Thrown when WebAssembly memory has come to its end. */
export class MemoryExhausted extends Error {}

/** Thrown when there was no memory for some values of rows whose others are in: half rows. */
export class TableDamaged extends Error {}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
const NONE = new Uint32Array(0)
const NO_TIMES = new Float64Array(0)

/**
 * Turns bytes into the columns of one table without making an object or a text of any
 * event. What it cannot read it says, and the caller reads it (record-reader).
 */
export class Encoder {
  private readonly exports: EncoderExports
  private readonly store: ByteStore
  private input: Pointer = 0
  /** Offset in the input behind the records that were put there one by one. */
  private used = 0
  /** Pieces that lines were read from, and how many rows there were before. */
  private pieces: { readonly offset: number; readonly from: number }[] = []
  /** By their number in the encoder: 0 the event, 1 a hit around it, 2 one to be mapped. */
  private readonly fields: FieldNode[]
  private readonly fieldNumbers = new Map<FieldNode, number>()
  /** By the number of a column, its field: columns that are replaced are let go. */
  private readonly nodes = new Map<number, FieldNode>()
  /** Fields that are not kept, and what kinds of values they were seen to have. */
  private readonly skipped = new Map<number, number>()
  /** Version of the table in which memory came to its end. */
  private fullAt = -1
  private filter: KeepFilter | undefined = undefined
  private bytes = new Uint8Array(0)
  private flat: FlatRows | undefined = undefined

  constructor(
    module: WebAssembly.Module,
    private readonly table: GrowingTable,
  ) {
    this.fields = [table.root, table.root, table.root]
    const host = {
      endOfMemory: () => {
        this.fullAt = table.version
        throw new MemoryExhausted()
      },
      findField: (parent: number, key: Pointer, length: number) =>
        this.findField(parent, this.text(key >>> 0, length)),
      findColumn: (field: number) => this.findColumn(field, this.fields[field]!),
      printNumber: (at: Pointer, length: number, out: Pointer) =>
        this.printNumber(at >>> 0, length, out >>> 0),
    }
    const instance = new WebAssembly.Instance(module, { host })
    this.exports = instance.exports as unknown as EncoderExports
    const [low = 0, high = 0] = crypto.getRandomValues(new Uint32Array(2))
    this.exports.seed(low, high)
    this.store = new ByteStore(this.exports)
    this.leaveRaw()
    table.keepContents((isTime) => new ByteDictionary(this.store, isTime))
  }

  /** Whether columns were made here that the table has no more. */
  get isLeft(): boolean {
    return this.nodes.size > 0 && this.table.columnNames().length === 0
  }

  /** Whether there was no more memory, and nothing has gone since. */
  get isFull(): boolean {
    return this.fullAt === this.table.version
  }

  /** From now on rows are read that are to be mapped, or no more; when none are waiting. */
  useFlat(isFlat: boolean): FlatRows {
    this.exports.setFlat(isFlat)
    return (this.flat ??= new FlatRows(this.exports, this.store, this.table))
  }

  /** Takes the rows that were read to be mapped, and where they stand. */
  takeFlat(): FlatBatch {
    const { exports, flat } = this
    const { pieces, offsets, lengths } = this.spans(exports.rowsRead())
    this.used = 0
    const batch = flat!.take(pieces.at(-1)?.offset ?? 0, offsets, lengths)
    exports.forgetRows()
    return batch
  }

  /** The text of a row that was read from the input that is there still. */
  inputText(offset: number, length: number): string {
    return this.text(this.input + offset, length)
  }

  /** Keeps of what is read from now on what a filter does. */
  useFilter(filter: KeepFilter | undefined): void {
    if (this.filter === filter) return
    const { exports } = this
    this.filter = filter
    this.skipped.clear()
    exports.forgetColumns()
    exports.keepAll()
    if (!filter) return
    const { key, hashes, time, clock } = filter
    if (key) exports.keepKeys(this.numberOf(key), hashes)
    if (time) exports.keepTimes(this.numberOf(clock), time.from, time.to)
  }

  /**
   * Records of Winlogbeat that no pipeline has seen, those that carry an event as XML, and
   * flat events of Windows are not read as if they were ECS.
   */
  private leaveRaw(): void {
    const [sign, category, excuse] = RAW_SIGNS.map((name) => this.fieldNumber(name))
    this.exports.leaveRaw(sign!, category!, excuse!, this.fieldNumber(FLAT_SIGN))
    for (const name of XML_CARRIERS) this.exports.leaveXml(this.fieldNumber(name))
  }

  private fieldNumber(name: string): number {
    return this.numberOf(this.table.root.child(name))
  }

  /** Puts bytes into the input, from its beginning. At most INPUT_BYTES. */
  put(bytes: Uint8Array): void {
    this.open()
    this.bytes.set(bytes, this.input)
  }

  /**
   * Reads the lines between two offsets of the input until one of the four reasons to
   * stop. `offset` is where the input begins in its file. What was read is to be fetched
   * when a block is full, and before anyone else reads.
   */
  readLines(from: number, to: number, offset: number): number {
    if (this.pieces.at(-1)?.offset !== offset)
      this.pieces.push({ offset, from: this.exports.rowsRead() })
    return this.exports.readLines(from, to, this.table.rowCount & OFFSET_MASK)
  }

  /** Where `readLines` stopped, and how many lines it passed. */
  get stoppedAt(): number {
    return this.exports.stoppedAt()
  }

  get lineCount(): number {
    return this.exports.lineCount()
  }

  /** Whether a record can be put in without fetching first. */
  hasRoom(bytes: number): boolean {
    const rows = (this.table.rowCount & OFFSET_MASK) + this.exports.rowsRead()
    if (this.exports.isFlatFull() !== 0) return false
    return this.used + bytes + GAP <= INPUT_BYTES && rows < BLOCK_ROWS
  }

  /** Puts a record in behind the others, and reads it. */
  readRecord(record: Uint8Array): number {
    this.open()
    const from = this.used
    this.bytes.set(record, this.input + from)
    const to = from + record.length
    const state = this.exports.readRecord(from, to, this.table.rowCount & OFFSET_MASK)
    if (state === AT_END || state === LEFT_OUT) this.used = to + GAP
    return state
  }

  /** Learns the keys and columns of a record that was read by others. */
  learn(record: Uint8Array): void {
    if (record.length > INPUT_BYTES) return
    this.put(record)
    this.exports.learn(0, record.length)
  }

  learnLine(from: number, to: number): void {
    this.exports.learn(from, to)
  }

  /** Puts what was read into the table as rows of a source. */
  fetch(source: number): FetchedRows | undefined {
    const { exports, table } = this
    this.used = 0
    const count = exports.rowsRead()
    const leftOut = exports.rowsLeftOut()
    if (count + leftOut === 0) return undefined
    const { times, oddTimes } = this.fetchColumns()
    const { isFull } = this
    const first = table.addRows(source, count)
    if (isFull) this.fullAt = table.version
    const ids = this.fetchIds(first)
    const isFirstLeftOut = exports.isFirstRowLeftOut() !== 0
    const spans = this.spans(count)
    exports.forgetRows()
    return { first, count, ids, times, oddTimes, leftOut, isFirstLeftOut, ...spans }
  }

  private spans(count: number) {
    const { exports, pieces } = this
    this.pieces = []
    return {
      pieces: pieces.map(({ offset, from }, i) => {
        return { offset, from, to: pieces[i + 1]?.from ?? count }
      }),
      offsets: this.view(Uint32Array, exports.offsetsOfRows(), count),
      lengths: this.view(Uint32Array, exports.lengthsOfRows(), count),
    }
  }

  /** @throws TableDamaged */
  private fetchColumns(): Pick<FetchedRows, 'times' | 'oddTimes'> {
    const { exports, table } = this
    const block = table.rowCount >>> BLOCK_SHIFT
    const clock = table.column('@timestamp')
    let times = NO_TIMES
    let oddTimes = NONE
    try {
      for (let i = 0; i < exports.touchedColumns(); i++) {
        const pointer = exports.touchedColumn(i) >>> 0
        const column = this.nodes.get(exports.numberOf(pointer))!.column!
        const codes = this.fetchCodes(pointer, column, block)
        const ms = this.fetchTimes(pointer, column, block)
        if (column === clock) {
          times = ms
          oddTimes = codes
        }
      }
    } catch (error) {
      throw error instanceof RangeError ? new TableDamaged() : error
    }
    this.fetchKinds()
    return { times, oddTimes }
  }

  /** Gives up the row at which memory ended. */
  dropHalfRow(): void {
    this.exports.dropHalfRow(this.table.rowCount & OFFSET_MASK)
  }

  private fetchKinds(): void {
    for (const [number, known] of this.skipped) {
      const kinds = this.exports.kindsPassedOver(number)
      if (kinds === known) continue
      this.skipped.set(number, kinds)
      this.table.unreadColumn(this.fields[number]!).observed.addKinds(kinds & ~known)
    }
  }

  private fetchCodes(pointer: Pointer, column: GrowingColumn, block: number) {
    const { exports } = this
    const count = exports.codeCountOf(pointer)
    if (count === 0) return NONE
    const offsets = this.view(Uint16Array, exports.codeOffsetsOf(pointer), count)
    const codes = this.view(Uint32Array, exports.codesOf(pointer), count)
    column.appendCodes(block, offsets, codes)
    return codes
  }

  private fetchTimes(pointer: Pointer, column: GrowingColumn, block: number) {
    const { exports } = this
    const count = exports.timeCountOf(pointer)
    if (count === 0 || !(column instanceof TimeColumn)) return NO_TIMES
    const ms = this.view(Float64Array, exports.timesOf(pointer), count)
    column.appendInstants(block, {
      offsets: this.view(Uint16Array, exports.timeOffsetsOf(pointer), count),
      ms,
      nanos: this.view(Uint32Array, exports.nanosOf(pointer), count),
      spellings: this.view(Uint8Array, exports.spellingsOf(pointer), count),
    })
    return ms
  }

  private fetchIds(first: Row): ReadonlyMap<Row, string> {
    const { exports } = this
    const count = exports.idCount()
    if (count === 0) return NO_IDS
    const text = this.text(exports.idsAt() >>> 0, exports.idBytes() - 1)
    const ids = JSON.parse(`[${text}]`) as string[]
    const rows = this.view(Uint32Array, exports.idRows(), count)
    return new Map(ids.map((id, i) => [first + rows[i]!, id]))
  }

  /** The number of the field a key leads to, 0 for keys that are to be read by others. */
  private findField(parent: number, key: string): number {
    if (isIntegerLike(key) || (parent === 0 && isReservedKey(key))) return 0
    const node =
      parent === FLAT ? this.flat?.fieldOf(key) : this.fields[parent]!.knownChild(key)
    if (!node) return 0
    return this.numberOf(node)
  }

  private numberOf(node: FieldNode): number {
    const known = this.fieldNumbers.get(node)
    if (known !== undefined) return known
    this.fieldNumbers.set(node, this.fields.length)
    return this.fields.push(node) - 1
  }

  private findColumn(field: number, node: FieldNode): Pointer {
    if (this.filter?.keepsField(node) === false) {
      this.skipped.set(field, this.skipped.get(field) ?? 0)
      return SKIPPED
    }
    if (this.flat?.has(node)) return this.flat.findColumn(node)
    const { column } = node
    const dictionary = column?.dictionary
    if (!column || !(dictionary instanceof ByteDictionary)) return 0
    if (dictionary.store !== this.store) return 0
    this.nodes.set(this.exports.numberOf(dictionary.column), node)
    return dictionary.column
  }

  private printNumber(at: Pointer, length: number, out: Pointer): number {
    const value = Number(this.text(at, length))
    if (Math.abs(value) === Infinity) return 0
    const text = printNumber(value)
    for (let i = 0; i < text.length; i++) this.bytes[out + i] = text.charCodeAt(i)
    return text.length
  }

  private open(): void {
    this.input = this.exports.openInput(INPUT_BYTES) >>> 0
    this.refresh()
  }

  private text(at: Pointer, length: number): string {
    this.refresh()
    return decoder.decode(this.bytes.subarray(at, at + length))
  }

  private view<T>(
    type: new (buffer: ArrayBufferLike, at: number, length: number) => T,
    at: Pointer,
    length: number,
  ): T {
    return new type(this.exports.memory.buffer, at >>> 0, length)
  }

  /** The memory moves when it grows. */
  private refresh(): void {
    const { buffer } = this.exports.memory
    if (this.bytes.buffer !== buffer) this.bytes = new Uint8Array(buffer)
  }
}

const NO_IDS: ReadonlyMap<Row, string> = new Map()

/** Such keys come first in a JavaScript object, wherever they stand in the text. */
const isIntegerLike = (key: string) => /^(?:0|[1-9]\d{0,9})$/.test(key)
