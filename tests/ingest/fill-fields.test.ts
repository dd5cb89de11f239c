import fc from 'fast-check'
import { expect, test } from 'vitest'
import { GrowingTable } from '../../src/events/growing-table'
import { fillFields } from '../../src/ingest/fill-fields'
import { ingest } from '../../src/ingest/ingest'
import type { Keep } from '../../src/ingest/keep'
import { line } from './odd-lines'
import { fieldsOf } from './print-events'

const lines = fc.array(line, { minLength: 1, maxLength: 20 })
const file = (id: string, texts: readonly string[]) => ({
  id,
  name: id,
  blob: new Blob([texts.join('\n')]),
})

const wanted = ['a', 'a.b', 'b', 'c', 'tags']
const read = (table: GrowingTable) =>
  Array.from({ length: table.rowCount }, (_, row) => fieldsOf(table, row)).map((fields) =>
    Object.fromEntries(wanted.map((name) => [name, fields[name]])),
  )

test('fields filled in later are as if they had been kept', async () => {
  const keeps: fc.Arbitrary<Keep> = fc.record({
    fields: fc.subarray(['a', 'b', 'event.category']),
  })
  const law = fc.asyncProperty(lines, lines, keeps, async (one, two, keep) => {
    const all = new GrowingTable()
    const table = new GrowingTable()
    const part = file('one', one)
    await ingest(part, all)
    const { source, clocks } = await ingest(part, table, { keep })
    await ingest(file('two', two), all)
    await ingest(file('two', two), table)
    const { version } = table
    const kept = { file: part, source, clocks, keep, isCut: false }
    expect(await fillFields(kept, table, wanted)).toBe(true)
    expect(read(table)).toEqual(read(all))
    if (wanted.some((name) => (all.column(name)?.filled ?? 0) > 0))
      expect(table.version).toBeGreaterThanOrEqual(version)
    // And the table goes on growing as it would have.
    await ingest(file('three', one), all)
    await ingest(file('three', one), table)
    expect(read(table)).toEqual(read(all))
  })
  await fc.assert(law, { numRuns: 60 })
})

test('a file that has changed fills nothing in', async () => {
  const table = new GrowingTable()
  const keep = { fields: ['a'] }
  const { source, clocks } = await ingest(file('one', ['{"a":1,"b":2}']), table, { keep })
  const changed = file('one', ['{"a":1,"b":2}', '{"a":1,"b":2}'])
  const kept = { file: changed, source, clocks, keep, isCut: false }
  expect(await fillFields(kept, table, ['b'])).toBe(false)
  expect(table.column('b')!.filled).toBe(0)
  expect(table.column('b')!.observed.longs).toBe(1)
  // Of a source whose reading was stopped, there is more than was read.
  expect(await fillFields({ ...kept, isCut: true }, table, ['b'])).toBe(true)
  expect(table.column('b')!.filled).toBe(1)
})

test('of a source that was stopped, what is there is filled in', async () => {
  const table = new GrowingTable()
  const keep = { fields: ['a'] }
  const readAs = { upTo: 2 }
  const lines = [1, 2, 3].map((n) => `{"a":${n},"b":${n}}`)
  const objects = file('one', [`[${lines.join(',\n')}]`])
  const { source, clocks, report } = await ingest(objects, table, { keep, readAs })
  expect(report).toMatchObject({ events: 2, partial: true })
  const kept = { file: objects, source, clocks, keep, readAs, isCut: true }
  expect(await fillFields(kept, table, ['b'])).toBe(true)
  expect(table.column('b')!.filled).toBe(2)
})
