import { ByteDictionary } from '../../events/byte-dictionary'
import type { ByteStore } from '../../events/byte-store'
import type { Code } from '../../events/column'
import type { FieldNode } from '../../events/field-node'
import type { GrowingColumn } from '../../events/growing-column'
import type { GrowingTable } from '../../events/growing-table'
import type { Row } from '../../events/row-set'
import { StoredColumn } from '../../events/stored-column'
import { TimeColumn } from '../../events/time-column'
import { printTimeWith } from '../../events/time'
import type { Related } from '../ecs/event-writer'
import { RELATED } from '../ecs/event-writer'
import type { FieldValue, NodeCopy, RelatedValue } from './captured'

/** A column that rows get values of. */
interface Target {
  readonly node: FieldNode
  column: GrowingColumn | undefined
  /** The same, if what it gets are codes. */
  stored: StoredColumn | undefined
  /** The row that had it last. */
  row: Row
}

const LISTS = Object.keys(RELATED) as readonly Related[]
const FIRST_ROOM = 1 << 12

/**
 * What was made of values of events before, to be given to other rows: for each such
 * effect, which columns get which contents.
 *
 *     pool       …, 2, (column, content), (column, content), 1, (column, content), …
 *                   ^ an effect is the place of its count
 *
 * Columns and codes come into being when a row really gets the value, in that order.
 */
export class RowEffects {
  private pool = new Int32Array(FIRST_ROOM)
  private used = 1
  private readonly targets: Target[] = []
  private readonly targetOfNode = new Map<FieldNode, number>()
  /** By content: its code in the column, 0 as long as it has none. */
  private codes = new Int32Array(FIRST_ROOM)
  private contentCount = 0
  private readonly contents = new Map<number, FieldValue>()
  /** Values of the lists that gather others, those of one effect together. */
  private readonly groups: (readonly string[])[] = []
  private readonly groupNumbers = new Map<string, number>()
  /** Effects of one group, and of several, by list. */
  private readonly singles = LISTS.map((): number[] => [])
  private readonly joined = new Map<string, number>()
  /** Of the row that is written: groups by list, and how many. */
  private readonly gathered = LISTS.map((): number[] => [])
  private readonly listTargets: readonly number[]

  constructor(
    private readonly table: GrowingTable,
    private readonly store: ByteStore,
  ) {
    this.listTargets = LISTS.map((list) => this.targetOf(table.root.child(RELATED[list])))
  }

  /** Whether a column has gone that effects have codes of. */
  get isStale(): boolean {
    return this.targets.some(({ node, column }) => column && node.column !== column)
  }

  get size(): number {
    return this.used
  }

  targetOf(node: FieldNode): number {
    const known = this.targetOfNode.get(node)
    if (known !== undefined) return known
    const target = { node, column: undefined, stored: undefined, row: -1 }
    this.targetOfNode.set(node, this.targets.length)
    return this.targets.push(target) - 1
  }

  /** Keeps what was made of some values: the effect. */
  add(values: readonly FieldValue[], related: readonly RelatedValue[]): number {
    const pairs: (readonly [number, number])[] = values
      .filter(({ node }) => node.path !== '')
      .map((value) => [this.targetOf(value.node), this.addContent(value)])
    for (const [at, list] of related.length > 0 ? LISTS.entries() : []) {
      const texts = related.filter((each) => each.list === list).map((each) => each.text)
      if (texts.length > 0) pairs.push([~at, this.groupOf([...new Set(texts)])])
    }
    return this.addPairs(pairs)
  }

  private addPairs(pairs: readonly (readonly [number, number])[]): number {
    const size = 1 + pairs.length * 2
    if (this.used + size > this.pool.length) this.pool = twice(this.pool, size)
    const effect = this.used
    this.pool[effect] = pairs.length
    for (const [i, [target, content]] of pairs.entries()) {
      this.pool[effect + 1 + i * 2] = target
      this.pool[effect + 2 + i * 2] = content
    }
    this.used += size
    return effect
  }

  private addContent(value: FieldValue): number {
    const content = this.nextContent(0)
    this.contents.set(content, value)
    return content
  }

  private nextContent(code: Code): number {
    if (this.contentCount === this.codes.length) this.codes = twice(this.codes, 0)
    this.codes[this.contentCount] = code
    return this.contentCount++
  }

  /**
   * The effect of a text that fields have as it is; 0 where it takes more than copying its
   * bytes.
   */
  addCopy(copies: readonly NodeCopy[], from: ByteDictionary, code: Code): number {
    const pairs: (readonly [number, number])[] = []
    for (const { node, isNumber } of copies) {
      const number = this.targetOf(node)
      const dictionary = this.targets[number]!.stored?.dictionary
      if (!(dictionary instanceof ByteDictionary)) return 0
      const copied = this.store.copyPlain(dictionary.column, from.column, code, isNumber)
      if (copied === 0) return 0
      pairs.push([number, this.nextContent(copied)])
    }
    return this.addPairs(pairs)
  }

  private groupOf(texts: readonly string[]): number {
    const key = texts.join('\0')
    const known = this.groupNumbers.get(key)
    if (known !== undefined) return known
    this.groupNumbers.set(key, this.groups.length)
    return this.groups.push(texts) - 1
  }

  /** Gives a row what an effect says, but for what it has already. */
  apply(effect: number, row: Row): void {
    const { pool, targets, codes } = this
    const end = effect + pool[effect]! * 2
    for (let at = effect + 1; at <= end; at += 2) {
      const number = pool[at]!
      const content = pool[at + 1]!
      if (number < 0) {
        this.gathered[~number]!.push(content)
        continue
      }
      const target = targets[number]!
      if (target.row === row) continue
      target.row = row
      const code = codes[content]!
      if (code > 0) target.stored!.putCode(row, code)
      else this.putFirst(target, content, row)
    }
  }

  /** Gives a row a content that has no code. */
  private putFirst(target: Target, content: number, row: Row): void {
    const value = this.contents.get(content)!
    const { scalars, isList } = value
    const column = this.open(target, value)
    const { stored } = target
    if (!stored) {
      if (isList) column.putList(row, scalars)
      else column.put(row, scalars[0]!)
      return
    }
    const { dictionary } = stored
    const code = isList ? dictionary.internList(scalars) : dictionary.intern(scalars[0]!)
    this.codes[content] = code
    this.contents.delete(content)
    stored.putCode(row, code)
  }

  private open(target: Target, { node, scalars, isList }: FieldValue): GrowingColumn {
    if (target.column) return target.column
    node.isList = isList
    node.first = scalars[0] ?? null
    const column = node.column ?? this.table.addColumn(node)
    target.column = column
    if (column instanceof StoredColumn) target.stored = column
    return column
  }

  /** Gives a row a code that it has of a column already. */
  applyCode(node: FieldNode, code: Code, row: Row): void {
    const target = this.targets[this.targetOf(node)]!
    if (target.row === row) return
    target.row = row
    if (!target.stored) {
      target.column = target.node.column
      target.stored = target.column as StoredColumn
    }
    target.stored.putCode(row, code)
  }

  /** Gives a row a time. */
  applyTime(node: FieldNode, row: Row, ms: number, nanos: number, digits: number): void {
    const target = this.targets[this.targetOf(node)]!
    target.row = row
    let { column } = target
    if (!column) {
      const text = printTimeWith(digits, ms, nanos)
      column = this.open(target, { node: target.node, scalars: [text], isList: false })
    }
    if (column instanceof TimeColumn) column.putInstant(row, ms, nanos, digits)
    else column.put(row, printTimeWith(digits, ms, nanos))
  }

  /** Gives a row the lists of what was gathered. */
  applyLists(row: Row): void {
    for (let at = 0; at < this.gathered.length; at++) {
      const groups = this.gathered[at]!
      if (groups.length === 0) continue
      this.apply(this.listEffect(at, groups), row)
      groups.length = 0
    }
  }

  private listEffect(at: number, groups: readonly number[]): number {
    const single = groups.length === 1 ? this.singles[at]![groups[0]!] : undefined
    if (single !== undefined) return single
    const key = `${at} ${groups.join()}`
    const known = this.joined.get(key)
    if (known !== undefined) return known
    const scalars = [...new Set(groups.flatMap((group) => this.groups[group]!))]
    const { node } = this.targets[this.listTargets[at]!]!
    const effect = this.add([{ node, scalars, isList: true }], [])
    if (groups.length === 1) this.singles[at]![groups[0]!] = effect
    else this.joined.set(key, effect)
    return effect
  }
}

function twice(from: Int32Array, more: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array((from.length + more) * 2)
  larger.set(from)
  return larger
}
