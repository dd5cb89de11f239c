import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { GrowingTable } from '../../../src/events/growing-table'
import { Flattener } from '../../../src/ingest/flatten'
import type { ReadAs } from '../../../src/ingest/read-as'
import { TableSink } from '../../../src/ingest/table-sink'
import { ExtendedValues } from '../../../src/ingest/ecs/extended-values'
import { WindowsMapper } from '../../../src/ingest/windows-mapper'
import { draftEvent, type WindowsEvent } from '../../../src/ingest/windows/windows-event'

const text = readFileSync(new URL('clocks.txt', import.meta.url), 'utf8')
const cases = text
  .split(/\n{2,}/)
  .filter((block) => block.includes('\n@'))
  .map((block) => {
    const lines = block.trim().split('\n')
    const settings = new Map(
      lines
        .filter((line) => line.startsWith('@'))
        .map((line) => line.slice(1).split(' ') as [string, string]),
    )
    return {
      title: lines[0]!.slice(2),
      settings,
      rows: lines.filter((line) => line.includes('==>')),
      notes: lines.filter((line) => line.startsWith('= ')).map((line) => line.slice(2)),
    }
  })

function readRow(line: string, settings: ReadonlyMap<string, string>): WindowsEvent {
  const [computer, log, eventId, timeCreated, own = '-'] = line.split(' ')
  const data = [{ name: 'UtcTime', value: `2026-03-02 ${own}` }]
  return {
    ...draftEvent(),
    computer,
    channel: log === 'sysmon' ? 'Microsoft-Windows-Sysmon/Operational' : log,
    eventId,
    timeCreated,
    data: own === '-' ? [] : data,
    clock: settings.get('clock') === 'utc' ? 'utc' : 'doubtful',
    receivedTime: settings.get('receivedTime'),
    shippedTime: settings.get('shippedTime'),
  }
}

const readAsOf = (settings: ReadonlyMap<string, string>): ReadAs => ({
  ...(settings.has('time') && { time: 'as-logged' }),
  ...(settings.has('correctClock') && { correctClock: false }),
})

test.each(cases)('$title', ({ settings, rows, notes }) => {
  const table = new GrowingTable()
  const source = table.startSource()
  // Rows of another source lie between.
  const other = table.startSource()
  const mapper = new WindowsMapper(readAsOf(settings))
  const sink = new TableSink(table, new Flattener(table, undefined))
  rows.forEach((line, position) => {
    table.beginRow(source)
    mapper.map(readRow(line, settings), sink, position)
    table.endRow()
    mapper.accept({ position, place: position })
    table.beginRow(other)
    table.put(table.root.child('@timestamp'), '2026-01-01T00:00:00Z', false)
    table.endRow()
  })
  const work = mapper.finish(table, source, new ExtendedValues(), () => undefined)
  let step = work.next()
  while (!step.done) step = work.next()
  const times = table.column('@timestamp')!
  const timeAt = (row: number) => times.scalars(times.codeAt(row))[0]
  expect(rows.map((_, i) => timeAt(2 * i))).toEqual(
    rows.map((line) => line.split('==> ')[1]),
  )
  expect(rows.map((_, i) => timeAt(2 * i + 1))).toEqual(
    rows.map(() => '2026-01-01T00:00:00Z'),
  )
  expect(step.value).toEqual(notes)
})
