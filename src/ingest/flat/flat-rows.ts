import { ByteDictionary } from '../../events/byte-dictionary'
import type { ByteStore } from '../../events/byte-store'
import type { Pointer } from '../../events/encoder-memory'
import { type FieldNode, FieldTree } from '../../events/field-node'
import type { GrowingTable } from '../../events/growing-table'
import { StoredColumn } from '../../events/stored-column'
import type { EncoderExports } from '../encoder-exports'
import { isReservedKey } from '../unwrap'

/** Kinds of values, in the upper byte of a word (assembly/flat.ts). */
export const TEXT = 0
export const EMPTY = 1
export const BLANK = 2
export const NULL = 3
export const SCALAR = 4
export const LIST = 5
export const TIME = 6
export const LINES = 7
export const KIND_SHIFT = 24
const COLUMN_MASK = (1 << KIND_SHIFT) - 1

/** More keys than this are data used as names. */
const MOST_KEYS = 4000
/** Values that are kept to be told apart; then all is forgotten. */
const MOST_CONTENTS = 2_000_000
/** Bytes of rows that such values may have come from; the same. */
const MOST_BYTES = 256 * 1024 * 1024

/** Keys of times; values that are none are no reason to read them otherwise. */
const TIMES: ReadonlySet<string> = new Set([
  '@timestamp',
  'EventReceivedTime',
  'EventTime',
  'TimeCreated',
  'TimeGenerated',
  'UtcTime',
])
/** The key whose texts are in the dictionary of their column. */
export const MESSAGE = 'Message'

/** Where rows stand in the input, and where that began in its file. */
export interface FlatBatch {
  readonly offset: number
  readonly offsets: Uint32Array
  readonly lengths: Uint32Array
}

/** A key of rows that are to be mapped. */
export interface FlatKey {
  readonly name: string
  /** The number of its column. */
  readonly column: number
  readonly dictionary: ByteDictionary
}

/**
 * Rows that the encoder has read and that are to be mapped: their values have codes of
 * dictionaries that are theirs alone, but for the message, which is in that of its column.
 *
 *     words      count, (key and kind, code), (key and kind, code), …, count, …
 */
export class FlatRows {
  /** How often all values were forgotten. */
  generation = 0
  words: Uint32Array<ArrayBuffer> = new Uint32Array(0)
  private times = new Float64Array(0)
  /** Of the rows since values were forgotten. */
  private bytes = 0
  private timeWords: Uint32Array<ArrayBuffer> = new Uint32Array(0)
  readonly root: FieldNode
  private readonly nodes = new Map<string, FieldNode>()
  private readonly keys = new Map<number, FlatKey>()

  constructor(
    private readonly exports: EncoderExports,
    readonly store: ByteStore,
    private readonly table: GrowingTable,
  ) {
    this.root = new FieldTree(MOST_KEYS).root
  }

  has(node: FieldNode): boolean {
    return this.nodes.get(node.path) === node
  }

  /** The field of a key; undefined for keys that records of other kinds have. */
  fieldOf(name: string): FieldNode | undefined {
    if (isReservedKey(name) || name === '' || name.includes('.')) return undefined
    const node = this.root.child(name)
    if (node.path !== '') this.nodes.set(name, node)
    return node.path === '' ? undefined : node
  }

  /** The column for the values of a key, 0 if there is none yet. */
  findColumn(node: FieldNode): Pointer {
    const name = node.path
    if (name === MESSAGE) node.column = this.table.root.child('message').column
    else node.column ??= new StoredColumn(name, this.makeDictionary(name))
    // A column of times is for others to write.
    if (!(node.column instanceof StoredColumn)) return 0
    const { dictionary } = node.column
    if (!(dictionary instanceof ByteDictionary) || dictionary.store !== this.store)
      return 0
    if (name === MESSAGE) this.exports.countLinesOf(dictionary.column)
    const column = this.exports.numberOf(dictionary.column)
    this.keys.set(column, { name, column, dictionary })
    return dictionary.column
  }

  private makeDictionary(name: string): ByteDictionary {
    return new ByteDictionary(this.store, TIMES.has(name))
  }

  /** The key of a word. */
  keyOf(word: number): FlatKey {
    return this.keys.get(word & COLUMN_MASK)!
  }

  /** Takes what was read out of the memory of the encoder. */
  take(offset: number, offsets: Uint32Array, lengths: Uint32Array): FlatBatch {
    const { exports } = this
    const { buffer } = exports.memory
    const times = exports.flatTimes() >>> 0
    const count = exports.flatTimeCount() * 2
    this.words = copy(
      this.words,
      buffer,
      exports.flatWords() >>> 0,
      exports.flatWordCount(),
    )
    this.timeWords = copy(this.timeWords, buffer, times, count * 2)
    this.times = new Float64Array(this.timeWords.buffer)
    for (const length of lengths) this.bytes += length
    return { offset, offsets: offsets.slice(), lengths: lengths.slice() }
  }

  msAt(time: number): number {
    return this.times[time * 2]!
  }

  nanosAt(time: number): number {
    return this.timeWords[time * 4 + 2]!
  }

  /** Digits of the fraction of its second. */
  digitsAt(time: number): number {
    return this.timeWords[time * 4 + 3]!
  }

  /** Whether there is so much to be told apart that it is better forgotten. */
  get isLarge(): boolean {
    if (this.bytes > MOST_BYTES) return true
    let size = 0
    for (const { name, dictionary } of this.keys.values())
      if (name !== MESSAGE) size += dictionary.size
    return size > MOST_CONTENTS
  }

  /** Forgets all values; keys find columns anew. */
  clear(): void {
    for (const { name, dictionary } of this.keys.values())
      if (name !== MESSAGE) dictionary.drop()
    for (const node of this.nodes.values()) node.column = undefined
    this.keys.clear()
    this.bytes = 0
    this.generation++
  }
}

/** Copies words to where there is room for them. */
function copy(
  into: Uint32Array<ArrayBuffer>,
  from: ArrayBufferLike,
  at: Pointer,
  count: number,
): Uint32Array<ArrayBuffer> {
  const target = into.length < count ? new Uint32Array(count * 2) : into
  target.set(new Uint32Array(from, at, count))
  return target
}
