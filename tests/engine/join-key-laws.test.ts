import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileRule } from '../../src/engine/compile'
import { KeySpaces } from '../../src/engine/key-rows'
import { KeyTable, MAX_KEYS_OF_EVENT } from '../../src/engine/key-table'
import { LeafCache } from '../../src/engine/leaf-cache'
import type { RunResult } from '../../src/engine/result'
import { runRule, runToEnd } from '../../src/engine/run'
import type { Scalar } from '../../src/events/column'
import { GrowingTable } from '../../src/events/growing-table'
import { atOnce } from '../../src/events/in-pieces'
import { unionSchema } from '../../src/events/schema-union'
import { Encoder } from '../../src/ingest/encoder'
import { type EncoderBuild, loadEncoderModule } from '../../src/ingest/encoder-module'
import { parseQuery } from '../../src/language/parse'

/** By field: one value, several, or none. */
type Event = Readonly<Record<string, readonly Scalar[]>>

const FIELDS = ['user.name', 'host.name', 'process.pid', 'mine', 'process.parent.pid']

const value = fc.constantFrom<Scalar>('a', 'b', 1, 2, '1', 1.5, true)
const events = fc.array(
  fc.record(
    Object.fromEntries(
      FIELDS.map((name) => [name, fc.uniqueArray(value, { maxLength: 2 })]),
    ),
  ),
  { maxLength: 12 },
)

const by = fc.constantFrom(
  'by user.name',
  'by host.name, user.name',
  'by ?mine',
  'by process.pid, ?process.parent.pid, user.name',
)
const rule = fc.oneof(
  by.map((keys) => `sequence ${keys} [any where true] [any where true]`),
  by.map((keys) => `sample ${keys} [any where true] [any where true]`),
  fc.constant(
    'sequence [any where true] by process.pid [any where true] by process.parent.pid',
  ),
  fc.constant(
    'sequence by user.name with maxspan=3s [any where true] ![any where host.name == "a"] ' +
      '[any where true] until [any where host.name == "b"]',
  ),
)

function addEvents(table: GrowingTable, source: number, more: readonly Event[]): void {
  for (const event of more) {
    table.beginRow(source)
    table.put(time(table), `2026-01-05T09:00:${20 + table.rowCount}Z`, false)
    for (const [name, values] of Object.entries(event))
      for (const one of values) table.put(node(table, name), one, values.length > 1)
    table.endRow()
  }
}

const node = (table: GrowingTable, name: string) =>
  name.split('.').reduce((at, part) => at.child(part), table.root)
const time = (table: GrowingTable) => table.root.child('@timestamp')

const tableOf = (all: readonly Event[]): GrowingTable => {
  const table = new GrowingTable()
  addEvents(table, table.startSource(), all)
  return table
}

/** What a rule finds, with what other rules over the table have learnt. */
function run(table: GrowingTable, leaves: LeafCache, text: string): unknown {
  const schema = unionSchema(table)
  const { query } = parseQuery(text)
  const categoryField = 'event.category'
  const compiled = compileRule(
    query!,
    { table, schema, categoryField, now: 0, leaves },
    { timestampField: '@timestamp' },
  )
  return printed(
    runToEnd(
      runRule(compiled, { size: Infinity, resultPosition: 'tail', maxSamplesPerKey: 3 }),
    ),
  )
}

const printed = ({ matches, found, funnel, notes }: RunResult): unknown => ({
  matches: [...matches],
  found,
  funnel,
  notes,
})

test('rules that share their keys find what each finds alone', () => {
  fc.assert(
    fc.property(events, fc.array(rule, { maxLength: 4 }), (all, rules) => {
      const shared = tableOf(all)
      const leaves = new LeafCache()
      for (const text of rules)
        expect(run(shared, leaves, text)).toEqual(
          run(tableOf(all), new LeafCache(), text),
        )
    }),
    { numRuns: 100 },
  )
})

test('a table that has grown answers as one loaded at once', () => {
  fc.assert(
    fc.property(events, events, fc.array(rule, { maxLength: 3 }), (some, more, rules) => {
      const table = new GrowingTable()
      const source = table.startSource()
      const leaves = new LeafCache()
      for (const part of [some, more]) {
        addEvents(table, source, part)
        const whole = tableOf([...some, ...more].slice(0, table.rowCount))
        for (const text of rules)
          expect(run(table, leaves, text)).toEqual(run(whole, new LeafCache(), text))
      }
    }),
    { numRuns: 100 },
  )
})

test('a table whose first source went answers as if it had never been', () => {
  fc.assert(
    fc.property(events, events, fc.array(rule, { maxLength: 3 }), (gone, kept, rules) => {
      const table = tableOf(gone)
      const leaves = new LeafCache()
      for (const text of rules) run(table, leaves, text)
      addEvents(table, table.startSource(), kept)
      atOnce(table.removeSource(0))
      const fresh = new GrowingTable()
      const source = fresh.startSource()
      for (let i = 0; i < gone.length; i++) addEvents(fresh, source, [{}])
      addEvents(fresh, fresh.startSource(), kept)
      atOnce(fresh.removeSource(source))
      for (const text of rules)
        expect(run(table, leaves, text)).toEqual(run(fresh, new LeafCache(), text))
    }),
    { numRuns: 100 },
  )
})

test('a field that came with later events is looked for in rows that moved up', () => {
  const rule = 'any where host.name == "a"'
  const table = tableOf([{}])
  const leaves = new LeafCache()
  run(table, leaves, rule)
  addEvents(table, table.startSource(), [{ 'host.name': ['a'] }])
  atOnce(table.removeSource(0))
  expect(run(table, leaves, rule)).toMatchObject({ found: 1 })
})

/** The same events, with contents that lie as bytes. */
async function byteTableOf(
  build: EncoderBuild,
  ...parts: readonly (readonly Event[])[]
): Promise<GrowingTable> {
  const table = new GrowingTable()
  const module = await loadEncoderModule(build)
  new Encoder(module!, table)
  const source = table.startSource()
  for (const part of parts) addEvents(table, source, part)
  return table
}

const text = fc.constantFrom('a', 'A', 'é', '"', '\\', '\n', '\ud800', '1', 'aa', '😀')
const texts = fc.array(
  fc.record(
    Object.fromEntries(FIELDS.map((name) => [name, fc.array(text, { maxLength: 2 })])),
  ),
  { minLength: 1, maxLength: 12 },
)

describe.each(['simd', 'scalar'] as const)('keys that lie as bytes, %s', (build) => {
  test('join as values do', async () => {
    const rules = fc.array(rule, { minLength: 1, maxLength: 3 })
    const law = fc.asyncProperty(
      texts,
      texts,
      events,
      rules,
      async (some, others, more, asked) => {
        const bytes = await byteTableOf(build)
        const values = new GrowingTable()
        const both = [bytes, values].map((table) => ({ table, leaves: new LeafCache() }))
        values.startSource()
        for (const part of [some, others, more])
          for (const query of asked) {
            for (const { table } of both) addEvents(table, 0, part)
            const [found, wanted] = both.map(({ table, leaves }) =>
              run(table, leaves, query),
            )
            expect(found).toEqual(wanted)
          }
      },
    )
    await fc.assert(law, { numRuns: 25 })
  })

  test('join across fields that have thousands of them', async () => {
    const id = (at: number): string => `{${String(at)}-é"}`
    const all = Array.from({ length: 5000 }, (_, at) => ({
      'user.name': [id(at)],
      'host.name': [id(4999 - at)],
    }))
    const query = 'sample [any where true] by user.name [any where true] by host.name'
    const table = await byteTableOf(build, all)
    const found = run(table, new LeafCache(), query)
    expect(found).toMatchObject({ found: 5000 })
    expect(found).toEqual(run(tableOf(all), new LeafCache(), query))
  })
})

const keyTable = (width: number): KeyTable => {
  const texts: (string | null)[] = [null]
  const spaces = new KeySpaces()
  const numbers = {
    at: () => 0,
    read: () => undefined,
    listAt: () => [],
    space: (width: number) => spaces.of(width),
    valueOf: (number: number) => texts[number]!,
    numberOf: (text: unknown) => {
      if (!texts.includes(String(text))) texts.push(String(text))
      return texts.indexOf(String(text))
    },
  }
  const key = { name: '', optional: true, numbers, valuesAt: () => [], print: String }
  return new KeyTable(Array.from({ length: width }, () => key))
}

test('no two keys have one number, and a number leads back to its key', () => {
  const part = fc.constantFrom(null, ...Array.from({ length: 40 }, (_, i) => `v${i}`))
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 4 }).chain((width) =>
        fc.uniqueArray(fc.tuple(...Array.from({ length: width }, () => part)), {
          minLength: 1,
          maxLength: 300,
          selector: String,
        }),
      ),
      (tuples) => {
        const keys = keyTable(tuples[0]!.length)
        const ids = tuples.map((tuple) => keys.idOf(tuple))
        expect(new Set(ids).size).toBe(tuples.length)
        expect(ids.map((id) => keys.tuple(id))).toEqual(tuples)
        expect(tuples.map((tuple) => keys.idOf(tuple))).toEqual(ids)
      },
    ),
    { numRuns: 100 },
  )
})

test('of an event with millions of keys some are taken, and the answer says so', () => {
  const many = Array.from({ length: 2000 }, (_, i) => `v${i}`)
  const event = { 'user.name': many, 'host.name': many }
  const text = 'sequence by user.name, host.name [any where true] [any where true]'
  const answer = run(tableOf([event, event]), new LeafCache(), text)
  expect(answer).toMatchObject({ found: MAX_KEYS_OF_EVENT })
  expect(answer).toHaveProperty('notes.0', expect.stringContaining('so many values'))
})
