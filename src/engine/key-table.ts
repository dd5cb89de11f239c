import type { Row } from '../events/row-set'
import type { KeyTuple } from './observer'
import type { JoinKey, KeyValue } from './plan'
import { grownTo } from './grown-to'

/** A join key as a dense number: 0, 1, 2 … in the order they are first met. */
export type KeyId = number

const NO_IDS: readonly KeyId[] = []
const NULL_ID = 0

/**
 * Gives every distinct join key of one run a number (language.md 5.3). Keys are never
 * joined as text: a tuple is folded pair by pair, each pair looked up by two numbers,
 *
 *     (host, user, pid)  ->  ((host, user), pid)  ->  one KeyId
 *
 * so two different tuples cannot meet. Null has a value number of its own.
 */
export class KeyTable {
  private readonly values: (KeyValue | null)[][] = []
  private readonly idOfValue: Map<KeyValue, number>[] = []
  private readonly pairs: PairTable[] = []
  private readonly parts = new Map<string, KeyPart>()
  private readonly width: number

  /** `width`: how many key fields every step has. */
  constructor(width: number) {
    this.width = width
    for (let at = 0; at < width; at++) {
      this.values.push([null])
      this.idOfValue.push(new Map())
      if (at > 0) this.pairs.push(new PairTable())
    }
  }

  /** Ids handed out so far. */
  get size(): number {
    if (this.width === 0) return 1
    return this.width === 1 ? this.values[0]!.length : this.pairs.at(-1)!.size
  }

  /** Reads the ids of rows by these fields; `nulls`: whether a key may be null here. */
  reader(keys: readonly JoinKey[], nulls: 'as written' | 'always'): KeyReader {
    const parts = keys.map((key, at) =>
      this.part(key, at, key.optional || nulls === 'always'),
    )
    if (parts.length === 0) return { read: () => [NULL_ID] }
    if (parts.length === 1) return parts[0]!
    return new TupleReader(parts, this.pairs)
  }

  /** The id of a key with these values. */
  idOf(tuple: KeyTuple): KeyId {
    let id = NULL_ID
    for (const [at, value] of tuple.entries()) {
      const part = value === null ? NULL_ID : this.valueId(at, value)
      id = at === 0 ? part : this.pairs[at - 1]!.id(id, part)
    }
    return id
  }

  tuple(id: KeyId): KeyTuple {
    const tuple: (KeyValue | null)[] = []
    let rest = id
    for (let at = this.width - 1; at > 0; at--) {
      const pairs = this.pairs[at - 1]!
      tuple.push(this.values[at]![pairs.rights[rest]!]!)
      rest = pairs.lefts[rest]!
    }
    if (this.width > 0) tuple.push(this.values[0]![rest]!)
    return tuple.reverse()
  }

  /** Steps that read the same field at the same place share what they have read. */
  private part(key: JoinKey, at: number, nullable: boolean): KeyPart {
    const name = `${at} ${nullable} ${key.name}`
    const known = this.parts.get(name)
    if (known) return known
    const nullIds = nullable ? [NULL_ID] : NO_IDS
    const part = new KeyPart(key, (value) => this.valueId(at, value), nullIds)
    this.parts.set(name, part)
    return part
  }

  private valueId(at: number, value: KeyValue): number {
    const ids = this.idOfValue[at]!
    const known = ids.get(value)
    if (known !== undefined) return known
    const id = this.values[at]!.push(value) - 1
    ids.set(value, id)
    return id
  }
}

/** The key ids of a row; the array is reused by the next call. */
export interface KeyReader {
  read(row: Row): readonly KeyId[]
}

/** One field of a key: the value ids of a row, read once per distinct content. */
class KeyPart implements KeyReader {
  /** By code: 1 + the id of its one value; -1 - the place in `lists`; 0 not yet read. */
  private byCode = new Int32Array(256)
  private readonly lists: (readonly number[])[] = []
  private readonly one: [number] = [NULL_ID]
  private readonly key: JoinKey
  private readonly idOf: (value: KeyValue) => number
  private readonly nullIds: readonly number[]

  constructor(
    key: JoinKey,
    idOf: (value: KeyValue) => number,
    nullIds: readonly number[],
  ) {
    this.key = key
    this.idOf = idOf
    this.nullIds = nullIds
  }

  read(row: Row): readonly number[] {
    const code = this.key.codeAt(row)
    if (code >= this.byCode.length) this.byCode = grownTo(this.byCode, code + 1)
    const known = this.byCode[code]! || this.readCode(code)
    if (known < 0) return this.lists[-1 - known]!
    this.one[0] = known - 1
    return this.one
  }

  private readCode(code: number): number {
    const values = this.key.valuesOf(code)
    const ids = values.length === 0 ? this.nullIds : values.map(this.idOf)
    const known = ids.length === 1 ? ids[0]! + 1 : -this.lists.push(ids)
    this.byCode[code] = known
    return known
  }
}

/** Several fields: every combination of their values (arrays multiply). */
class TupleReader implements KeyReader {
  private readonly ids: KeyId[] = []
  private readonly parts: readonly KeyPart[]
  private readonly pairs: readonly PairTable[]

  constructor(parts: readonly KeyPart[], pairs: readonly PairTable[]) {
    this.parts = parts
    this.pairs = pairs
  }

  read(row: Row): readonly KeyId[] {
    this.ids.length = 0
    this.combine(row, 0, NULL_ID)
    return this.ids
  }

  private combine(row: Row, at: number, prefix: number): void {
    const part = this.parts[at]
    if (part === undefined) {
      this.ids.push(prefix)
      return
    }
    for (const value of part.read(row))
      this.combine(row, at + 1, at === 0 ? value : this.pairs[at - 1]!.id(prefix, value))
  }
}

/** Numbers pairs of numbers: an open-addressed table, at most half full. */
class PairTable {
  lefts = new Int32Array(256)
  rights = new Int32Array(256)
  size = 0
  /** 1 + the number of the pair in that place, 0 for none. */
  private places = new Int32Array(512)

  id(left: number, right: number): number {
    const place = this.placeOf(left, right)
    const known = this.places[place]!
    if (known !== 0) return known - 1
    if (this.size === this.lefts.length) return this.grow().id(left, right)
    this.lefts[this.size] = left
    this.rights[this.size] = right
    this.places[place] = ++this.size
    return this.size - 1
  }

  /** Where the pair is, or the free place where it belongs. */
  private placeOf(left: number, right: number): number {
    const mask = this.places.length - 1
    let place = scatter(left, right) & mask
    for (;;) {
      const pair = this.places[place]! - 1
      if (pair < 0 || (this.lefts[pair] === left && this.rights[pair] === right))
        return place
      place = (place + 1) & mask
    }
  }

  private grow(): this {
    this.lefts = grownTo(this.lefts, this.size * 2)
    this.rights = grownTo(this.rights, this.size * 2)
    this.places = new Int32Array(this.size * 4)
    for (let pair = 0; pair < this.size; pair++)
      this.places[this.placeOf(this.lefts[pair]!, this.rights[pair]!)] = pair + 1
    return this
  }
}

/** Spreads pairs over the table; the odd factors are those of common integer hashes. */
const scatter = (left: number, right: number): number => {
  const mixed = Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca6b)
  return mixed ^ (mixed >>> 15)
}
