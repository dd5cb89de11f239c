import { describe, expect, test } from 'vitest'
import type { Scalar } from '../../src/events/column'
import { GrowingTable } from '../../src/events/growing-table'
import { atOnce } from '../../src/events/in-pieces'
import type { Field, FieldType, Schema } from '../../src/events/schema'
import { NO_RANK } from '../../src/events/table'

type Value = Scalar | readonly Scalar[]

function addEvent(table: GrowingTable, source: number, event: Record<string, Value>) {
  table.beginRow(source, typeof event['_id'] === 'string' ? event['_id'] : undefined)
  for (const [name, value] of Object.entries(event))
    if (name !== '_id')
      for (const scalar of Array.isArray(value) ? (value as Scalar[]) : [value as Scalar])
        table.put(table.root.child(name), scalar, Array.isArray(value))
  table.endRow()
}

function schemaOf(types: Readonly<Record<string, FieldType>>, format?: string): Schema {
  const field = (name: string): Field | undefined => {
    const type = types[name]
    const known = {
      name,
      typeName: String(type),
      column: name,
      knownBy: 'mapping',
    } as const
    return type && { ...known, type, ...(format !== undefined && { format }) }
  }
  return { model: 'mapping', field, names: () => Object.keys(types) }
}

/** The numbers `n` of the events, in order. */
function orderOf(
  events: readonly Record<string, Value>[],
  types: Readonly<Record<string, FieldType>> = { '@timestamp': 'date' },
  tiebreakerField?: string,
  format?: string,
) {
  const table = new GrowingTable()
  const source = table.startSource()
  for (const event of events) addEvent(table, source, event)
  const clock = { timestampField: '@timestamp', tiebreakerField }
  const order = table.order(clock, schemaOf(types, format))
  const n = table.column('n')!
  const numbers = [...order.rows].map((row) => n.scalars(n.codeAt(row))[0])
  return { numbers, order }
}

describe('order', () => {
  const at = (
    time: Value,
    n: number,
    more: Record<string, Value> = {},
  ): Record<string, Value> => ({
    '@timestamp': time,
    n,
    ...more,
  })

  test('is by time, then by row', () => {
    const events = [
      at('2026-02-03T08:00:02Z', 1),
      at('2026-02-03T08:00:00.000Z', 2),
      at(1770105600000, 3),
      at('2026-02-03T10:00:01+02:00', 4),
      at('2026-02-03T08:00:00Z', 5),
    ]
    expect(orderOf(events).numbers).toEqual([2, 3, 5, 4, 1])
  })

  test('leaves out events without a single usable time', () => {
    const events = [
      at(['2026-02-03T08:00:00Z', '2026-02-03T08:00:01Z'], 1),
      at(['2026-02-03T08:00:00Z'], 2),
      at('soon', 3),
      at(null, 4),
      { n: 5 },
      at('2026-02-03T07:00:00Z', 6),
    ]
    const { numbers, order } = orderOf(events)
    expect(numbers).toEqual([6, 2])
    expect(order.unusable).toBe(4)
    expect([...order.rank]).toEqual([NO_RANK, 1, NO_RANK, NO_RANK, NO_RANK, 0])
    expect(order.ms[5]).toBe(Date.parse('2026-02-03T07:00:00Z'))
    expect(order.ms[4]).toBeNaN()
  })

  test('date knows milliseconds, date_nanos nanoseconds', () => {
    const events = [
      at('2026-02-03T08:00:00.000000009Z', 1),
      at('2026-02-03T08:00:00.000000001Z', 2),
      at('2026-02-03T07:59:59.999999999Z', 3),
    ]
    expect(orderOf(events).numbers).toEqual([3, 1, 2])
    const nanos = orderOf(events, { '@timestamp': 'date_nanos' })
    expect(nanos.numbers).toEqual([3, 2, 1])
    expect(nanos.order.nanos?.[0]).toBe(9)
  })

  test('reads times by the format of the mapping', () => {
    const events = [at(2, 1), at('1.5', 2), at('03.02.2026', 3)]
    const types = { '@timestamp': 'date' } as const
    const { numbers, order } = orderOf(
      events,
      types,
      undefined,
      'dd.MM.yyyy||epoch_second',
    )
    expect(numbers).toEqual([2, 1, 3])
    expect([...order.ms]).toEqual([2000, 1500, Date.parse('2026-02-03')])
  })

  const T = '2026-02-03T08:00:00Z'
  test.each<[string, FieldType, readonly (Value | undefined)[], readonly number[]]>([
    ['numbers', 'long', [10, 9, undefined, 2], [4, 2, 1, 3]],
    ['numbers in text', 'long', ['10', '9', null, 2], [4, 2, 1, 3]],
    ['integers beyond 2^53', 'long', [2n ** 60n + 1n, 2n ** 60n, 5], [3, 2, 1]],
    ['keywords', 'keyword', ['10', '9', undefined, '2'], [1, 4, 2, 3]],
    ['keywords by code point', 'keyword', ['\u{1f600}', '\uff5e', 'z'], [3, 2, 1]],
    ['dates', 'date', ['2026-02-03T09:00:00+02:00', '2026-02-03T08:00:00Z'], [1, 2]],
    ['several values, which come last', 'long', [[1, 2], 5], [2, 1]],
    ['equal ones, then by row', 'long', [7, 7.0, '7', 1], [4, 1, 2, 3]],
  ])('breaks ties by %s', (_, type, values, wanted) => {
    const events = values.map((tie, i) => at(T, i + 1, tie === undefined ? {} : { tie }))
    const types = { '@timestamp': 'date', tie: type } as const
    expect(orderOf(events, types, 'tie').numbers).toEqual(wanted)
  })

  test('holds for many rows as for few', () => {
    const events = Array.from({ length: 9000 }, (_, i) =>
      at(1_770_000_000_000 + ((i * 7919) % 2003) * 5_000_000, i, { tie: (i * 31) % 7 }),
    )
    const { numbers } = orderOf(events, { '@timestamp': 'date', tie: 'long' }, 'tie')
    const plainly = events.toSorted(
      (a, b) =>
        Number(a['@timestamp']) - Number(b['@timestamp']) ||
        Number(a['tie']) - Number(b['tie']) ||
        Number(a['n']) - Number(b['n']),
    )
    expect(numbers).toEqual(plainly.map((one) => one['n']))
  })

  test('is made once per clock and version', () => {
    const table = new GrowingTable()
    const source = table.startSource()
    addEvent(table, source, at(T, 1))
    const schema = schemaOf({ '@timestamp': 'date' })
    const clock = { timestampField: '@timestamp' }
    const first = table.order(clock, schema)
    expect(table.order({ ...clock }, schema)).toBe(first)
    addEvent(table, source, at(T, 2))
    expect(table.order(clock, schema).rows).toHaveLength(2)
  })
})

describe('sources', () => {
  const build = () => {
    const table = new GrowingTable()
    const [a, b] = [table.startSource(), table.startSource()]
    addEvent(table, a, { '@timestamp': 1, n: 1, onlyA: 'x' })
    addEvent(table, b, { '@timestamp': 2, n: 2, _id: 'own', tags: ['p', 'q'] })
    addEvent(table, a, { '@timestamp': 3, n: 3, tags: 'p' })
    addEvent(table, b, { '@timestamp': 4, n: 4, tags: [null] })
    return { table, a, b }
  }
  const clock = { timestampField: '@timestamp' }
  const schema = schemaOf({ '@timestamp': 'date' })

  test('rows know where they came from', () => {
    const { table, a, b } = build()
    expect([0, 1, 2, 3].map((row) => table.sourceOf(row))).toEqual([a, b, a, b])
    expect([0, 1, 2, 3].map((row) => table.positionInSource(row))).toEqual([0, 0, 1, 1])
    expect([0, 1, 2, 3].map((row) => table.id(row))).toEqual(['0', 'own', '2', '3'])
  })

  test('can be switched off and on again', () => {
    const { table, a } = build()
    const { version } = table
    table.setActive(a, false)
    expect(table.version).not.toBe(version)
    expect(table.active.rows()).toEqual([1, 3])
    expect([...table.order(clock, schema).rows]).toEqual([1, 3])
    table.setActive(a, true)
    expect(table.active.count()).toBe(4)
  })

  test('can be taken out for good', () => {
    const { table, a, b } = build()
    atOnce(table.removeSource(a))
    expect(table.rowCount).toBe(2)
    expect(table.columnNames()).toEqual(['@timestamp', 'n', 'tags'])
    expect([table.id(0), table.id(1)]).toEqual(['own', '1'])
    expect([table.sourceOf(0), table.positionInSource(1)]).toEqual([b, 1])
    const tags = table.column('tags')!
    expect(tags.scalars(tags.codeAt(0))).toEqual(['p', 'q'])
    expect(tags.codeOf('p')).toBe(0)
    expect(table.column('n')!.size).toBe(2)
    expect(table.column('n')!.observed.longs).toBe(2)
    addEvent(table, table.startSource(), { n: 5, onlyA: 'y' })
    expect(table.column('onlyA')!.codeAt(2)).toBe(1)
  })

  test('an event given up leaves no trace', () => {
    const { table, a } = build()
    table.beginRow(a)
    table.put(table.root.child('n'), 99, false)
    table.put(table.root.child('ghost'), 1, false)
    table.abandonRow()
    addEvent(table, a, { '@timestamp': 5 })
    expect(table.column('ghost')).toBeUndefined()
    expect(table.column('n')!.codeAt(4)).toBe(0)
  })
})
