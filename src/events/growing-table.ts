import type { Column, Scalar } from './column'
import type { MakeDictionary } from './dictionary'
import { FieldNode, FieldTree } from './field-node'
import { GONE, type GrowingColumn } from './growing-column'
import type { ObservedColumn } from './observed'
import { MapDictionary } from './map-dictionary'
import { RowIds } from './row-ids'
import { type Row, RowSet } from './row-set'
import { RowSources } from './row-sources'
import type { Schema } from './schema'
import { StoredColumn } from './stored-column'
import type { Clock, EventTable, TimeOrder } from './table'
import { rankTiebreakers } from './tiebreaker'
import { looksLikeTimes, TimeColumn } from './time-column'
import { orderRows, readTimes } from './time-order'
import { UnreadColumn } from './unread-column'

/** More field names than this are not fields but data used as names. */
const MAX_FIELDS = 20_000

/**
 * The events loaded so far. A row is written between `beginRow` and `endRow`, without
 * a pause in between; several sources may be read in turns.
 *
 *     table.beginRow(source, '17')
 *     table.put(table.root.child('process').child('name'), 'cmd.exe', false)
 *     table.endRow()
 */
export class GrowingTable implements EventTable {
  rowCount = 0
  version = 0
  private readonly fields: FieldTree
  private readonly nodes = new Map<string, FieldNode>()
  private ids = new RowIds()
  private sources = new RowSources()
  private sourceCount = 0
  private readonly inactive = new Set<number>()
  private readonly pending: FieldNode[] = []
  private readonly unread: { readonly node: FieldNode; readonly scalar: Scalar }[] = []
  private rowSource = 0
  private rowId: string | undefined = undefined
  private activeRows: { readonly version: number; readonly rows: RowSet } | undefined
  private orders: readonly KnownOrder[] = []

  private makeDictionary: MakeDictionary = () => new MapDictionary()

  constructor(readonly maxFields = MAX_FIELDS) {
    this.fields = new FieldTree(maxFields)
  }

  /** Where the contents of columns are to be kept; for a table without columns. */
  keepContents(makeDictionary: MakeDictionary): void {
    this.makeDictionary = makeDictionary
  }

  /** Where the names of an event's fields begin. */
  get root(): FieldNode {
    return this.fields.root
  }

  /** Whether there were so many field names that further ones are left out. */
  get isOutOfFields(): boolean {
    return this.fields.isFull
  }

  /** Gives the next source its number. Numbers are never used twice. */
  startSource(): number {
    return this.sourceCount++
  }

  beginRow(source: number, id?: string): void {
    this.rowSource = source
    this.rowId = id
  }

  /** Gives the row a value of a field; `inArray` when it stood in an array. */
  put(node: FieldNode, scalar: Scalar, inArray: boolean): void {
    if (!node.isPending) {
      node.isPending = true
      node.isList = inArray
      node.first = scalar
      this.pending.push(node)
      return
    }
    node.isList = true
    if (node.all) node.all.push(scalar)
    else node.all = [node.first, scalar]
  }

  /** Tells that the row has a value of a field, without giving it. */
  passOver(node: FieldNode, scalar: Scalar): void {
    this.unread.push({ node, scalar })
  }

  /** The column that stands for what is not kept of a field. */
  unreadColumn(node: FieldNode): UnreadColumn {
    if (node.unread) return node.unread
    this.nodes.set(node.path, node)
    return (node.unread = new UnreadColumn(node.path))
  }

  /** Adds the row, and returns it. */
  endRow(): Row {
    const row = this.rowCount
    for (const node of this.pending) {
      if (node !== this.fields.overflow) this.store(row, node)
      node.isPending = false
      node.all = undefined
    }
    this.pending.length = 0
    for (const { node, scalar } of this.unread)
      if (node !== this.fields.overflow) this.unreadColumn(node).observed.add(scalar)
    this.unread.length = 0
    if (this.rowId !== undefined) this.ids.set(row, this.rowId)
    this.sources.add(row, this.rowSource)
    this.rowCount++
    this.version++
    return row
  }

  /** Adds rows whose values were given to the columns already. The first of them. */
  addRows(source: number, count: number): Row {
    const first = this.rowCount
    this.sources.add(first, source, count)
    this.rowCount += count
    this.version += count
    return first
  }

  setId(row: Row, id: string): void {
    this.ids.set(row, id)
  }

  /** Forgets what was put since `beginRow`. */
  abandonRow(): void {
    for (const node of this.pending) {
      node.isPending = false
      node.all = undefined
    }
    this.pending.length = 0
    this.unread.length = 0
  }

  private store(row: Row, node: FieldNode): void {
    const column = node.column ?? this.addColumn(node)
    if (node.isList) column.putList(row, node.all ?? [node.first])
    else column.put(row, node.first)
  }

  private addColumn(node: FieldNode) {
    const { path } = node
    const isTime = path === '@timestamp' || (!node.isList && looksLikeTimes(node.first))
    node.column = this.makeColumn(path, isTime)
    this.nodes.set(path, node)
    return node.column
  }

  private makeColumn(path: string, isTime: boolean): GrowingColumn {
    const dictionary = this.makeDictionary(isTime)
    return isTime ? new TimeColumn(path, dictionary) : new StoredColumn(path, dictionary)
  }

  get active(): RowSet {
    if (this.activeRows?.version === this.version) return this.activeRows.rows
    const rows = RowSet.all(this.rowCount)
    this.sources.forEachRun(this.rowCount, (source, from, to) => {
      if (this.inactive.has(source))
        for (let row = from; row < to; row++) rows.delete(row)
    })
    this.activeRows = { version: this.version, rows }
    return rows
  }

  /** Switches all events of a source on or off. */
  setActive(source: number, isActive: boolean): void {
    if (isActive) this.inactive.delete(source)
    else this.inactive.add(source)
    this.version++
  }

  /** How many rows a source has. */
  rowsOfSource(source: number): number {
    return this.sources.totalOf(source)
  }

  /**
   * Gives the rows of a source the values that a column has, the first row those of its
   * row 0. Pauses every few thousand rows; if the table changes meanwhile, begins anew.
   */
  *fillColumn(path: string, source: number, from: Column): Generator<void, void> {
    const node = path.split('.').reduce((above, key) => above.child(key), this.root)
    for (;;) {
      const { version } = this
      const old = node.column
      const isTime = from instanceof TimeColumn || old instanceof TimeColumn
      const filled = this.makeColumn(path, isTime)
      try {
        for (let row = 0; row < this.rowCount && this.version === version; row++) {
          if (this.sourceOf(row) === source)
            copyValue(from, this.positionInSource(row), filled, row)
          else if (old) copyValue(old, row, filled, row)
          if ((row & 0xfff) === 0) yield
        }
        if (this.version !== version) continue
        this.replaceColumn(node, filled)
        return
      } finally {
        if (node.column !== filled) filled.dictionary.drop()
      }
    }
  }

  private replaceColumn(node: FieldNode, column: GrowingColumn): void {
    node.column?.dictionary.drop()
    node.column = column
    this.nodes.set(node.path, node)
    this.version++
  }

  /** Takes the rows of a source out. Columns are replaced; later rows move up. */
  removeSource(source: number): void {
    const newRow = new Uint32Array(this.rowCount)
    const ids = new RowIds()
    const sources = new RowSources()
    let kept = 0
    this.sources.forEachRun(this.rowCount, (owner, from, to) => {
      for (let row = from; row < to; row++) {
        newRow[row] = owner === source ? GONE : kept
        if (owner === source) continue
        const id = this.ids.get(row)
        if (id !== undefined) ids.set(kept, id)
        sources.add(kept++, owner)
      }
    })
    this.ids = ids
    this.sources = sources
    this.inactive.delete(source)
    this.copyColumns(newRow)
    if (kept === 0) this.forgetUnread()
    this.rowCount = kept
    this.version++
  }

  private copyColumns(newRow: Uint32Array): void {
    for (const [path, node] of this.nodes) {
      const old = node.column
      if (!old) continue
      const copy = old.copyRows(newRow)
      old.dictionary.drop()
      if (copy.filled === 0) copy.dictionary.drop()
      node.column = copy.filled > 0 ? copy : undefined
      if (copy.filled === 0 && !node.unread) this.nodes.delete(path)
    }
  }

  private forgetUnread(): void {
    for (const node of this.nodes.values()) node.unread = undefined
    this.nodes.clear()
  }

  column(path: string): ObservedColumn | undefined {
    const node = this.nodes.get(path)
    return node?.column ?? node?.unread
  }

  columnNames(): readonly string[] {
    return [...this.nodes.keys()]
  }

  id(row: Row): string {
    return this.ids.get(row) ?? String(row)
  }

  sourceOf(row: Row): number {
    return this.sources.sourceOf(row)
  }

  /** 0-based position of a row among those of its own source. */
  positionInSource(row: Row): number {
    return this.sources.positionOf(row)
  }

  order(clock: Clock, schema: Schema): TimeOrder {
    const current = this.orders.filter(({ version }) => version === this.version)
    const known = current.find(
      (kept) => kept.schema === schema && isSameClock(kept.clock, clock),
    )
    if (known) return known.order
    const order = this.makeOrder(clock, schema)
    this.orders = [{ version: this.version, clock, schema, order }, ...current]
    return order
  }

  private makeOrder(clock: Clock, schema: Schema): TimeOrder {
    const field = schema.field(clock.timestampField)
    const times = readTimes(field && this.column(field.column), field, this.rowCount)
    const { tiebreakerField } = clock
    const breaker = tiebreakerField ? schema.field(tiebreakerField) : undefined
    const column = breaker && this.column(breaker.column)
    const ranks = column && rankTiebreakers(column, breaker.type, this.rowCount)
    return orderRows(times, ranks, this.active)
  }
}

/** Gives a row the value that a row of another column has, if it has one. */
function copyValue(from: Column, fromRow: Row, to: GrowingColumn, row: Row): void {
  const code = from.codeAt(fromRow)
  if (code === 0) return
  const scalars = from.scalars(code)
  if (from.isArray(code)) to.putList(row, scalars)
  else to.put(row, scalars[0]!)
}

/** An order made before; good for as long as the table keeps its version. */
interface KnownOrder {
  readonly version: number
  readonly clock: Clock
  readonly schema: Schema
  readonly order: TimeOrder
}

const isSameClock = (a: Clock, b: Clock) =>
  a.timestampField === b.timestampField && a.tiebreakerField === b.tiebreakerField
