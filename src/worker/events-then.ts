import type { LeafCache } from '../engine/leaf-cache'
import type { Schema } from '../events/schema'
import { TableThen } from '../events/table-then'
import type { FaithfulColumns } from './faithful-columns'
import type { NumberedEvents } from './rule-answer'
import type { RuleTexts } from './rule-texts'

/** Events that keep what rules have learnt of them. */
interface LearntEvents extends NumberedEvents {
  leavesOf(table: TableThen, schema: Schema): LeafCache
  makeFaithfulColumns(): Generator<void, FaithfulColumns | undefined>
}

/**
 * The events there were at one moment, while more come. All rules that answer for them
 * share their order and their fields, and go on with what was learnt of those before.
 */
export class EventsThen implements NumberedEvents {
  readonly table: TableThen
  readonly schema: Schema
  readonly version: number
  readonly changes: number
  readonly texts: RuleTexts
  private faithful: { readonly columns: FaithfulColumns | undefined } | undefined

  constructor(private readonly events: LearntEvents) {
    this.table = new TableThen(events.table)
    this.schema = events.schema
    this.version = events.version
    this.changes = events.changes
    this.texts = events.texts
  }

  get leaves(): LeafCache {
    return this.events.leavesOf(this.table, this.schema)
  }

  *faithfulColumns(): Generator<void, FaithfulColumns | undefined> {
    this.faithful ??= { columns: yield* this.events.makeFaithfulColumns() }
    return this.faithful.columns
  }

  /** Whether these are still the events to answer for: few have come, and none gone. */
  get isOfUse(): boolean {
    const { changes, table } = this.events
    return changes === this.changes && table.rowCount < 2 * this.table.rowCount
  }
}
