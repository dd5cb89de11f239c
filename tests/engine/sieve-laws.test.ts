import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileRule } from '../../src/engine/compile'
import { LeafCache } from '../../src/engine/leaf-cache'
import type { SequenceObserver } from '../../src/engine/observer'
import type { RunResult } from '../../src/engine/result'
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
const name: fc.Arbitrary<readonly string[]> = fc.oneof(
  { arbitrary: fc.constantFrom('k1', 'k2', 'k3', 'k4').map((key) => [key]), weight: 60 },
  { arbitrary: fc.constantFrom([], ['k1', 'k2']), weight: 1 },
)
const bit = fc.constantFrom(0, 0, 1)
const inAnyOrder = fc.array(
  fc.record({ second: fc.nat(20), host: name, user: name, a: bit, b: bit, c: bit }),
  { maxLength: 25 },
)
const inTime = inAnyOrder.map((all) => all.toSorted((a, b) => a.second - b.second))
const events = fc.oneof(inAnyOrder, inTime)
type Told = typeof events extends fc.Arbitrary<infer T> ? T : never

const tableOf = (all: Told) => {
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

const limits = { size: 5, resultPosition: 'tail', maxSamplesPerKey: 1 } as const

/** Runs rules over a table, each as often as one likes. */
function runnerOf(table: GrowingTable) {
  const schema = unionSchema(table)
  const leaves = new LeafCache()
  const context = { table, schema, categoryField: 'event.category', now: 0, leaves }
  return (text: string) => {
    const { query } = parseQuery(text)
    const rule = compileRule(query!, context, { timestampField: '@timestamp' })
    if (rule.kind !== 'sequence') throw new Error(text)
    return (observer?: SequenceObserver) => runSequence(rule, limits, observer)
  }
}

const tell = ({ matches, found, funnel, notes }: RunResult): unknown => ({
  matches: [...matches],
  found,
  funnel,
  notes,
})

test('what is left out where nobody listens makes no difference to what is found', () => {
  fc.assert(
    fc.property(events, fc.constantFrom(...RULES), (told, text) => {
      const start = runnerOf(tableOf(told))(text)
      const all = tell(runToEnd(start({})))
      // What one run has written to is used by the next.
      for (let times = 0; times < 2; times++) expect(tell(runToEnd(start()))).toEqual(all)
    }),
    { numRuns: 200 },
  )
})

test('rules that take turns, one given up in its middle, find what each finds alone', () => {
  const hosts = Array.from({ length: 3000 }, (_, at) => [`host ${String(at)}`])
  const eventsOf = (second: number, a: 0 | 1): Told =>
    hosts.map((host) => ({ second, host, user: [], a, b: a ? 0 : 1, c: 0 }))
  // Of half of the hosts `b` comes first.
  const before = eventsOf(0, 0).slice(1500)
  const run = runnerOf(tableOf([...before, ...eventsOf(1, 1), ...eventsOf(2, 0)]))
  const ab = run('sequence by host.name [any where a == 1] [any where b == 1]')
  const ba = run('sequence by host.name [any where b == 1] [any where a == 1]')
  const alone = [ab, ba].map((start) => tell(runToEnd(start({}))))
  expect(alone).toMatchObject([{ found: 3000 }, { found: 1500 }])
  for (let times = 0; times < 2; times++) {
    const given = ab()
    for (let pieces = 0; pieces < 2; pieces++) given.next()
    expect(inTurns([ab(), ba()]).map(tell)).toEqual(alone)
  }
})

/** Runs all to the end, a piece of each at a time. */
function inTurns(runs: readonly Generator<void, RunResult>[]): readonly RunResult[] {
  const results = new Map<number, RunResult>()
  while (results.size < runs.length)
    for (const [at, run] of runs.entries()) {
      const step = results.has(at) ? undefined : run.next()
      if (step?.done) results.set(at, step.value)
    }
  return runs.map((_, at) => results.get(at)!)
}
