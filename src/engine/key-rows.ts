import type { RowList } from '../events/row-list'
import { PIECE, type Row } from '../events/row-set'
import { grownTo } from '../events/grown-to'
import { MemoryBudget, type Holder } from './memory-budget'
import { TupleIds } from './tuple-ids'

/** What is said of the key of a row that takes part in nothing. */
export const NO_KEY = -1
/** The same of a row with arrays in it, which has several keys. */
export const MANY_KEYS = -2
const NOT_READ = -3

/** The values of one field as numbers from 1; 0 is null. */
export interface RowNumbers {
  /** The number of a row's only value; 0 when it has none, -1 when it has several. */
  at(row: Row): number
  /** Writes what `at` says of each row. Quickest for ascending rows. */
  read(rows: RowList, into: Int32Array): void
  /** The numbers of all values of a row, each once. */
  listAt(row: Row): readonly number[]
}

/** One field of a join key; `nullable`: whether it may be null. */
export interface KeyPart {
  readonly numbers: RowNumbers
  readonly nullable: boolean
}

/** Bytes spent on knowing the keys of rows by fields that make keys of one width. */
const MOST_BYTES = 96 * 2 ** 20
/** Keys that are told without being kept pay for the room of so many rows. */
const ROWS_PAID = 8
/** Keys of one width that are numbered together; beyond, one begins anew. */
const MOST_TUPLES = 1 << 22

/** The join keys of a table, by width: equal keys have one number, whatever rule asks. */
export class KeySpaces {
  private spaces: KeySpace[] = []

  of(width: number): KeySpace {
    const known = this.spaces[width]
    if (known && known.tuples.size < MOST_TUPLES) return known
    return (this.spaces[width] = new KeySpace(width))
  }

  /** Gives up what can be made again; runs under way and their answers go on. */
  forget(): void {
    for (const space of this.spaces.filter(Boolean)) space.forget()
    this.spaces = []
  }
}

/** All join keys of one width. */
export class KeySpace {
  readonly tuples: TupleIds
  private readonly memory = new MemoryBudget(MOST_BYTES)
  private readonly known: KeyRows[] = []
  private zeros: Int32Array<ArrayBuffer> | undefined

  constructor(width: number) {
    this.tuples = new TupleIds(width)
  }

  /** The keys of rows by these fields; the same object for all who ask. */
  rows(parts: readonly KeyPart[]): KeyRows {
    const known = this.known.find((rows) => rows.reads(parts))
    if (known) return known
    const rows = new KeyRows(parts, this.tuples, this.memory)
    this.known.push(rows)
    return rows
  }

  /**
   * A list by key, all 0, of whatever length, for one run after the other: where there are a
   * million keys, most take part in nothing, and to make it anew took longer than the run.
   */
  takeZeros(): Int32Array<ArrayBuffer> {
    const zeros = this.zeros ?? new Int32Array(1024)
    this.zeros = undefined
    return zeros
  }

  /** Takes it back when all are 0 again. */
  giveBackZeros(zeros: Int32Array<ArrayBuffer>): void {
    this.zeros = zeros
  }

  /** Which row has which key; the numbers of keys stay. */
  forget(): void {
    this.zeros = undefined
    for (const rows of this.known) {
      this.memory.use(rows, 0)
      rows.forget()
    }
  }
}

/**
 * The number of each row's key by some fields. A row is read once, by whichever rule
 * comes to it first; from then on its key is a look into an array.
 */
export class KeyRows implements Holder {
  /** What `at` says less NOT_READ, 0 as long as the row has not been read. */
  private known: Int32Array = NOTHING_KNOWN
  /** Rows read since it last had room for them all. */
  private unkept = 0

  constructor(
    readonly parts: readonly KeyPart[],
    private readonly tuples: TupleIds,
    private readonly memory: MemoryBudget,
  ) {}

  reads(parts: readonly KeyPart[]): boolean {
    return parts.every(({ numbers, nullable }, at) => {
      const mine = this.parts[at]!
      return mine.numbers === numbers && mine.nullable === nullable
    })
  }

  /** To be told of so many rows; for who is about to ask. */
  cover(rowCount: number): void {
    this.unkept = 0
    if (rowCount > this.known.length) this.known = grownTo(this.known, rowCount)
    this.memory.use(this, this.known.byteLength)
  }

  /** The only key of a row, or NO_KEY, or MANY_KEYS. */
  at(row: Row): number {
    single[0] = row
    this.read(single, singleKey)
    return singleKey[0]!
  }

  /** Writes what `at` says of each row, PIECE of them at most. Quickest for ascending rows. */
  read(rows: RowList, into: Int32Array): void {
    const { known } = this
    // Without a branch that would wait for what is far: so many looks go on at once.
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at]!
      into[at] = row < known.length ? known[row]! + NOT_READ : NOT_READ
    }
    let count = 0
    for (let at = 0; at < rows.length; at++) {
      places[count] = at
      count += (into[at]! - NOT_READ - 1) >>> 31
    }
    if (count === 0) return
    for (let i = 0; i < count; i++) unread[i] = rows[places[i]!]!
    this.makeKeys(unread.subarray(0, count))
    for (let at = 0; at < count; at++) into[places[at]!] = made[at]!
  }

  forget(): void {
    this.known = NOTHING_KNOWN
  }

  /** Reads rows of which nothing is known, and keeps what their keys are. */
  private makeKeys(rows: RowList): void {
    const count = rows.length
    made.fill(0, 0, count)
    for (let at = 0; at < this.parts.length; at++) {
      const { numbers, nullable } = this.parts[at]!
      numbers.read(rows, values)
      for (let i = 0; i < count; i++) {
        const key = made[i]!
        const number = values[i]!
        if (key === NO_KEY) continue
        if (number === 0 && !nullable) made[i] = NO_KEY
        else if (number < 0 || key === MANY_KEYS) made[i] = MANY_KEYS
        else made[i] = this.tuples.fold(key, at, number)
      }
    }
    this.makeRoom(rows)
    const { known } = this
    for (let i = 0; i < count; i++)
      if (rows[i]! < known.length) known[rows[i]!] = made[i]! - NOT_READ
  }

  /** Keys of one run that take the memory from each other do not make room at every row. */
  private makeRoom(rows: RowList): void {
    let last = 0
    for (let i = 0; i < rows.length; i++) if (rows[i]! > last) last = rows[i]!
    if (last < this.known.length) return
    this.unkept += rows.length
    if (this.unkept * ROWS_PAID > last) this.cover(last + 1)
  }
}

const NOTHING_KNOWN = new Int32Array(0)

// Used by one call at a time.
const unread = new Uint32Array(PIECE)
const places = new Uint32Array(PIECE)
const values = new Int32Array(PIECE)
const made = new Int32Array(PIECE)
const single = new Uint32Array(1)
const singleKey = new Int32Array(1)
