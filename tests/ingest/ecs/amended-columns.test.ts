import { expect, test } from 'vitest'
import type { Scalar } from '../../../src/events/column'
import { GrowingTable } from '../../../src/events/growing-table'
import { amendTimes, shiftSource } from '../../../src/ingest/ecs/amend-times'
import { ExtendedValues } from '../../../src/ingest/ecs/extended-values'
import { nameProcesses } from '../../../src/ingest/ecs/name-processes'

const FIELDS = ['@timestamp', 'event.created', 'process.name', 'process.executable']

/** Two events of one process, of which the second says only its number. */
function openTable(): GrowingTable {
  const table = new GrowingTable()
  const source = table.startSource()
  const both = { 'event.code': '1', 'host.id': 'ws1', 'process.pid': 7 }
  const times = { '@timestamp': '2026-03-02T08:00:00Z' }
  const created = { 'event.created': '2026-03-02T08:00:01Z' }
  const names = { 'process.name': 'a.exe', 'process.executable': 'C:\\a.exe' }
  const put = (event: Readonly<Record<string, Scalar>>): void => {
    table.beginRow(source)
    for (const [path, value] of Object.entries(event)) {
      const node = path.split('.').reduce((above, key) => above.child(key), table.root)
      table.put(node, value, false)
    }
    table.endRow()
  }
  put({ ...both, ...times, ...created, ...names })
  put({ ...both, ...times, ...created, 'event.code': '3' })
  return table
}

const CHANGE = { position: 0, by: 1000, utc: NaN, logged: NaN }
const OPTIONS = { mode: 'faithful', time: 'as-elastic' } as const

type Amend = (table: GrowingTable, onAmended: () => void) => Generator<void, void>
const amends: readonly (readonly [string, Amend])[] = [
  ['the times of events', (table, on) => amendTimes(table, 0, [CHANGE], OPTIONS, on)],
  ['all times of a source', (table, on) => shiftSource(table, 0, 1000, on)],
  ['names of processes', (t, on) => nameProcesses(t, 0, new ExtendedValues(), on)],
]

test.each(amends)('%s: each column is told of before one can look', (...each) => {
  const [, amend] = each
  const table = openTable()
  const columnsNow = () => FIELDS.map((field) => table.column(field))
  const toldOf = [columnsNow()]
  for (const _ of amend(table, () => toldOf.push(columnsNow()))) {
    const told = toldOf.at(-1)
    expect(columnsNow().every((column, at) => column === told?.[at])).toBe(true)
  }
  expect(toldOf).toHaveLength(3)
})
