import { expect, test, vi } from 'vitest'
import type { Keep } from '../../src/ingest/keep'
import { RecordReader } from '../../src/ingest/record-reader'
import { fieldsOf, readBlob } from './print-events'
import { expectSameTables } from './same-tables'

// An event of Windows as XML within a record, behind records that are ECS.

const XML =
  '<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System>' +
  '<Provider Name="Microsoft-Windows-Sysmon"/><EventID>1</EventID>' +
  '<TimeCreated SystemTime="2026-03-02T08:00:00.000Z"/><EventRecordID>7</EventRecordID>' +
  '<Channel>Microsoft-Windows-Sysmon/Operational</Channel><Computer>ws1</Computer>' +
  '</System><EventData><Data Name="Image">C:\\a.exe</Data></EventData></Event>'

const ecs = (more: object) =>
  JSON.stringify({ '@timestamp': '2026-03-02T07:00:00Z', ...more })
const known = [
  ecs({ event: { category: 'process', original: 'a' }, message: 'b', n: 1 }),
  ecs({ event: { category: 'process', original: 'c' }, message: 'd', n: 2 }),
  ecs({ 'event.category': 'process', 'event.original': 'e' }),
  ecs({ _raw: 'f', SyslogMessage: 'g' }),
  JSON.stringify({ preview: false, result: { _raw: 'h' } }),
]

const carriers: readonly (readonly [string, string])[] = [
  ['event.original', ecs({ event: { original: XML } })],
  ['a dotted key', ecs({ 'event.original': XML })],
  ['message', ecs({ message: `<134>ws1 ${XML}` })],
  ['Splunk', JSON.stringify({ _raw: XML })],
  ['an export of Splunk', JSON.stringify({ preview: false, result: { _raw: XML } })],
  ['Sentinel', JSON.stringify({ SyslogMessage: XML })],
  ['escaped', ecs({ message: XML }).replaceAll('<', '\\u003c')],
]

const keeps: readonly (Keep | undefined)[] = [
  undefined,
  { fields: ['process.name', 'event.category'] },
]

const readRow = async (
  lines: readonly string[],
  at: number,
  keep: Keep | undefined,
): Promise<object> => {
  const { table } = await expectSameTables([lines.join('\n')], keep ? { keep } : {})
  expect(table.rowCount).toBe(lines.length)
  return fieldsOf(table, at)
}

test.each(carriers)('%s: reads as when it comes first', async (_, line) => {
  for (const keep of keeps) {
    const first = await readRow([line, ...known], 0, keep)
    expect(first).toMatchObject({ 'process.name': 'a.exe' })
    const lines = [...known, ...known, line, ...known]
    expect(await readRow(lines, 2 * known.length, keep)).toEqual(first)
  }
})

test('what has a category is ECS, and what only begins like XML is no event', async () => {
  const mapped = ecs({ event: { category: 'process', original: XML } })
  const other = ecs({ message: 'a page says <Event and </Event>' })
  // The same text as before, but without a category.
  const bare = ecs({ event: { original: XML } })
  const lines = [...known, ...known, mapped, other, mapped, bare]
  const at = 2 * known.length
  for (const keep of keeps) {
    expect(await readRow(lines, at, keep)).not.toHaveProperty('process.name')
    expect(await readRow(lines, at + 3, keep)).toHaveProperty('process.name', 'a.exe')
    const row = await readRow(lines, at + 1, keep)
    expect(Object.keys(row)).toEqual(keep ? ['@timestamp'] : ['@timestamp', 'message'])
  }
})

test('texts that are not kept are looked at where they stand', async () => {
  const bare = [
    ecs({ message: 'a \\ "b"\n', n: 1 }),
    ecs({ message: ['a', 'b'] }),
    ecs({ message: XML.replace('<Event', '<event') }),
    ecs({ message: 7 }),
    ecs({ 'event.original': XML, event: { original: 'a' } }),
    ecs({ 'event.original': 'a', event: { original: XML } }),
  ]
  const keep = { fields: ['process.name', 'event.category'] }
  await expectSameTables([[...known, ...bare, ...bare].join('\n')], { keep })
  const accept = vi.spyOn(RecordReader.prototype, 'accept')
  const many = Array.from({ length: 50 }, () => bare[0]!)
  await readBlob([[...known, ...many].join('\n')], { keep })
  expect(accept.mock.calls.length).toBeLessThan(10)
  accept.mockRestore()
})
