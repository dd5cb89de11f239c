import type { RowList } from '../events/row-list'
import type { Row } from '../events/row-set'
import { NO_KEY, type KeyPart, type KeyRows, type KeySpace } from './key-rows'
import type { KeyTuple } from './observer'
import { grownTo } from '../events/grown-to'
import { PairTable } from '../events/pair-table'
import type { JoinKey, KeyNumbers } from './plan'

/** A join key as a dense number: 0, 1, 2 … in the order they are first met. */
export type KeyId = number

/** Whether keys may be null where they are not optional. */
export type KeyNulls = 'as written' | 'always'

/** The join keys of rows, by the fields of one step. */
export interface KeyReader {
  /** The only key of a row, or NO_KEY, or MANY_KEYS. */
  one(row: Row): KeyId
  /** Writes what `one` says of each row, PIECE of them at most. Quickest for ascending rows. */
  read(rows: RowList, into: Int32Array): void
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
  /** Undefined without `by`. */
  readonly space: KeySpace | undefined
  private readonly ids = new RunIds()
  private readonly readers: TupleReader[] = []
  private readonly only: readonly number[] | undefined
  private readonly room: ArrayRoom = { made: 0, isCapped: false }

  /** `keys`: the fields of any step; `only`: the one key that readers are to see. */
  constructor(keys: readonly JoinKey[], only?: KeyTuple) {
    this.numbers = keys[0]?.numbers
    this.space = this.numbers?.space(keys.length)
    this.only = only?.map((value) => this.numberOf(value))
    if (only) this.idOf(only)
  }

  /** Whether some event had more keys than are taken of it. */
  get isCapped(): boolean {
    return this.room.isCapped
  }

  /** Ids handed out so far; without `by` there is one. */
  get size(): number {
    return this.space ? this.ids.size : 1
  }

  /** Reads the ids of rows by these fields; `nulls`: whether a key may be null here. */
  reader(keys: readonly JoinKey[], nulls: KeyNulls): KeyReader {
    const { space } = this
    if (!space) return NO_FIELDS
    if (this.only) return new OneKeyReader(partsOf(keys, nulls), this.only)
    const rows = space.rows(partsOf(keys, nulls))
    const known = this.readers.find((reader) => reader.rows === rows)
    if (known) return known
    const reader = new TupleReader(rows, space, this.ids, this.room)
    this.readers.push(reader)
    return reader
  }

  /** The keys of rows by these fields as all rules number them; none without `by`. */
  rows(keys: readonly JoinKey[], nulls: KeyNulls): KeyRows | undefined {
    return this.space?.rows(partsOf(keys, nulls))
  }

  /** The id of a key with these values. */
  idOf(tuple: KeyTuple): KeyId {
    if (!this.space) return 0
    let key = 0
    for (const [at, value] of tuple.entries())
      key = this.space.tuples.fold(key, at, this.numberOf(value))
    return this.ids.of(key)
  }

  /** The id of a key as all rules number them, which was not met yet. */
  addKey(key: number): KeyId {
    return this.ids.add(key)
  }

  tuple(id: KeyId): KeyTuple {
    const numbers = this.space?.tuples.numbersOf(this.ids.keyOf(id)) ?? []
    return numbers.map((number) => this.numbers!.valueOf(number))
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

const partsOf = (keys: readonly JoinKey[], nulls: KeyNulls): readonly KeyPart[] =>
  keys.map(({ numbers, optional }) => ({
    numbers,
    nullable: optional || nulls === 'always',
  }))

/** Numbers those keys of a table that one run meets: 0, 1, 2 … as it meets them. */
class RunIds {
  size = 0
  private keys = new Int32Array(64)
  /** The first so many of them: most runs never look for a key. */
  private readonly pairs = new PairTable()

  of(key: number): KeyId {
    while (this.pairs.size < this.size) this.pairs.id(this.keys[this.pairs.size]!, 0)
    const id = this.pairs.id(key, 0)
    return id < this.size ? id : this.add(key)
  }

  /** Of a key that has none yet. */
  add(key: number): KeyId {
    if (this.size === this.keys.length) this.keys = grownTo(this.keys, this.size * 2)
    this.keys[this.size] = key
    return this.size++
  }

  keyOf(id: KeyId): number {
    return this.keys[id]!
  }
}

/** Without `by` all events share one key. */
const NO_FIELDS: KeyReader = {
  one: () => 0,
  read: (rows, into) => void into.fill(0, 0, rows.length),
  all: () => [0],
}

/** Looks up the keys of rows; arrays in every combination. */
class TupleReader implements KeyReader {
  private readonly list: KeyId[] = []

  constructor(
    readonly rows: KeyRows,
    private readonly space: KeySpace,
    private readonly ids: RunIds,
    private readonly room: ArrayRoom,
  ) {}

  one(row: Row): KeyId {
    const key = this.rows.at(row)
    return key < 0 ? key : this.ids.of(key)
  }

  read(rows: RowList, into: Int32Array): void {
    this.rows.read(rows, into)
    for (let at = 0; at < rows.length; at++)
      if (into[at]! >= 0) into[at] = this.ids.of(into[at]!)
  }

  all(row: Row): readonly KeyId[] {
    const { list, ids, room } = this
    const before = ids.size
    list.length = 0
    const most = room.made < MAX_KEYS_OF_ARRAYS ? MAX_KEYS_OF_EVENT : KEYS_THEN
    this.combine(row, most, 0, 0)
    room.made += ids.size - before
    return list
  }

  private combine(row: Row, most: number, at: number, prefix: number): void {
    const part = this.rows.parts[at]
    if (part === undefined) this.list.push(this.ids.of(prefix))
    else
      for (const number of numbersOf(part, row)) {
        if (this.list.length === most) return void (this.room.isCapped = true)
        this.combine(row, most, at + 1, this.space.tuples.fold(prefix, at, number))
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

  read(rows: RowList, into: Int32Array): void {
    for (let at = 0; at < rows.length; at++) into[at] = this.one(rows[at]!)
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
