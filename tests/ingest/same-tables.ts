import { expect } from 'vitest'
import { GrowingTable } from '../../src/events/growing-table'
import type { ObservedTypes } from '../../src/events/observed'
import { ByteWindow } from '../../src/ingest/byte-window'
import { Encoder } from '../../src/ingest/encoder'
import { type EncoderBuild, loadEncoderModule } from '../../src/ingest/encoder-module'
import type { Format } from '../../src/ingest/format'
import type { IngestOptions } from '../../src/ingest/ingest'
import { Pace } from '../../src/ingest/pace'
import { RecordReader } from '../../src/ingest/record-reader'
import { fieldsOf, readBlob, type ReadFile } from './print-events'

/** All that can be told of a table from outside, in the order columns came or another. */
export function describeTable(
  table: GrowingTable,
  names: readonly string[] = table.columnNames(),
): unknown {
  return {
    columns: names.map((name) => [name, kindsOf(table.column(name)!.observed)]),
    filled: names.map((name) => table.column(name)!.filled),
    rows: Array.from({ length: table.rowCount }, (_, row) => ({
      id: table.id(row),
      source: table.sourceOf(row),
      fields: fieldsOf(table, row),
    })),
    codes: names.map((name) => findEveryContent(table, name)),
  }
}

/** Counts may differ where contents are taken for new; whether there are any may not. */
const kindsOf = (observed: ObservedTypes) =>
  Object.entries(observed)
    .filter(([, count]) => count > 0)
    .map(([kind]) => kind)
    .sort()

/** Whether each single content is found by what it is. */
function findEveryContent(table: GrowingTable, name: string): readonly boolean[] {
  const column = table.column(name)!
  const found: boolean[] = []
  column.forEach((_, code) => {
    if (column.isArray(code)) return
    const [scalar = null] = column.scalars(code)
    found.push(Object.is(column.scalars(column.codeOf(scalar))[0], scalar))
  })
  return found
}

/** Reads a file with both encoders and without one; all three must agree. */
export async function expectSameTables(
  parts: readonly BlobPart[],
  options: IngestOptions = {},
): Promise<ReadFile> {
  // Fields that are left out are told of a batch at a time, in the order of their numbers.
  const describe = (table: GrowingTable) =>
    options.keep?.fields
      ? describeTable(table, table.columnNames().toSorted())
      : describeTable(table)
  const plain = await readBlob(parts, { ...options, encoder: 'none' })
  const wanted = { report: plain.report, table: describe(plain.table) }
  for (const encoder of ['simd', 'scalar'] as const) {
    const { report, table, originals } = await readBlob(parts, { ...options, encoder })
    expect({ report, table: describe(table) }).toEqual(wanted)
    for (let row = 0; row <= table.rowCount; row += 1 + (row >> 3))
      expect(await originals.text(row)).toBe(await plain.originals.text(row))
  }
  return plain
}

/** What a format reads from bytes that come in pieces of such sizes, over and over. */
export async function readPieces(
  format: Format,
  bytes: Uint8Array,
  sizes: readonly number[],
  build: EncoderBuild,
): Promise<unknown> {
  const table = new GrowingTable()
  const module = await loadEncoderModule(build)
  const encoder = module && new Encoder(module, table)
  const pace = new Pace()
  const reader = new RecordReader(table, table.startSource(), { pace, encoder })
  await format.read(new ByteWindow(cut(bytes, sizes)), reader)
  const { events, withoutTime, clock, bad } = reader
  const spans = Array.from({ length: events }, (_, i) => reader.spans.at(i))
  return {
    events,
    withoutTime,
    clock,
    bad: bad.listed,
    spans,
    table: describeTable(table),
  }
}

async function* cut(
  bytes: Uint8Array,
  sizes: readonly number[],
): AsyncGenerator<Uint8Array> {
  for (let from = 0, i = 0; from < bytes.length; i++) {
    const to = from + sizes[i % sizes.length]!
    yield bytes.slice(from, to)
    from = to
    await Promise.resolve()
  }
}
