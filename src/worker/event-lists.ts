import { columnOfField } from '../events/field-column'
import type { RowSet } from '../events/row-set'
import type { TimeOrder } from '../events/table'
import { TableThen } from '../events/table-then'
import { findPlaceRows } from '../explain/coverage-list'
import { rowsOfExclusion } from '../explain/exclusion-audit'
import type { ExcludedEvents } from './analysis-api'
import type { EventListQuery, EventPage } from './api'
import type { CoverageEvents } from './coverage-api'
import { rowsOfPart } from './evaluation'
import { listEvents, type EventList } from './event-list'
import type { EventStore } from './event-store'
import { cellText } from './event-text'
import type { KeptRun } from './rule-answer'
import type { WorkQueue } from './work-queue'

const clock = { timestampField: '@timestamp' }
/** How many lists are remembered: the grid's own and the one just left. */
const MOST_LISTS = 4

interface KnownList {
  /** The engine version it is of. */
  readonly version: number
  readonly list: EventList
  readonly order: TimeOrder
}

/** The lists of events the grid pages through, each made once, in slices. */
export class EventLists {
  private readonly known = new Map<string, KnownList>()
  private making:
    { readonly key: string; readonly list: Promise<KnownList | undefined> } | undefined
  /** Numbers for the answers that lists have been narrowed by. */
  private readonly runs = new WeakMap<KeptRun, number>()
  private runCount = 0

  constructor(
    private readonly store: EventStore,
    private readonly queue: WorkQueue,
    private readonly lastRun: (ruleId: string) => KeptRun | undefined,
  ) {}

  /** Undefined when another list has been asked for meanwhile. */
  async page(
    query: EventListQuery,
    from: number,
    count: number,
  ): Promise<EventPage | undefined> {
    const known = await this.list(query)
    if (!known) return undefined
    const { version, list, order } = known
    const { table, schema } = this.store
    const columns = query.fields.map((name) => columnOfField(table, schema, name))
    return {
      version,
      total: list.length,
      rows: [...list.subarray(from, from + count)].map((row) => ({
        row,
        eventId: table.id(row),
        time: order.ms[row] ?? NaN,
        cells: columns.map((column) => cellText(column, row)),
      })),
    }
  }

  /** -1 also when another list has been asked for meanwhile. */
  async positionOf(query: EventListQuery, row: number): Promise<number> {
    return (await this.list(query))?.list.indexOf(row) ?? -1
  }

  private list(query: EventListQuery): Promise<KnownList | undefined> {
    const key = this.keyOf(query)
    const known = this.known.get(key)
    if (known) return Promise.resolve(known)
    if (this.isStale(query)) return Promise.resolve(undefined)
    if (this.making?.key === key) return this.making.list
    const list = this.make(query, key)
    this.making = { key, list }
    const forget = (): void => {
      if (this.making?.list === list) this.making = undefined
    }
    list.then(forget, forget)
    return list
  }

  private async make(query: EventListQuery, key: string): Promise<KnownList | undefined> {
    const { changes } = this.store
    const isStale = (): boolean => this.store.changes !== changes
    const ended = await this.queue.do('view', 'list', this.listing(query), isStale)
    if (ended.end !== 'done') return ended.end === 'stale' ? this.list(query) : undefined
    if (this.known.size >= MOST_LISTS) this.known.clear()
    this.known.set(key, ended.value)
    return ended.value
  }

  private *listing({
    search = '',
    ruleStep,
    partTruth,
    exclusion,
    coverage,
  }: EventListQuery): Generator<void, KnownList> {
    const { version, schema, isReading } = this.store
    const table = isReading ? new TableThen(this.store.table) : this.store.table
    const order = yield* table.findOrder(clock, schema)
    const run = ruleStep && this.lastRun(ruleStep.ruleId)
    const ofStep = run && rowsOfStep(run, ruleStep.step)
    const whole = partTruth && this.lastRun(partTruth.ruleId)
    const ofPart = whole && (yield* rowsOfPart(whole, partTruth, partTruth.truth))
    const excluded = exclusion && this.rowsExcluded(exclusion)
    const covered = coverage && (yield* this.rowsCovered(coverage))
    const within = [ofStep, ofPart, excluded, covered]
      .filter((rows) => rows !== undefined)
      .reduce<RowSet | undefined>((all, rows) => all?.and(rows) ?? rows, undefined)
    return { version, order, list: yield* listEvents(table, order, within, search) }
  }

  private rowsExcluded(asked: ExcludedEvents): RowSet | undefined {
    const run = this.lastRun(asked.ruleId)
    const clause = run?.ticket === asked.ticket && run.audit?.[asked.clause]
    return clause ? rowsOfExclusion(clause, asked.part, asked.count) : undefined
  }

  private *rowsCovered({
    ruleId,
    ticket,
    place,
  }: CoverageEvents): Generator<void, RowSet | undefined> {
    const run = this.lastRun(ruleId)
    if (run?.ticket !== ticket) return undefined
    const { rule, active } = run.prepared
    return yield* findPlaceRows(rule, active, place)
  }

  /** Whether a list would be of a run that is kept no more. */
  private isStale({ coverage }: EventListQuery): boolean {
    if (!coverage) return false
    const run = this.lastRun(coverage.ruleId)
    return run?.ticket !== coverage.ticket || run.changes !== this.store.changes
  }

  private keyOf(query: EventListQuery): string {
    const { search = '', ruleStep, partTruth, exclusion, coverage } = query
    const run = ruleStep && this.lastRun(ruleStep.ruleId)
    const step = run && [this.numberOf(run), ruleStep.step]
    const whole = partTruth && this.lastRun(partTruth.ruleId)
    const { from, to, truth } = partTruth ?? {}
    const part = whole && [this.numberOf(whole), from, to, truth]
    return JSON.stringify([this.store.version, search, step, part, exclusion, coverage])
  }

  private numberOf(run: KeptRun): number {
    const number = this.runs.get(run) ?? this.runCount++
    this.runs.set(run, number)
    return number
  }
}

/** Rows that satisfy a step (1-based, as written) of the rule's last run. */
function rowsOfStep({ prepared: { rule } }: KeptRun, step: number): RowSet | undefined {
  if (rule.kind === 'events') return rule.condition.rows()
  return rule.steps.find(({ writtenStep }) => writtenStep === step - 1)?.condition.rows()
}
