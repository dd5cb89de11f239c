import { expect, test } from 'vitest'
import { GrowingTable } from '../../../src/events/growing-table'
import { ingest } from '../../../src/ingest/ingest'

const event = (id: number, image: string): string =>
  JSON.stringify({
    EventID: id,
    ...{ Channel: 'Microsoft-Windows-Sysmon/Operational', Computer: 'ws1' },
    ...{ SourceName: 'Microsoft-Windows-Sysmon', TimeCreated: 'x' },
    ...{ TimeGenerated: `2026-03-02T08:00:0${id}Z`, ProcessId: '4711', Image: image },
  })

test('fields that are not kept stay such when processes are named', async () => {
  const table = new GrowingTable()
  const text = [event(1, 'C:\\\\a.exe'), event(3, '<unknown process>')].join('\n')
  const fields = ['process.name', 'process.pid', 'event.code', 'host.id']
  await ingest({ id: 's', name: 's', blob: new Blob([text]) }, table, {
    readAs: { mode: 'extended' },
    keep: { fields },
  })
  const names = table.column('process.name')
  expect([0, 1].map((row) => names?.scalars(names.codeAt(row)))).toEqual([
    ['a.exe'],
    ['a.exe'],
  ])
  // It is known of, so that it can be read when a rule asks for it.
  expect(table.column('process.executable')?.observed.strings).toBeGreaterThan(0)
})

test('where only fields of rules are kept, so is what names processes', async () => {
  const lines = [event(1, 'C:\\\\a.exe'), event(3, '<unknown process>')]
  const namesIn = async (mode: 'faithful' | 'extended', fields: readonly string[]) => {
    const table = new GrowingTable()
    const file = { id: 's', name: 's', blob: new Blob([lines.join('\n')]) }
    await ingest(file, table, { readAs: { mode }, keep: { fields } })
    const names = table.column('process.name')
    return {
      names: [0, 1].map((row) => names?.scalars(names.codeAt(row))[0]),
      pids: table.column('process.pid')?.size,
    }
  }
  const asked = ['process.name', 'event.category']
  const all = await namesIn('extended', asked)
  expect(all).toEqual({ names: ['a.exe', 'a.exe'], pids: 1 })
  // Nothing is kept that nobody needs.
  expect(await namesIn('faithful', asked)).toEqual({
    names: ['a.exe', undefined],
    pids: 0,
  })
  expect((await namesIn('extended', ['event.category'])).pids).toBe(0)
})
