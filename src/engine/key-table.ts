import type { Row } from '../events/row-set'
import type { KeyTuple } from './observer'
import type { JoinKey, KeyNumbers } from './plan'
import { TupleIds } from './tuple-ids'

/** A join key as a dense number: 0, 1, 2 … in the order they are first met. */
export type KeyId = number

/** What `KeyReader.one` says of a row that takes part in nothing. */
export const NO_KEY = -1
/** What it says of a row with arrays in it, which has several keys. */
export const MANY_KEYS = -2

/** The join keys of rows, by the fields of one step. */
export interface KeyReader {
  /** The only key of a row, or NO_KEY, or MANY_KEYS. */
  one(row: Row): KeyId
  /** All keys of any row; the list is reused by the next call. */
  all(row: Row): readonly KeyId[]
}

/** Arrays multiply; of one event no more keys than that are taken (language.md A). */
export const MAX_KEYS_OF_EVENT = 10_000
/**
 * When arrays have made so many keys of a run, further events have fewer each: all of them
 * would take more memory than there is.
 */
const MAX_KEYS_OF_ARRAYS = 1 << 22
const KEYS_THEN = 16

/**
 * Gives every distinct join key of one run a number (language.md 5.3). Keys are never
 * joined as text; null has a value number of its own.
 */
export class KeyTable {
  private readonly numbers: KeyNumbers | undefined
  private readonly ids: TupleIds
  private readonly readers: TupleReader[] = []
  private readonly only: readonly number[] | undefined
  private readonly room: ArrayRoom = { made: 0, isCapped: false }

  /** `keys`: the fields of any step; `only`: the one key that readers are to see. */
  constructor(keys: readonly JoinKey[], only?: KeyTuple) {
    this.numbers = keys[0]?.numbers
    this.ids = new TupleIds(keys.length)
    this.only = only?.map((value) => this.numberOf(value))
    if (only) this.idOf(only)
  }

  /** Whether some event had more keys than are taken of it. */
  get isCapped(): boolean {
    return this.room.isCapped
  }

  /** Ids handed out so far. */
  get size(): number {
    return this.ids.size
  }

  /** Reads the ids of rows by these fields; `nulls`: whether a key may be null here. */
  reader(keys: readonly JoinKey[], nulls: 'as written' | 'always'): KeyReader {
    const parts = keys.map(({ numbers, optional }): KeyPart => ({
      numbers,
      nullable: optional || nulls === 'always',
    }))
    if (parts.length === 0) return NO_FIELDS
    if (this.only) return new OneKeyReader(parts, this.only)
    const known = this.readers.find((reader) => reader.reads(parts))
    if (known) return known
    const reader = new TupleReader(parts, this.ids, this.room)
    this.readers.push(reader)
    return reader
  }

  /** The id of a key with these values. */
  idOf(tuple: KeyTuple): KeyId {
    let id = 0
    for (const [at, value] of tuple.entries())
      id = this.ids.fold(id, at, this.numberOf(value))
    return id
  }

  tuple(id: KeyId): KeyTuple {
    return this.ids.numbersOf(id).map((number) => this.numbers!.valueOf(number))
  }

  private numberOf(value: KeyTuple[number]): number {
    return value === null ? 0 : this.numbers!.numberOf(value)
  }
}

/** What arrays have made of the keys of a run. */
interface ArrayRoom {
  made: number
  isCapped: boolean
}

interface KeyPart {
  readonly numbers: KeyNumbers
  readonly nullable: boolean
}

/** Without `by` all events share one key. */
const NO_FIELDS: KeyReader = { one: () => 0, all: () => [0] }

/** Folds the values of a row's fields; arrays in every combination. */
class TupleReader implements KeyReader {
  private readonly ids: KeyId[] = []
  /** Steps that read the same fields ask of one row after another. */
  private lastRow: Row = -1
  private lastKey: KeyId = NO_KEY

  constructor(
    private readonly parts: readonly KeyPart[],
    private readonly tuples: TupleIds,
    private readonly room: ArrayRoom,
  ) {}

  reads(parts: readonly KeyPart[]): boolean {
    return parts.every(({ numbers, nullable }, at) => {
      const mine = this.parts[at]!
      return mine.numbers === numbers && mine.nullable === nullable
    })
  }

  one(row: Row): KeyId {
    if (row !== this.lastRow) {
      this.lastRow = row
      this.lastKey = this.read(row)
    }
    return this.lastKey
  }

  all(row: Row): readonly KeyId[] {
    const { ids, tuples, room } = this
    const before = tuples.size
    ids.length = 0
    const most = room.made < MAX_KEYS_OF_ARRAYS ? MAX_KEYS_OF_EVENT : KEYS_THEN
    this.combine(row, most, 0, 0)
    room.made += tuples.size - before
    return ids
  }

  private read(row: Row): KeyId {
    let id = 0
    let isMany = false
    for (let at = 0; at < this.parts.length; at++) {
      const { numbers, nullable } = this.parts[at]!
      const number = numbers.at(row)
      if (number === 0 && !nullable) return NO_KEY
      if (number < 0) isMany = true
      else if (!isMany) id = this.tuples.fold(id, at, number)
    }
    return isMany ? MANY_KEYS : id
  }

  private combine(row: Row, most: number, at: number, prefix: number): void {
    const part = this.parts[at]
    if (part === undefined) this.ids.push(prefix)
    else
      for (const number of numbersOf(part, row)) {
        if (this.ids.length === most) return void (this.room.isCapped = true)
        this.combine(row, most, at + 1, this.tuples.fold(prefix, at, number))
      }
  }
}

const NULL_ONLY: readonly number[] = [0]

const numbersOf = ({ numbers, nullable }: KeyPart, row: Row): readonly number[] => {
  const list = numbers.listAt(row)
  return list.length === 0 && nullable ? NULL_ONLY : list
}

/** Sees one key alone, whose id is 0. */
class OneKeyReader implements KeyReader {
  constructor(
    private readonly parts: readonly KeyPart[],
    private readonly wanted: readonly number[],
  ) {}

  one(row: Row): KeyId {
    for (let at = 0; at < this.parts.length; at++)
      if (!this.hasPart(row, at)) return NO_KEY
    return 0
  }

  all(row: Row): readonly KeyId[] {
    return this.one(row) === NO_KEY ? [] : [0]
  }

  private hasPart(row: Row, at: number): boolean {
    const part = this.parts[at]!
    const wanted = this.wanted[at]!
    const number = part.numbers.at(row)
    if (number < 0) return part.numbers.listAt(row).includes(wanted)
    return number === wanted && (wanted !== 0 || part.nullable)
  }
}
