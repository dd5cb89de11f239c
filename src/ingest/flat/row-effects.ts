import { ByteDictionary } from '../../events/byte-dictionary'
import type { ByteStore } from '../../events/byte-store'
import type { Code } from '../../events/column'
import type { FieldNode } from '../../events/field-node'
import type { GrowingColumn } from '../../events/growing-column'
import type { GrowingTable } from '../../events/growing-table'
import { grownTo } from '../../events/grown-to'
import type { Row } from '../../events/row-set'
import { StoredColumn } from '../../events/stored-column'
import { TimeColumn } from '../../events/time-column'
import { printTimeWith } from '../../events/time'
import { RELATED } from '../ecs/event-writer'
import type { FieldValue, NodeCopy, RelatedValue } from './captured'
import { EffectTable } from './effect-table'
import { LISTS, RelatedLists } from './related-lists'
import { GRID_SHIFT, IS_NEW, IS_ODD, RowGrid } from './row-grid'

/** A column that rows get values of. */
interface Target {
  readonly node: FieldNode
  column: GrowingColumn | undefined
  /** The same, if what it gets are codes. */
  stored: StoredColumn | undefined
  /** The row that had it last, of those without codes. */
  row: Row
}

const FIRST_ROOM = 1 << 12
/** In place of a row of the table: no column is made. */
const NO_ROW = -1
/** In place of an effect: the row is to be read otherwise. */
export const ODD = -1

/**
 * What was made of values of events before, to be given to other rows: for each such
 * effect, which columns get which codes.
 *
 *     pool       …, 2, (column, code), (column, code), 1, (column, code), …
 *                   ^ an effect is the place of its count
 *
 * A content has a code when a row first gets it; before, its number stands there, inverted.
 * Columns come into being when a row really gets the value, in the order of the rows. In
 * place of a column may stand a list that gathers values, inverted, and then a group.
 */
export class RowEffects {
  private pool = new Int32Array(FIRST_ROOM)
  private used = 1
  /** By their number in the grid. */
  private readonly targets: Target[] = []
  private readonly targetOfNode = new Map<FieldNode, number>()
  private readonly contents: (FieldValue | undefined)[] = []
  private readonly lists = new RelatedLists()
  private readonly listTargets: readonly number[]
  /** The codes of lists, by what was gathered. */
  private readonly listCodes = LISTS.map(() => new EffectTable())
  readonly grid = new RowGrid()
  /** The row for which columns are made. */
  private newRow: Row = NO_ROW

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

  private targetOf(node: FieldNode): number {
    const known = this.targetOfNode.get(node)
    if (known !== undefined) return known
    const number = this.grid.addColumn()
    this.targetOfNode.set(node, number)
    this.targets.push({ node, column: undefined, stored: undefined, row: NO_ROW })
    return number
  }

  /** Keeps what was made of some values: the effect. */
  add(values: readonly FieldValue[], related: readonly RelatedValue[]): number {
    const pairs: (readonly [number, number])[] = values
      .filter(({ node }) => node.path !== '')
      .map((value) => [this.targetOf(value.node), ~(this.contents.push(value) - 1)])
    for (const [list, group] of this.lists.groupsOf(related)) pairs.push([~list, group])
    return this.addPairs(pairs)
  }

  private addPairs(pairs: readonly (readonly [number, number])[]): number {
    const end = this.used + 1 + pairs.length * 2
    if (end > this.pool.length) this.pool = grownTo(this.pool, end)
    const effect = this.used
    this.pool[effect] = pairs.length
    let at = effect
    for (const [target, content] of pairs) {
      this.pool[++at] = target
      this.pool[++at] = content
    }
    this.used = end
    return effect
  }

  /**
   * The effect of a text that fields have as it is; 0 where it takes more than copying its
   * bytes.
   */
  addCopy(copies: readonly NodeCopy[], from: ByteDictionary, code: Code): number {
    const pairs: (readonly [number, number])[] = []
    for (const { node, isNumber } of copies) {
      const number = this.targetOf(node)
      const dictionary = this.storedOf(this.targets[number]!)?.dictionary
      if (!(dictionary instanceof ByteDictionary)) return 0
      const copied = this.store.copyPlain(dictionary.column, from.column, code, isNumber)
      if (copied === 0) return 0
      pairs.push([number, copied])
    }
    return this.addPairs(pairs)
  }

  /** Forgets the rows that were written. */
  clear(): void {
    this.grid.clear()
    this.lists.clear()
  }

  /** Gives rows what effects say, one each, but for what they have already. */
  apply(effects: Int32Array, rows: readonly number[]): void {
    const { pool, grid, lists } = this
    const { cells, isUsed } = grid
    for (let i = 0; i < rows.length; i++) {
      const effect = effects[i]!
      const row = rows[i]!
      if (effect === ODD) {
        grid.marks[row]! |= IS_ODD
        continue
      }
      const end = effect + pool[effect]! * 2
      for (let at = effect + 1; at <= end; at += 2) {
        const number = pool[at]!
        const code = pool[at + 1]!
        if (number < 0) {
          lists.gather(~number, row, code)
          continue
        }
        const cell = (number << GRID_SHIFT) | row
        isUsed[number] = 1
        if (cells[cell] !== 0) continue
        cells[cell] = code > 0 ? code : this.findCode(number, at + 1, row)
      }
    }
  }

  /** As `apply`, of an effect that all rows have. */
  applySame(effect: number, rows: readonly number[]): void {
    const { pool, grid } = this
    const { cells } = grid
    const end = effect + pool[effect]! * 2
    for (let at = effect + 1; at <= end; at += 2) {
      const number = pool[at]!
      if (number < 0 || pool[at + 1]! < 0) return this.applyToEach(effect, rows)
    }
    for (let at = effect + 1; at <= end; at += 2) {
      const first = grid.cellOf(pool[at]!, 0)
      const code = pool[at + 1]!
      for (let i = 0; i < rows.length; i++) {
        const cell = first | rows[i]!
        if (cells[cell] === 0) cells[cell] = code
      }
    }
  }

  private applyToEach(effect: number, rows: readonly number[]): void {
    this.apply(new Int32Array(rows.length).fill(effect), rows)
  }

  /** Gives rows a code each that they have of a column already. */
  applyCodes(node: FieldNode, codes: Int32Array, rows: readonly number[]): void {
    const { grid } = this
    const number = this.targetOf(node)
    const { cells } = grid
    const first = grid.cellOf(number, 0)
    this.storedOf(this.targets[number]!)
    for (let i = 0; i < rows.length; i++) {
      const cell = first | rows[i]!
      if (cells[cell] === 0) cells[cell] = codes[i]!
    }
  }

  /** The code of a content that has none, 0 where none is needed, or a column has to be made. */
  private findCode(number: number, at: number, row: number): Code {
    const target = this.targets[number]!
    const content = ~this.pool[at]!
    const value = this.contents[content]!
    if (this.newRow !== NO_ROW) this.open(target, value)
    const stored = this.storedOf(target)
    if (!stored) return this.putWithout(target, value, row)
    const code = this.intern(stored, value)
    this.pool[at] = code
    this.contents[content] = undefined
    return code
  }

  private intern({ dictionary }: StoredColumn, { scalars, isList }: FieldValue): Code {
    return isList ? dictionary.internList(scalars) : dictionary.intern(scalars[0]!)
  }

  /** Gives the new row a content of a column that has no codes. Other rows are new as well. */
  private putWithout(target: Target, value: FieldValue, gridRow: number): 0 {
    const row = this.newRow
    if (row === NO_ROW) this.grid.marks[gridRow]! |= IS_NEW
    else if (target.row !== row) {
      target.row = row
      const { scalars, isList } = value
      if (isList) target.column!.putList(row, scalars)
      else target.column!.put(row, scalars[0]!)
    }
    return 0
  }

  private storedOf(target: Target): StoredColumn | undefined {
    if (target.stored) return target.stored
    target.column ??= target.node.column
    if (target.column instanceof StoredColumn) target.stored = target.column
    return target.stored
  }

  private open(target: Target, { node, scalars, isList }: FieldValue): GrowingColumn {
    if (target.column) return target.column
    node.isList = isList
    node.first = scalars[0] ?? null
    target.column = node.column ?? this.table.addColumn(node)
    return target.column
  }

  /** From now on a row is written anew, for which columns are made. */
  beginNew(gridRow: number, row: Row): void {
    this.grid.clearRow(gridRow)
    this.lists.clearRow(gridRow)
    this.newRow = row
  }

  endNew(): void {
    this.newRow = NO_ROW
  }

  /** Gives a row of the table a time. */
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

  /** Gives a row the lists of what was gathered; it is that one of the table. */
  applyLists(gridRow: number, row: Row): void {
    for (let list = 0; list < LISTS.length; list++) {
      const gathered = this.lists.gatheredBy(list, gridRow)
      if (gathered === 0) continue
      const number = this.listTargets[list]!
      const cell = this.grid.cellOf(number, gridRow)
      if (this.grid.cells[cell] !== 0) continue
      this.grid.cells[cell] =
        this.listCodes[list]!.get(gathered) || this.findListCode(list, gathered, row)
    }
  }

  private findListCode(list: number, gathered: number, row: Row): Code {
    const target = this.targets[this.listTargets[list]!]!
    const scalars = this.lists.textsOf(gathered)
    const value = { node: target.node, scalars, isList: true }
    this.newRow = row
    this.open(target, value)
    const stored = this.storedOf(target)
    const code = stored ? this.intern(stored, value) : this.putWithout(target, value, 0)
    this.newRow = NO_ROW
    this.listCodes[list]!.set(gathered, code)
    return code
  }

  /** Gives the columns what rows from and to have; the first is that one of the table. */
  write(from: number, to: number, row: Row): void {
    const { targets, grid } = this
    if (from === to) return
    for (let number = 0; number < targets.length; number++) {
      const { stored } = targets[number]!
      if (stored) grid.write(number, stored, from, to, row)
    }
  }
}
