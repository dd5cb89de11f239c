import { afterEach, describe, expect, test, vi } from 'vitest'
import { ByteStore, type ContentExports } from '../../src/events/byte-store'
import { GrowingTable } from '../../src/events/growing-table'
import { atOnce } from '../../src/events/in-pieces'
import { StoredColumn } from '../../src/events/stored-column'
import { Encoder, MemoryExhausted, TableDamaged } from '../../src/ingest/encoder'
import { loadEncoderModule } from '../../src/ingest/encoder-module'
import { ingest } from '../../src/ingest/ingest'
import { fieldsOf } from './print-events'

const line = (i: number) => `{"@timestamp":${i},"name":"${'x'.repeat(200)}${i}"}\n`
const file = (name: string, from: number, count: number) => ({
  id: name,
  name,
  blob: new Blob(Array.from({ length: count }, (_, i) => line(from + i))),
})

afterEach(() => {
  vi.restoreAllMocks()
})

describe('when WebAssembly has no more memory', () => {
  /** From the third piece of lines on, as if memory had come to its end. */
  const endMemory = () => {
    const found = Object.getOwnPropertyDescriptor(Encoder.prototype, 'readLines')
    const readLines = found!.value as (from: number, to: number) => number
    let pieces = 0
    vi.spyOn(Encoder.prototype, 'readLines').mockImplementation(function (
      this: Encoder,
      from,
      to,
    ) {
      if (++pieces < 3) return readLines.call(this, from, to)
      throw new MemoryExhausted()
    })
  }

  test('what was read until then is kept, and said', async () => {
    endMemory()
    const table = new GrowingTable()
    const { report } = await ingest(file('a', 0, 20_000), table)
    expect(report.partial).toBe(true)
    expect(report.problem).toMatch(/^There is no more memory for events in this tab\./)
    expect(report.events).toBeGreaterThan(0)
    expect(report.events).toBeLessThan(20_000)
    expect(table.rowCount).toBe(report.events)
    const last = table.rowCount - 1
    expect(fieldsOf(table, last)).toEqual(JSON.parse(line(last)))
  })

  test('once sources are gone, others can be read', async () => {
    endMemory()
    const table = new GrowingTable()
    const { source } = await ingest(file('a', 0, 20_000), table)
    atOnce(table.removeSource(source))
    vi.restoreAllMocks()
    const { report } = await ingest(file('b', 50_000, 3000), table)
    expect(report).toMatchObject({ events: 3000, partial: false })
    expect(table.rowCount).toBe(3000)
    expect(fieldsOf(table, 2999)).toEqual(JSON.parse(line(52_999)))
  })
})

test('rows of which only some values found room are not passed over', async () => {
  const append = vi.spyOn(StoredColumn.prototype, 'appendCodes')
  const noRoom = (): never => {
    throw new RangeError('Array buffer allocation failed')
  }
  append.mockImplementationOnce(noRoom)
  await expect(ingest(file('a', 0, 20_000), new GrowingTable())).rejects.toThrow(
    TableDamaged,
  )
})

test('an emptied table begins with fresh memory', async () => {
  const table = new GrowingTable()
  const { source } = await ingest(file('a', 0, 2000), table)
  const name = table.column('name')!
  expect(name.size).toBe(2000)
  atOnce(table.removeSource(source))
  // Whoever still holds the old column finds it empty, and is not misled.
  expect([name.size, name.scalars(1), name.codeOf('x')]).toEqual([0, [], 0])
  await ingest(file('b', 7, 10), table)
  expect(table.column('name')!.size).toBe(10)
  expect(name.size).toBe(0)
})

test('columns that go give back all the memory they had', async () => {
  const none = () => 0
  const host = {
    endOfMemory: none,
    findField: none,
    findColumn: none,
    printNumber: none,
  }
  const instance = new WebAssembly.Instance((await loadEncoderModule('simd'))!, { host })
  const exports = instance.exports as unknown as ContentExports
  const store = new ByteStore(exports)
  const comeAndGo = () => {
    const column = store.makeColumn(false)
    for (let i = 0; i < 300; i++) store.intern(column, `"${'x'.repeat(1000)}${i}"`)
    store.dropColumn(column)
    return exports.memory.buffer.byteLength
  }
  const bytes = comeAndGo()
  for (let i = 0; i < 600; i++) expect(comeAndGo()).toBe(bytes)
})
