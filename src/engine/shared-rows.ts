import { RowSet, type Row } from '../events/row-set'
import type { Holder, MemoryBudget } from './memory-budget'

/** Those of the candidates that satisfy something. */
export type RowsAmong = (candidates: RowSet) => Generator<void, RowSet>

/** What is known of one condition: its rows among the first `covered` of the table. */
interface Known extends Holder {
  readonly covered: number
  readonly rows: RowSet
}

/**
 * Row sets that rules have in common, by a key that says what they hold. They answer for
 * all rows, whether these are switched on or not; when rows have been appended since,
 * only those are asked.
 */
export class SharedRows {
  private readonly known = new Map<string, Known>()
  /** The rows that were last asked of all there are. */
  private range: RowSet | undefined
  private from: Row = 0

  constructor(private readonly memory: MemoryBudget) {}

  /** The rows of a key, at least those among the first `rowCount` of the table. */
  *rows(key: string, rowCount: number, find: RowsAmong): Generator<void, RowSet> {
    const before = this.known.get(key)
    if (before && before.covered >= rowCount) {
      this.memory.use(before, bytesOf(before.rows, key))
      return before.rows
    }
    const more = yield* find(this.rowsFrom(before?.covered ?? 0, rowCount))
    const rows = before ? before.rows.or(more) : more
    this.keep(key, rowCount, rows)
    return rows
  }

  private rowsFrom(from: Row, rowCount: number): RowSet {
    if (this.range?.size === rowCount && this.from === from) return this.range
    this.from = from
    return (this.range = RowSet.range(rowCount, from, rowCount))
  }

  private keep(key: string, covered: number, rows: RowSet): void {
    const older = this.known.get(key)
    if (older && older.covered >= covered) return
    if (older) this.memory.use(older, 0)
    const forget = (): void => {
      this.known.delete(key)
    }
    const known = { covered, rows, forget }
    this.known.set(key, known)
    this.memory.use(known, bytesOf(rows, key))
  }

  clear(): void {
    for (const known of this.known.values()) this.memory.use(known, 0)
    this.known.clear()
    this.range = undefined
  }
}

/** The set itself, its key, and what it takes to remember any. */
const bytesOf = (rows: RowSet, key: string): number => rows.bytes + key.length * 2 + 300
