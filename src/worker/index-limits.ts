import { LeafCache } from '../engine/leaf-cache'
import type { Schema } from '../events/schema'
import { TablePart } from '../events/table-part'
import { splitByIndex } from '../explain/event-indices'
import { readFaithful } from './extended-only'
import type { FaithfulColumns } from './faithful-columns'
import { findHiddenRows } from './hidden-rows'
import type { EventLimits, HidingFilter } from './hiding-filter'
import type { NumberedEvents } from './rule-answer'

/** So many sets of limits keep what rules have learnt of their events. */
const KEPT = 4

interface Limited {
  readonly version: number
  readonly changes: number
  readonly schema: Schema
  readonly table: TablePart
  readonly leaves: LeafCache
}

/** The events a rule looks at: those in its indices that nothing hides from it. */
export class IndexLimits {
  private readonly known = new Map<string, Limited>()

  constructor(private readonly events: NumberedEvents) {}

  /** All events without limits. */
  *within(
    { indices, hidden = [] }: EventLimits,
    events = this.events,
  ): Generator<void, NumberedEvents> {
    if (indices === undefined && hidden.length === 0) return events
    const key = JSON.stringify([indices, hidden.map(({ hides }) => hides)])
    const known = this.known.get(key)
    const isFresh = known?.version === events.version
    const limited = isFresh ? known : yield* this.limit(indices, hidden, events)
    this.known.delete(key)
    this.known.set(key, limited)
    const [oldest] = this.known.keys()
    if (this.known.size > KEPT && oldest !== undefined) this.known.delete(oldest)
    const { version, changes, schema, table, leaves } = limited
    const { texts } = events
    const faithfulColumns = (): Generator<void, FaithfulColumns | undefined> =>
      readFaithful(events)
    return { table, leaves, version, changes, schema, texts, faithfulColumns }
  }

  /** Gives up what can be made again. */
  clear(): void {
    this.known.clear()
  }

  /** Events that come meanwhile have no part in it. */
  private *limit(
    indices: readonly string[] | undefined,
    hidden: readonly HidingFilter[],
    events: NumberedEvents,
  ): Generator<void, Limited> {
    const { version, changes, table, schema } = events
    const { rowCount, active } = table
    const then = { version: table.version, rewrites: table.rewrites, rowCount, active }
    const outside = indices && (yield* splitByIndex(table, indices)).outside
    let rows = outside ? active.without(outside) : active
    for (const { hides } of hidden)
      rows = rows.without((yield* findHiddenRows(hides, events)).rows)
    const part = new TablePart(table, rows, then)
    const leaves = new LeafCache()
    leaves.fit(part, schema)
    return { version, changes, schema, table: part, leaves }
  }
}
