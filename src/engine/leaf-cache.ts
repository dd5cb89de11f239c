import type { Column } from '../events/column'
import type { Field, Schema } from '../events/schema'
import type { EventTable } from '../events/table'
import type { Expression } from '../language/ast'
import { ColumnCodes } from './column-codes'
import type { ConditionNode } from './condition-node'
import { readFieldValues, type FieldReader } from './field-values'
import { FoldedTexts } from './folded-texts'
import type { Leaf } from './leaf'
import { MemoryBudget } from './memory-budget'
import { PairSketches } from './pair-sketch'
import { Postings } from './postings'
import { SharedRows } from './shared-rows'
import { TextIndex } from './text-index'

const megabytes = 2 ** 20
/**
 * Bytes that may be spent on not doing work twice: on rows found, on what leaves have
 * learnt, and on columns turned round. Kept apart, so that large things which are quickly
 * made again never push out small ones which are not.
 */
const mostBytes = {
  rows: 64 * megabytes,
  truths: 128 * megabytes,
  columns: 384 * megabytes,
}

/**
 * What the rules over one table share: field readers, every leaf with what it has learnt,
 * the rows of whole conditions and of what they begin with. Events that are appended and
 * sources switched on and off leave all that as it is; it is forgotten when events go, or
 * when a field in use becomes another.
 */
export class LeafCache {
  /** By conditions made of leaves of this cache. */
  readonly rows = new SharedRows(new MemoryBudget(mostBytes.rows))
  readonly truths = new MemoryBudget(mostBytes.truths)
  private readonly memory = new MemoryBudget(mostBytes.columns)
  private table: EventTable | undefined
  private version = -1
  private rewrites = -1
  private rowCount = 0
  private schema: Schema | undefined
  private leavesMade = 0
  private readonly readers = new Map<string, FieldReader>()
  private readonly leaves = new Map<string, Leaf>()
  private readonly codes = new Map<Column, ColumnCodes>()
  private readonly postings = new Map<Column, Postings>()
  private readonly texts = new Map<FieldReader, TextIndex>()
  private readonly folded = new Map<FieldReader, FoldedTexts>()
  private readonly sketches = new Map<FieldReader, PairSketches>()
  private readonly parts = new Map<string, unknown>()
  /** By conditions as they were read, for the same fields: the text of a rule is read once. */
  plans = new WeakMap<Expression, ConditionNode>()

  /** Forgets what does not hold for these events and fields. */
  fit(table: EventTable, schema: Schema): void {
    const isSame =
      this.table === (table.later ?? table) &&
      this.version === table.version &&
      this.schema === schema
    if (isSame) return
    if (!this.holdsFor(table, schema)) this.clear()
    if (this.schema !== schema) this.plans = new WeakMap()
    if (this.rowCount !== table.rowCount) this.parts.clear()
    this.table = table.later ?? table
    this.version = table.version
    this.rewrites = table.rewrites
    this.rowCount = table.rowCount
    this.schema = schema
  }

  /** A field may gain a column, but not change it. */
  private holdsFor(table: EventTable, schema: Schema): boolean {
    if (this.table !== (table.later ?? table)) return false
    if (this.rewrites !== table.rewrites || this.rowCount > table.rowCount) return false
    return [...this.readers.values()].every(({ field, column }) => {
      const now = schema.field(field.name)
      return isSameField(field, now) && table.column(field.column) === column
    })
  }

  private clear(): void {
    const { codes, postings, texts, folded, sketches } = this
    const held = [codes, postings, texts, folded, sketches]
    for (const holders of held)
      for (const holder of holders.values()) this.memory.use(holder, 0)
    this.plans = new WeakMap()
    const { rows, readers, leaves, parts } = this
    for (const kept of [...held, rows, readers, leaves, parts]) kept.clear()
  }

  /** The one reader of a field, with the values it has already made. */
  reader(table: EventTable, field: Field): FieldReader {
    return known(this.readers, field.name, () =>
      readFieldValues(table.later ?? table, field),
    )
  }

  /** The one leaf of a key; `make` gets the number it is to have. */
  leaf(key: string, make: (id: number) => Leaf): Leaf {
    return known(this.leaves, key, () => {
      const leaf = make(this.leavesMade++)
      if (this.leaves.size >= maxKept) this.leaves.clear()
      return leaf
    })
  }

  codesOf(column: Column): ColumnCodes {
    return known(this.codes, column, () => new ColumnCodes(column, this.memory))
  }

  postingsOf(column: Column): Postings {
    return known(this.postings, column, () => new Postings(column, this.memory))
  }

  textsOf(reader: FieldReader): TextIndex {
    return known(this.texts, reader, () => new TextIndex(reader, this.memory))
  }

  foldedOf(reader: FieldReader): FoldedTexts {
    return known(this.folded, reader, () => new FoldedTexts(reader, this.memory))
  }

  sketchesOf(reader: FieldReader): PairSketches {
    return known(this.sketches, reader, () => new PairSketches(reader, this.memory))
  }

  /**
   * What was made under `key` before, else what `make` makes now; forgotten when events
   * come or go. The first word of a key says what is kept there, so a key always stands
   * for one type.
   */
  share<T>(key: string, make: () => T): T {
    if (this.parts.has(key)) return this.parts.get(key) as T
    const made = make()
    if (this.parts.size >= maxKept) this.parts.clear()
    this.parts.set(key, made)
    return made
  }
}

/** Every edit of a rule leaves a leaf behind; beyond so many, all are made anew. */
const maxKept = 20_000

function known<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const before = map.get(key)
  if (before !== undefined) return before
  const made = make()
  map.set(key, made)
  return made
}

const isSameField = (before: Field, now: Field | undefined): boolean =>
  before === now || JSON.stringify(before) === JSON.stringify(now)
