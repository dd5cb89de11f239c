import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isAsLoaded } from '../../src/engine/time-places'
import { GrowingTable } from '../../src/events/growing-table'
import { unionSchema } from '../../src/events/schema-union'

/** By event: its second, if it has a time; mostly each comes after the one before. */
const seconds = fc.array(
  fc.oneof(
    { weight: 20, arbitrary: fc.constant('next' as const) },
    { weight: 1, arbitrary: fc.constant('none' as const) },
    { weight: 1, arbitrary: fc.nat(9) },
  ),
  { maxLength: 20 },
)

test('events are said to stand where they were loaded just where each does', () => {
  fc.assert(
    fc.property(seconds, fc.nat({ max: 3 }), (all, hidden) => {
      const table = new GrowingTable()
      const sources = [table.startSource(), table.startSource()] as const
      for (const [at, second] of all.entries()) {
        table.beginRow(sources[at < hidden ? 0 : 1])
        const digits = 20 + (second === 'next' ? at : Number(second))
        if (second !== 'none')
          table.put(table.root.child('@timestamp'), `2026-01-05T09:00:${digits}Z`, false)
        table.endRow()
      }
      if (hidden > 0) table.setActive(sources[0], false)
      const order = table.order({ timestampField: '@timestamp' }, unionSchema(table))
      const stands = all.every((_, row) => order.rank[row] === row)
      expect(isAsLoaded(order)).toBe(stands && order.rows.length === all.length)
    }),
  )
})
