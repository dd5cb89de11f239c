import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileRule } from '../../src/engine/compile'
import { LeafCache } from '../../src/engine/leaf-cache'
import type { SequenceObserver } from '../../src/engine/observer'
import { runToEnd } from '../../src/engine/run'
import { runSequence } from '../../src/engine/sequence'
import { GrowingTable } from '../../src/events/growing-table'
import { unionSchema } from '../../src/events/schema-union'
import { parseQuery } from '../../src/language/parse'

const RULES = [
  'sequence by host.name [any where a == 1] [any where b == 1]',
  'sequence by host.name with maxspan=4s [any where a == 1] with runs=3 [any where b == 1]',
  'sequence by host.name [any where a == 1] [any where true] [any where a == 1]',
  'sequence [any where a == 1] by host.name [any where b == 1] by user.name',
  'sequence by host.name, ?user.name [any where a == 1] [any where b == 1] until [any where c == 1]',
  'sequence by host.name with maxspan=6s [any where a == 1] ![any where c == 1] [any where b == 1]',
  'sequence by host.name with maxspan=6s ![any where c == 1] [any where b == 1] with runs=2',
  'sequence by ?user.name [any where a == 1] [any where b == 1] until [any where true]',
  'sequence by host.name [any where a == 1] [any where b == 1] [any where c == 1]',
  'sequence by host.name [any where a == 1] [any where b == 1] until [any where a == 1]',
  'sequence by host.name with maxspan=9s [any where a == 1] [any where b == 1] ![any where a == 1] [any where c == 1]',
]

/** Now and then a name is missing, or there are two of it. */
const name = fc.oneof(
  { arbitrary: fc.constantFrom('k1', 'k2', 'k3', 'k4').map((key) => [key]), weight: 60 },
  { arbitrary: fc.constantFrom([], ['k1', 'k2']), weight: 1 },
)
const bit = fc.constantFrom(0, 0, 1)
const events = fc.array(
  fc.record({ second: fc.nat(20), host: name, user: name, a: bit, b: bit, c: bit }),
  { maxLength: 25 },
)

const tableOf = (all: typeof events extends fc.Arbitrary<infer T> ? T : never) => {
  const table = new GrowingTable()
  const source = table.startSource()
  const { root } = table
  for (const { second, host, user, ...bits } of all) {
    table.beginRow(source)
    table.put(root.child('@timestamp'), `2026-01-05T09:00:${20 + second}Z`, false)
    for (const [field, names] of Object.entries({ host, user }))
      for (const one of names)
        table.put(root.child(field).child('name'), one, names.length > 1)
    for (const [field, value] of Object.entries(bits))
      table.put(root.child(field), value, false)
    table.endRow()
  }
  return table
}

test('what is left out where nobody listens makes no difference to what is found', () => {
  fc.assert(
    fc.property(events, fc.constantFrom(...RULES), (told, text) => {
      const table = tableOf(told)
      const schema = unionSchema(table)
      const { query } = parseQuery(text)
      const context = { table, schema, categoryField: 'event.category', now: 0 }
      const leaves = new LeafCache()
      const clock = { timestampField: '@timestamp' }
      const rule = compileRule(query!, { ...context, leaves }, clock)
      if (rule.kind !== 'sequence') throw new Error(text)
      const limits = { size: 5, resultPosition: 'tail', maxSamplesPerKey: 1 } as const
      const run = (observer?: SequenceObserver): unknown => {
        const result = runToEnd(runSequence(rule, limits, observer))
        const { matches, found, funnel, notes } = result
        return { matches: [...matches], found, funnel, notes }
      }
      const all = run({})
      // What one run has written to is used by the next.
      for (let times = 0; times < 2; times++) expect(run()).toEqual(all)
    }),
    { numRuns: 200 },
  )
})
