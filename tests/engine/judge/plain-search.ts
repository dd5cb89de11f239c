import type {
  EventQuery,
  FieldRef,
  Pipe,
  Sample,
  Sequence,
  Step,
} from '../../../src/language/ast'
import { parseQuery } from '../../../src/language/parse'
import { planPlainly, plainCategory } from './plain-condition'
import { scalarsAt, type PlainEvent } from './plain-event'
import { PlainFailure } from './plain-failure'
import { printPlainAddress } from './plain-address'
import { fieldValues, isDateType, type FieldValue } from './plain-field'
import {
  fieldsOfEvents,
  fieldsOfMapping,
  type PlainField,
  type PlainFields,
  type PlainProperty,
} from './plain-mapping'
import { compareTexts, compareVersions } from './plain-order'
import {
  findSequences,
  type PlainKey,
  type PlainKeyPart,
  type PlainStep,
  type TimedEvent,
} from './plain-sequence'

/** A request as the batch takes it (design, headless contract). */
export interface PlainRequest {
  readonly query: string
  readonly events: readonly unknown[]
  readonly mapping?: { readonly properties: Readonly<Record<string, PlainProperty>> }
  readonly tiebreaker_field?: string
  readonly size?: number
  readonly result_position?: 'head' | 'tail'
  readonly max_samples_per_key?: number
}

/** Ids of events, `null` for a missing step; or that the search fails. */
export type PlainAnswer =
  { readonly matches: readonly PlainMatch[] } | { readonly fails: string }
export interface PlainMatch {
  readonly ids: readonly (string | null)[]
  readonly keys?: readonly unknown[]
}

/** Answers a search the slow way, event by event, straight from language.md. */
export function judge(request: PlainRequest): PlainAnswer {
  const { query } = parseQuery(request.query)
  if (!query) return { fails: 'syntax' }
  const events = request.events.map((source, position) => ({ source, position }))
  const fields = request.mapping
    ? fieldsOfMapping(request.mapping.properties)
    : fieldsOfEvents(events)
  const search = new PlainSearch(request, events, fields)
  try {
    return { matches: search.answer(query.body, query.pipes) }
  } catch (error) {
    if (error instanceof PlainFailure) return { fails: error.message }
    throw error
  }
}

class PlainSearch {
  constructor(
    private readonly request: PlainRequest,
    private readonly events: readonly PlainEvent[],
    private readonly fields: PlainFields,
  ) {}

  answer(
    body: EventQuery | Sequence | Sample,
    pipes: readonly Pipe[],
  ): readonly PlainMatch[] {
    if (body.kind === 'sample') return this.samples(body)
    const all = body.kind === 'event' ? this.matchingEvents(body) : this.sequences(body)
    const size = this.request.size ?? 10
    const towards = pipes[0]?.name ?? this.request.result_position ?? 'tail'
    return pipes.reduce(
      (rest, { name, count }) => cut(rest, name, count),
      cut(all, towards, size),
    )
  }

  private matchingEvents(query: EventQuery): PlainMatch[] {
    const holds = this.testOf(query)
    const found = this.events.filter(holds)
    const timed = this.inTime().filter((event) =>
      found.some((e) => e.position === event.position),
    )
    const untimed = found.filter(
      (e) => !timed.some(({ position }) => position === e.position),
    )
    return [...timed, ...untimed].map((event) => ({ ids: [String(event.position)] }))
  }

  private sequences({ by, steps, until, maxspan }: Sequence): PlainMatch[] {
    const plain = steps.flatMap((step) => {
      const one = this.stepOf(step, by, 'iso')
      return Array.from({ length: step.runs }, () => one)
    })
    const end = until && this.stepOf(until, by, 'iso', true)
    const span = maxspan && BigInt(maxspan.ms) * 1_000_000n
    const events = this.inTime()
    const isHopeless = plain.some(
      (step) => !step.isMissing && !this.events.some(step.holds),
    )
    for (const event of isHopeless ? [] : events)
      for (const step of end ? [...plain, end] : plain)
        if (step.holds(event) && step.keysOf(event).length > 0) this.requireOneTie(event)
    return findSequences({ steps: plain, until: end, maxspan: span }, events).map(
      (found) => {
        const rest = found.events.map(({ position }) => String(position))
        const ids = plain.map((step) => (step.isMissing ? null : rest.shift()!))
        const { printed } = found.key
        return { ids, ...(printed.length > 0 && { keys: printed }) }
      },
    )
  }

  private samples({ by, steps }: Sample): PlainMatch[] {
    const { max_samples_per_key: most = 1, size = 10 } = this.request
    const plain = steps.map((step) => this.stepOf(step, by, 'epoch'))
    const types = [...by, ...steps[0]!.by].map(({ name }) => this.fields(name)?.type)
    const buckets = plain.map((step) => {
      const bucket = new Map<string, { key: PlainKey; events: PlainEvent[] }>()
      for (const event of this.events.filter(step.holds))
        for (const key of step.keysOf(event)) {
          const entry = bucket.get(key.id) ?? { key, events: [] }
          if (entry.events.length < steps.length + most - 1) entry.events.push(event)
          bucket.set(key.id, entry)
        }
      return bucket
    })
    const keys = [...buckets[0]!.values()]
      .map(({ key }) => key)
      .filter(({ id }) => buckets.every((bucket) => bucket.has(id)))
      .sort((a, b) => compareNullsFirst(a.order, b.order, types))
    return keys
      .flatMap((key) =>
        distinctChoices(buckets.map((bucket) => bucket.get(key.id)!.events))
          .slice(0, most)
          .map((events) => ({
            ids: events.map(({ position }) => String(position)),
            keys: key.printed,
          })),
      )
      .slice(0, size)
  }

  private testOf({ category, condition }: EventQuery): (event: PlainEvent) => boolean {
    const inCategory = plainCategory(category, 'event.category', this.fields)
    const plan = planPlainly(condition, this.fields)
    if (typeof plan !== 'function') return (event) => plan === true && inCategory(event)
    return (event) => inCategory(event) && plan(event)
  }

  private stepOf(
    step: Step,
    by: readonly FieldRef[],
    dates: 'iso' | 'epoch',
    isUntil = false,
  ): PlainStep {
    const refs = [...by, ...step.by]
    return {
      isMissing: step.missing,
      holds: this.testOf(step.query),
      keysOf: (event) => {
        const options = refs.map(({ name, optional }): readonly KeyPart[] => {
          const field = this.fields(name)
          const parts = field
            ? distinct(fieldValues(event, field).map((v) => keyPart(v, field, dates)))
            : []
          return parts.length > 0 ? parts : optional || isUntil ? [nullPart] : []
        })
        return tuples(options).map((parts) => ({
          id: JSON.stringify(parts.map(({ id }) => id)),
          printed: parts.map(({ printed }) => printed),
          order: parts.map(({ order }) => order),
        }))
      },
    }
  }

  /** Events with one usable timestamp, in order. */
  private inTime(): TimedEvent[] {
    const field = this.fields('@timestamp')
    const timed = this.events.flatMap((event): TimedEvent[] => {
      const times = field ? fieldValues(event, field) : []
      if (times.length !== 1) return []
      const moment = { time: times[0] as bigint, tie: 0, position: event.position }
      return [{ ...event, moment }]
    })
    return timed.sort(
      (a, b) =>
        Number(a.moment.time - b.moment.time) ||
        this.compareTies(a, b) ||
        a.position - b.position,
    )
  }

  private compareTies(a: PlainEvent, b: PlainEvent): number {
    const [left, right] = [a, b].map((event) => this.tieOf(event))
    if (left === undefined || right === undefined)
      return Number(left === undefined) - Number(right === undefined)
    if (typeof left === 'string') return compareTexts(left, right as string)
    return left < right ? -1 : left > right ? 1 : 0
  }

  private tieOf(event: PlainEvent): FieldValue | undefined {
    const field = this.fields(this.request.tiebreaker_field ?? '')
    const values = field ? fieldValues(event, field) : []
    return values.length === 1 ? values[0] : undefined
  }

  private requireOneTie(event: PlainEvent): void {
    const field = this.fields(this.request.tiebreaker_field ?? '')
    if (field && scalarsAt(event.source, field.path).filter((s) => s !== null).length > 1)
      throw new PlainFailure('tiebreaker array')
  }
}

const cut = <T>(list: readonly T[], towards: string, count: number): readonly T[] =>
  towards === 'head' ? list.slice(0, count) : list.slice(Math.max(0, list.length - count))

interface KeyPart {
  readonly id: string
  readonly printed: unknown
  readonly order: PlainKeyPart
}
const nullPart: KeyPart = { id: 'null', printed: null, order: null }

/** Numbers are the same key across long and double (language.md 5.3). */
function keyPart(value: FieldValue, field: PlainField, dates: 'iso' | 'epoch'): KeyPart {
  const { type } = field
  if (isDateType(type)) {
    const ms = Number((value as bigint) / 1_000_000n)
    const printed = dates === 'iso' ? new Date(ms).toISOString() : ms
    return { id: `date ${value}`, printed, order: value }
  }
  if (type === 'ip') {
    const text = printPlainAddress(value as bigint)
    return { id: `text ${text}`, printed: text, order: dates === 'iso' ? text : value }
  }
  if (typeof value === 'bigint' || typeof value === 'number')
    return {
      id: `number ${Number(value)} ${value}`,
      printed: Number(value),
      order: value,
    }
  return { id: `${typeof value} ${value}`, printed: value, order: value }
}

const distinct = (parts: readonly KeyPart[]): readonly KeyPart[] =>
  parts.filter(({ id }, at) => parts.findIndex((part) => part.id === id) === at)

const tuples = (options: readonly (readonly KeyPart[])[]): readonly KeyPart[][] =>
  options.reduce<KeyPart[][]>(
    (lists, parts) => lists.flatMap((list) => parts.map((part) => [...list, part])),
    [[]],
  )

/** Depth first; no event twice in one choice (language.md 6.2). */
const distinctChoices = (options: readonly (readonly PlainEvent[])[]): PlainEvent[][] =>
  options.reduce<PlainEvent[][]>(
    (lists, events) =>
      lists.flatMap((list) =>
        events.filter((event) => !list.includes(event)).map((event) => [...list, event]),
      ),
    [[]],
  )

function compareNullsFirst(
  a: readonly PlainKeyPart[],
  b: readonly PlainKeyPart[],
  types: readonly (string | undefined)[],
): number {
  for (const [at, left] of a.entries()) {
    const right = b[at] ?? null
    if (left === null || right === null) {
      if (left !== right) return left === null ? -1 : 1
      continue
    }
    const compareThese = types[at] === 'version' ? compareVersions : compareTexts
    const order =
      typeof left === 'string'
        ? compareThese(left, right as string)
        : left < right
          ? -1
          : Number(left > right)
    if (order !== 0) return order
  }
  return 0
}
