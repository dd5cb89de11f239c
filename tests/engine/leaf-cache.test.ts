import { describe, expect, test, vi } from 'vitest'
import { compileCondition } from '../../src/engine/compile-condition'
import { LeafCache } from '../../src/engine/leaf-cache'
import { GrowingTable } from '../../src/events/growing-table'
import { atOnce } from '../../src/events/in-pieces'
import { unionSchema } from '../../src/events/schema-union'
import { TableThen } from '../../src/events/table-then'
import type { Scalar } from '../../src/events/column'
import { readEventQuery } from '../support/event-query'

/** A table that grows between questions, as it does while files load. */
function openTable() {
  const table = new GrowingTable()
  const leaves = new LeafCache()
  return {
    table,
    leaves,
    load: (values: readonly Scalar[]): number => {
      const source = table.startSource()
      for (const value of values) {
        table.beginRow(source)
        table.put(table.root.child('field'), value, false)
        table.endRow()
      }
      return source
    },
    ask: (condition: string): number[] => {
      const context = {
        table,
        schema: unionSchema(table),
        categoryField: 'event.category',
        now: 0,
        leaves,
      }
      return compileCondition(readEventQuery(condition), context).rows().rows()
    },
  }
}

describe('what rules share', () => {
  test('is learnt once, however sources are switched', () => {
    const { table, load, ask, leaves } = openTable()
    load(['a', 'b'])
    const second = load(['a', 'c'])
    expect(ask('field == "a"')).toEqual([0, 2])
    leaves.share('probe', () => 'before')
    table.setActive(second, false)
    expect(ask('field == "a"')).toEqual([0])
    expect(ask('field != "a"')).toEqual([1])
    table.setActive(second, true)
    expect(ask('field != "a"')).toEqual([1, 3])
    expect(leaves.share('probe', () => 'after')).toBe('before')
  })

  test('is forgotten when events come or go', () => {
    const { table, load, ask } = openTable()
    const first = load(['a', 'b'])
    expect(ask('field != "a"')).toEqual([1])
    load(['c', 'a'])
    expect(ask('field != "a"')).toEqual([1, 2])
    atOnce(table.removeSource(first))
    expect(ask('field != "a"')).toEqual([0])
    expect(ask('field == "b"')).toEqual([])
  })

  test('does not hold on to the moment at which it was learnt', () => {
    const { table, load, leaves } = openTable()
    load(['a'])
    const then = new TableThen(table)
    const asked = vi.spyOn(then, 'column')
    const field = unionSchema(table).field('field')!
    const late = leaves.reader(then, { ...field, name: 'late', column: 'late' })
    expect(late.column).toBeUndefined()
    expect(leaves.reader(then, field).column).toBe(table.column('field'))
    expect(asked).not.toHaveBeenCalled()
  })

  test('is forgotten when a field changes its type', () => {
    const { load, ask } = openTable()
    load([9, 10])
    expect(ask('field > 9')).toEqual([1])
    load(['x'])
    expect(ask('field > "9"')).toEqual([2])
    expect(ask('field < "9"')).toEqual([1])
  })

  test('a condition that was read once follows its fields, and the time of day', () => {
    const { table, leaves } = openTable()
    const put = (field: string, value: string): void => {
      table.beginRow(table.startSource())
      table.put(table.root.child(field), value, false)
      table.endRow()
    }
    put('@timestamp', '2026-11-21T08:00:00Z')
    put('@timestamp', '2026-11-21T10:00:00Z')
    const times = ['"now-1h"', 'concat("no", "w-1h")', 'substring("xnow-1h", 1)']
    const recent = times.map((time) => readEventQuery(`@timestamp >= ${time}`))
    const optional = readEventQuery('?late == "x"')
    let schema = unionSchema(table)
    const ask = (query: typeof optional, now = 0): number[] => {
      const context = { table, schema, categoryField: 'event.category', now, leaves }
      return compileCondition(query, context).rows().rows()
    }
    for (const query of recent) {
      expect(ask(query, Date.parse('2026-11-21T10:30:00Z'))).toEqual([1])
      expect(ask(query, Date.parse('2026-11-21T08:30:00Z'))).toEqual([0, 1])
    }
    expect(ask(optional)).toEqual([])
    put('late', 'x')
    schema = unionSchema(table)
    expect(ask(optional)).toEqual([2])
    expect(ask(optional)).toEqual([2])
  })

  test('holds over more contents than are asked at once', () => {
    const { load, ask } = openTable()
    load(Array.from({ length: 5000 }, (_, i) => `name-${i}`))
    const nineties = Array.from({ length: 10 }, (_, i) => 90 + i)
    expect(ask('field : "name-9?" and field : "*"')).toEqual(nineties)
    expect(ask('length(field) == 7 and field : "name-9*"')).toEqual(nineties)
    expect(ask('field != "name-1" and length(field) == 6')).toEqual([
      0, 2, 3, 4, 5, 6, 7, 8, 9,
    ])
  })
})
