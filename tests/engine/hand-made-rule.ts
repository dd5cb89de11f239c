import type {
  Condition,
  CompiledRule,
  CompiledStep,
  JoinKey,
  KeyValue,
} from '../../src/engine/plan'
import { KeySpaces } from '../../src/engine/key-rows'
import { RowSet } from '../../src/events/row-set'
import { NO_RANK, type TimeOrder } from '../../src/events/table'
import type { PlainEvent, PlainRule } from './naive-sequence'

/** A rule over plain events without a query or a table; event n has row n. */
export function bindPlainRule(
  rule: PlainRule,
  events: readonly PlainEvent[],
): Extract<CompiledRule, { kind: 'sequence' }> {
  const spaces = new KeySpaces()
  const keys = rule.optional.map((optional, at) => plainKey(events, at, optional, spaces))
  const stepOf = (
    at: number,
    fits: (event: PlainEvent) => boolean,
    missing: boolean,
  ): CompiledStep => ({
    from: 0,
    to: 0,
    writtenStep: at,
    missing,
    condition: plainCondition(events, fits),
    keys,
  })
  const steps = rule.missing.map((missing, at) =>
    stepOf(at, (event) => event.fits[at]!, missing),
  )
  return {
    kind: 'sequence',
    events: events.length,
    steps,
    until: rule.hasUntil
      ? stepOf(steps.length, (event) => event.isUntil, false)
      : undefined,
    maxspan: rule.maxspan,
    order: orderByTime(events.map(({ time }) => time)),
    pipes: [],
  }
}

/** Rows in the order of these times (ms by row), ties by row. */
const orderByTime = (times: readonly number[]): TimeOrder => {
  const rows = Uint32Array.from(times.keys()).sort((a, b) => times[a]! - times[b]!)
  const rank = new Uint32Array(times.length).fill(NO_RANK)
  for (const [at, row] of rows.entries()) rank[row] = at
  return { rows, rank, ms: Float64Array.from(times), unusable: 0 }
}

const plainCondition = (
  events: readonly PlainEvent[],
  fits: (event: PlainEvent) => boolean,
): Condition => {
  const rows = RowSet.of(
    events.length,
    events.filter(fits).map(({ row }) => row),
  )
  return {
    from: 0,
    to: 0,
    rows: () => rows,
    *prepare() {
      yield
      return rows
    },
    costs: () => [],
    evidence: (row) => ({
      from: 0,
      to: 0,
      kind: 'leaf',
      truth: rows.has(row),
      children: [],
    }),
    isCapped: () => false,
    terms: [],
  }
}

const plainKey = (
  events: readonly PlainEvent[],
  at: number,
  optional: boolean,
  spaces: KeySpaces,
): JoinKey => {
  const valuesAt = (row: number): readonly string[] => events[row]!.keys[at]!
  const listAt = (row: number): readonly number[] => valuesAt(row).map(numberOf)
  const numberAt = (row: number): number =>
    valuesAt(row).length > 1 ? -1 : (listAt(row)[0] ?? 0)
  return {
    name: `key ${at}`,
    optional,
    valuesAt,
    numbers: {
      at: numberAt,
      read: readEach(numberAt),
      listAt,
      space: (width) => spaces.of(width),
      valueOf,
      numberOf,
    },
    print: (value) => value,
  }
}

/** Of every row in turn what `at` says of one. */
export const readEach =
  (at: (row: number) => number) =>
  (rows: Readonly<Uint32Array>, into: Int32Array): void =>
    rows.forEach((row, place) => (into[place] = at(row)))

/** Texts as numbers from 1; 0 is null. */
const texts: (KeyValue | null)[] = [null]
const valueOf = (number: number): KeyValue | null => texts[number]!
const numberOf = (value: KeyValue): number => {
  if (!texts.includes(value)) texts.push(value)
  return texts.indexOf(value)
}
