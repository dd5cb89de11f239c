import type { Row } from '../events/row-set'
import { grownTo } from '../events/grown-to'
import { MemoryBudget, type Holder } from './memory-budget'
import { TupleIds } from './tuple-ids'

/** What is said of the key of a row that takes part in nothing. */
export const NO_KEY = -1
/** The same of a row with arrays in it, which has several keys. */
export const MANY_KEYS = -2

/** The values of one field as numbers from 1; 0 is null. */
export interface RowNumbers {
  /** The number of a row's only value; 0 when it has none, -1 when it has several. */
  at(row: Row): number
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

  /** Which row has which key; the numbers of keys stay. */
  forget(): void {
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
  /** 3 + what `at` says, 0 as long as the row has not been read. */
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
    const known = row < this.known.length ? this.known[row]! : 0
    return known !== 0 ? known - 3 : this.keep(row, this.read(row))
  }

  forget(): void {
    this.known = NOTHING_KNOWN
  }

  /** Keys of one run that take the memory from each other do not make room at every row. */
  private keep(row: Row, key: number): number {
    if (row >= this.known.length) {
      if (++this.unkept * ROWS_PAID <= row) return key
      this.cover(row + 1)
    }
    this.known[row] = key + 3
    return key
  }

  private read(row: Row): number {
    let key = 0
    let isMany = false
    for (let at = 0; at < this.parts.length; at++) {
      const { numbers, nullable } = this.parts[at]!
      const number = numbers.at(row)
      if (number === 0 && !nullable) return NO_KEY
      if (number < 0) isMany = true
      else if (!isMany) key = this.tuples.fold(key, at, number)
    }
    return isMany ? MANY_KEYS : key
  }
}

const NOTHING_KNOWN = new Int32Array(0)
