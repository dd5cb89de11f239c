import { LeafCache } from '../engine/leaf-cache'
import { TablePart } from '../events/table-part'
import { splitByIndex } from '../explain/event-indices'
import { readFaithful } from './extended-only'
import type { FaithfulColumns } from './faithful-columns'
import type { NumberedEvents } from './rule-answer'

/** So many sets of patterns keep what rules have learnt of their events. */
const KEPT = 4

interface Limited {
  readonly version: number
  readonly table: TablePart
  readonly leaves: LeafCache
}

/** The events that are in the indices a rule names, as if there were no others. */
export class IndexLimits {
  private readonly known = new Map<string, Limited>()

  constructor(private readonly events: NumberedEvents) {}

  /** All events without patterns. Events of which no index is known stay. */
  *within(patterns: readonly string[] | undefined): Generator<void, NumberedEvents> {
    const { events } = this
    if (patterns === undefined) return events
    const key = JSON.stringify(patterns)
    let limited = this.known.get(key)
    while (limited?.version !== events.version) limited = yield* this.limit(patterns)
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

  private *limit(patterns: readonly string[]): Generator<void, Limited> {
    const { events } = this
    const { version, table, schema } = events
    const { outside } = yield* splitByIndex(table, patterns)
    const part = new TablePart(table, table.active.without(outside))
    const leaves = new LeafCache()
    leaves.fit(part, schema)
    return { version, table: part, leaves }
  }
}
