import { columnOfField } from '../events/field-column'
import type { RowSet } from '../events/row-set'
import type { TimeOrder } from '../events/table'
import type { EventListQuery, EventPage } from './api'
import { listEvents, type EventList } from './event-list'
import type { EventStore } from './event-store'
import { cellText } from './event-text'
import type { KeptRun } from './rule-answer'

const clock = { timestampField: '@timestamp' }
/** How many lists are remembered: the grid's own and the one just left. */
const MOST_LISTS = 4

/** The lists of events the grid pages through, each made once. */
export class EventLists {
  private readonly store: EventStore
  private readonly lastRun: (ruleId: string) => KeptRun | undefined
  private readonly lists = new Map<
    string,
    { readonly of: unknown; readonly list: EventList }
  >()

  constructor(store: EventStore, lastRun: (ruleId: string) => KeptRun | undefined) {
    this.store = store
    this.lastRun = lastRun
  }

  page(query: EventListQuery, from: number, count: number): EventPage {
    const { store } = this
    const list = this.list(query)
    const order = this.order()
    const columns = query.fields.map((name) =>
      columnOfField(store.table, store.schema, name),
    )
    return {
      version: store.version,
      total: list.length,
      rows: [...list.subarray(from, from + count)].map((row) => ({
        row,
        eventId: store.table.id(row),
        time: order.ms[row] ?? NaN,
        cells: columns.map((column) => cellText(column, row)),
      })),
    }
  }

  positionOf(query: EventListQuery, row: number): number {
    return this.list(query).indexOf(row)
  }

  private order(): TimeOrder {
    return this.store.table.order(clock, this.store.schema)
  }

  private list({ search = '', ruleStep }: EventListQuery): EventList {
    const run = ruleStep && this.lastRun(ruleStep.ruleId)
    const key = JSON.stringify([this.store.version, search, ruleStep])
    const known = this.lists.get(key)
    if (known && known.of === run) return known.list
    const within = run && rowsOfStep(run, ruleStep.step)
    const list = listEvents(this.store.table, this.order(), within, search)
    if (this.lists.size >= MOST_LISTS) this.lists.clear()
    this.lists.set(key, { of: run, list })
    return list
  }
}

/** Rows that satisfy a step (1-based, as written) of the rule's last run. */
function rowsOfStep({ prepared: { rule } }: KeptRun, step: number): RowSet | undefined {
  if (rule.kind === 'events') return rule.condition.rows()
  return rule.steps.find(({ writtenStep }) => writtenStep === step - 1)?.condition.rows()
}
