import { BlockPages } from './block-pages'
import type { Column, Scalar } from './column'
import type { MakeDictionary } from './dictionary'
import { FieldNode, FieldTree } from './field-node'
import { GONE, type GrowingColumn } from './growing-column'
import { atOnce } from './in-pieces'
import type { ObservedColumn } from './observed'
import { MapDictionary } from './map-dictionary'
import { RowIds } from './row-ids'
import { type Row, RowSet } from './row-set'
import { RowSources } from './row-sources'
import type { Schema } from './schema'
import { StoredColumn } from './stored-column'
import type { Clock, EventTable, TimeOrder } from './table'
import { looksLikeTimes, TimeColumn } from './time-column'
import { TimeOrders } from './time-orders'
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
  /** How often sources were switched. */
  private switches = 0
  /** As `version`, but stays as it is when sources are switched. */
  contentVersion = 0
  rewrites = 0
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
  private readonly orders = new TimeOrders(this)
  private readonly room = new BlockPages()

  private makeDictionary: MakeDictionary = () => new MapDictionary()

  constructor(readonly maxFields = MAX_FIELDS) {
    this.fields = new FieldTree(maxFields)
  }

  get version(): number {
    return this.contentVersion + this.switches
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
    this.contentVersion++
    return row
  }

  /** Adds rows whose values were given to the columns already. The first of them. */
  addRows(source: number, count: number): Row {
    const first = this.rowCount
    this.sources.add(first, source, count)
    this.rowCount += count
    this.contentVersion += count
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

  /** Gives a field a column, for the value that was put there. */
  addColumn(node: FieldNode): GrowingColumn {
    const { path } = node
    const isTime = path === '@timestamp' || (!node.isList && looksLikeTimes(node.first))
    node.column = this.makeColumn(path, isTime)
    this.nodes.set(path, node)
    return node.column
  }

  private makeColumn(path: string, isTime: boolean): GrowingColumn {
    const dictionary = this.makeDictionary(isTime)
    const kind = isTime ? TimeColumn : StoredColumn
    return new kind(path, dictionary, this.room)
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
    this.switches++
  }

  /** How many rows a source has. */
  rowsOfSource(source: number): number {
    return this.sources.totalOf(source)
  }

  /**
   * Gives the rows of a source the values that a column has, the first row those of its
   * row 0. Pauses every few thousand rows; if the table changes meanwhile, begins anew and
   * goes on without a pause.
   */
  *fillColumn(path: string, source: number, from: Column): Generator<void, void> {
    const node = this.nodeAt(path)
    const isTime = from instanceof TimeColumn || node.column instanceof TimeColumn
    yield* this.rewriteColumn(node, isTime, (row, into, old) => {
      if (this.sourceOf(row) === source)
        copyValue(from, this.positionInSource(row), into, row)
      else if (old) copyValue(old, row, into, row)
    })
  }

  /**
   * Gives rows another value of a field: those for which there is one. Pauses as
   * `fillColumn` does; columns without any change should not be given.
   */
  *amendColumn(
    path: string,
    valueFor: (row: Row) => Scalar | undefined,
  ): Generator<void, void> {
    const node = this.nodeAt(path)
    const isTime = node.column instanceof TimeColumn
    yield* this.rewriteColumn(node, isTime, (row, into, old) => {
      const value = valueFor(row)
      if (value !== undefined) into.put(row, value)
      else if (old) copyValue(old, row, into, row)
    })
  }

  private nodeAt(path: string): FieldNode {
    return path.split('.').reduce((above, key) => above.child(key), this.root)
  }

  private *rewriteColumn(
    node: FieldNode,
    isTime: boolean,
    write: (row: Row, into: GrowingColumn, old: GrowingColumn | undefined) => void,
  ): Generator<void, void> {
    for (let mayPause = true; ; mayPause = false) {
      const { version } = this
      const old = node.column
      const filled = this.makeColumn(node.path, isTime)
      try {
        for (let row = 0; row < this.rowCount && this.version === version; row++) {
          write(row, filled, old)
          if (mayPause && (row & 0xfff) === 0) yield
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
    this.contentVersion++
    this.rewrites++
  }

  /**
   * Takes the rows of a source out: columns are replaced, and later rows move up. All that
   * is made aside, with a pause every few milliseconds, and put in place at once; when the
   * table changes meanwhile, it is made anew and without a pause.
   */
  *removeSource(source: number): Generator<void, void> {
    const { version } = this
    const moved = this.moveRows(source)
    const copies = new Map<FieldNode, GrowingColumn>()
    try {
      for (const _ of this.copyColumns(moved, copies)) {
        yield
        if (this.version !== version) break
      }
    } catch {
      // Without the room for all copies: one column is replaced after another.
      dropAll(copies)
    }
    const isSame = this.version === version
    if (!isSame) dropAll(copies)
    this.replaceRows(source, isSame ? moved : this.moveRows(source), copies)
  }

  private moveRows(source: number): MovedRows {
    const { rowCount } = this
    const moved = { newRow: new Uint32Array(rowCount), count: 0 }
    const ids = new RowIds()
    const sources = new RowSources()
    this.sources.forEachRun(rowCount, (owner, from, to) => {
      if (owner === source) return void moved.newRow.fill(GONE, from, to)
      sources.add(moved.count, owner, to - from)
      for (let row = from; row < to; row++) {
        const id = this.ids.get(row)
        if (id !== undefined) ids.set(moved.count, id)
        moved.newRow[row] = moved.count++
      }
    })
    return { ...moved, ids, sources }
  }

  private *copyColumns(
    { newRow, count }: MovedRows,
    into: Map<FieldNode, GrowingColumn>,
  ): Generator<void, void> {
    if (count === 0) return
    for (const node of this.nodes.values())
      if (node.column) into.set(node, yield* node.column.copyRows(newRow))
  }

  private replaceRows(
    source: number,
    { newRow, count, ids, sources }: MovedRows,
    copies: ReadonlyMap<FieldNode, GrowingColumn>,
  ): void {
    this.ids = ids
    this.sources = sources
    this.inactive.delete(source)
    for (const [path, node] of this.nodes) {
      const old = node.column
      if (!old) continue
      const copy =
        count === 0 ? undefined : (copies.get(node) ?? atOnce(old.copyRows(newRow)))
      old.dictionary.drop()
      node.column = copy && copy.filled > 0 ? copy : undefined
      if (node.column) continue
      copy?.dictionary.drop()
      if (!node.unread) this.nodes.delete(path)
    }
    if (count === 0) this.forgetUnread()
    this.rowCount = count
    this.contentVersion++
    this.rewrites++
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
    return this.orders.get(clock, schema)
  }

  findOrder(clock: Clock, schema: Schema): Generator<void, TimeOrder> {
    return this.orders.find(clock, schema)
  }
}

/** Gives a row the value that a row of another column has, if it has one. */
function copyValue(from: Column, fromRow: Row, to: GrowingColumn, row: Row): void {
  const areTimes = from instanceof TimeColumn && to instanceof TimeColumn
  if (areTimes && to.putInstantOf(row, from, fromRow)) return
  const code = from.codeAt(fromRow)
  if (code === 0) return
  const scalars = from.scalars(code)
  if (from.isArray(code)) to.putList(row, scalars)
  else to.put(row, scalars[0]!)
}

/** What is left of the rows when a source is taken out. */
interface MovedRows {
  /** By row as it was: its new place, or GONE. */
  readonly newRow: Uint32Array
  readonly count: number
  readonly ids: RowIds
  readonly sources: RowSources
}

function dropAll(columns: Map<FieldNode, GrowingColumn>): void {
  for (const column of columns.values()) column.dictionary.drop()
  columns.clear()
}
