import type { Code, Column } from './column'
import type { Row } from './row-set'
import { singleScalar } from './single-scalar'

/**
 * The fields by which a stream of events is known: all it takes to tell streams apart, and
 * the number that counts the events of each.
 */
export const STREAM_FIELDS = [
  'agent.id',
  'agent.type',
  'event.sequence',
  'winlog.channel',
  'winlog.computer_name',
  'winlog.record_id',
  'host.name',
] as const

type StreamField = (typeof STREAM_FIELDS)[number]

/** Which field counts the events of a stream. */
export type StreamCount = 'event.sequence' | 'winlog.record_id'

/** Where an event stands in its stream. */
export interface StreamPlace {
  /** Streams of one number are one. */
  readonly stream: number
  readonly at: number | bigint
  readonly by: StreamCount
}

/** More names of agents, their types, channels and computers than a table has. */
const MOST_NAMES = 2 ** 25

/**
 * Events that one agent or one log of Windows told, in the order it told them: an agent
 * counts in `event.sequence`, each log of a computer in `winlog.record_id`. An index
 * receives a stream in that order, whichever way it is exported later. What runs under one
 * Elastic Agent has its id, and counts of its own by type.
 */
export class Streams {
  private readonly columns: Partial<Record<StreamField, Column>>
  private readonly numbers = new Map<StreamField, (number | undefined)[]>()
  private readonly names = new Map<string, number>()

  constructor(columnOf: (path: StreamField) => Column | undefined) {
    const found: Partial<Record<StreamField, Column>> = {}
    for (const path of STREAM_FIELDS) {
      const column = columnOf(path)
      if (column) found[path] = column
    }
    this.columns = found
  }

  /** Whether any event may be in one. */
  get mayBe(): boolean {
    const { columns } = this
    return (
      (columns['agent.id'] !== undefined && columns['event.sequence'] !== undefined) ||
      (columns['winlog.channel'] !== undefined &&
        columns['winlog.record_id'] !== undefined)
    )
  }

  /** What counts two events of one stream; undefined for events of different ones. */
  countOf(a: Row, b: Row): StreamCount | undefined {
    const place = this.placeOf(a)
    return place && place.stream === this.placeOf(b)?.stream ? place.by : undefined
  }

  /** Undefined for an event that is in none. */
  placeOf(row: Row): StreamPlace | undefined {
    return this.placeOfAgent(row) ?? this.placeInLog(row)
  }

  private placeOfAgent(row: Row): StreamPlace | undefined {
    const at = this.count('event.sequence', row)
    const agent = at === undefined ? undefined : this.name('agent.id', row)
    if (at === undefined || agent === undefined) return undefined
    const type = this.name('agent.type', row) ?? -1
    // Below zero, where no log is.
    return { stream: -1 - agent * MOST_NAMES - (type + 1), at, by: 'event.sequence' }
  }

  private placeInLog(row: Row): StreamPlace | undefined {
    const at = this.count('winlog.record_id', row)
    const channel = at === undefined ? undefined : this.name('winlog.channel', row)
    if (at === undefined || channel === undefined) return undefined
    const computer = this.name('winlog.computer_name', row) ?? this.name('host.name', row)
    if (computer === undefined) return undefined
    return { stream: (channel + 1) * MOST_NAMES + computer, at, by: 'winlog.record_id' }
  }

  /** The number of a row's name: equal names have one, whatever their codes. */
  private name(path: StreamField, row: Row): number | undefined {
    const column = this.columns[path]
    const code = column?.codeAt(row) ?? 0
    if (!column || code === 0) return undefined
    let numbers = this.numbers.get(path)
    if (!numbers) this.numbers.set(path, (numbers = []))
    if (!(code in numbers)) numbers[code] = this.numberOf(column, code)
    return numbers[code]
  }

  private numberOf(column: Column, code: Code): number | undefined {
    const name = singleScalar(column.scalars(code)) ?? null
    if (name === null || name === '') return undefined
    const text = String(name)
    const number = this.names.get(text) ?? this.names.size
    this.names.set(text, number)
    return number
  }

  private count(path: StreamField, row: Row): number | bigint | undefined {
    const column = this.columns[path]
    const code = column?.codeAt(row) ?? 0
    if (!column || code === 0) return undefined
    return column.smallInteger?.(code) ?? readCount(column, code)
  }
}

/** A whole number, or a text of its digits. */
function readCount(column: Column, code: Code): number | bigint | undefined {
  const value = singleScalar(column.scalars(code)) ?? null
  if (typeof value === 'bigint') return value
  if (typeof value === 'number') return Number.isInteger(value) ? value : undefined
  if (typeof value !== 'string' || !/^\d{1,20}$/.test(value)) return undefined
  return value.length < 16 ? Number(value) : BigInt(value)
}
