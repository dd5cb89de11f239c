import { LeafCache } from '../engine/leaf-cache'
import { TablePart } from '../events/table-part'
import { splitByIndex } from '../explain/event-indices'
import { readFaithful } from './extended-only'
import type { FaithfulColumns } from './faithful-columns'
import { findHiddenRows } from './hidden-rows'
import type { HidingFilter } from './hiding-filter'
import type { NumberedEvents } from './rule-answer'

/** So many sets of limits keep what rules have learnt of their events. */
const KEPT = 4

interface Limited {
  readonly version: number
  readonly table: TablePart
  readonly leaves: LeafCache
}

/** What keeps events from a rule, as if they were not there. */
export interface EventLimits {
  /** Only events in these indices; events of which no index is known stay. */
  readonly indices?: readonly string[] | undefined
  /** None that an exception or a filter hides. */
  readonly hidden?: readonly HidingFilter[] | undefined
}

/** The events a rule looks at: those in its indices that nothing hides from it. */
export class IndexLimits {
  private readonly known = new Map<string, Limited>()

  constructor(private readonly events: NumberedEvents) {}

  /** All events without limits. */
  *within({ indices, hidden = [] }: EventLimits): Generator<void, NumberedEvents> {
    const { events } = this
    if (indices === undefined && hidden.length === 0) return events
    const key = JSON.stringify([indices, hidden.map(({ hides }) => hides)])
    let limited = this.known.get(key)
    while (limited?.version !== events.version)
      limited = yield* this.limit(indices, hidden)
    this.known.delete(key)
    this.known.set(key, limited)
    const [oldest] = this.known.keys()
    if (this.known.size > KEPT && oldest !== undefined) this.known.delete(oldest)
    const { table, leaves } = limited
    const { version, changes, schema, texts } = events
    const faithfulColumns = (): Generator<void, FaithfulColumns | undefined> =>
      readFaithful(events)
    return { table, leaves, version, changes, schema, texts, faithfulColumns }
  }

  private *limit(
    indices: readonly string[] | undefined,
    hidden: readonly HidingFilter[],
  ): Generator<void, Limited> {
    const { events } = this
    const { version, table, schema } = events
    const outside = indices && (yield* splitByIndex(table, indices)).outside
    let rows = outside ? table.active.without(outside) : table.active
    for (const { hides } of hidden)
      rows = rows.without((yield* findHiddenRows(hides, events)).rows)
    const part = new TablePart(table, rows)
    const leaves = new LeafCache()
    leaves.fit(part, schema)
    return { version, table: part, leaves }
  }
}
