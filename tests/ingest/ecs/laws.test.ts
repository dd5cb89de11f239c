import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { GrowingTable } from '../../../src/events/growing-table'
import { atOnce } from '../../../src/events/in-pieces'
import { settleHostIds } from '../../../src/ingest/ecs/settle-host-ids'
import { SECURITY_EVENTS } from '../../../src/ingest/ecs/security-events'
import type { JsonValue } from '../../../src/ingest/lossless-json'
import { draftEvent, type WindowsEvent } from '../../../src/ingest/windows/windows-event'
import { mapDrawn } from './drawn-windows'

const NAMES = [
  ...['Image', 'CommandLine', 'ProcessGuid', 'ProcessId', 'Hashes', 'User', 'UtcTime'],
  ...[
    'TargetObject',
    'Details',
    'QueryResults',
    'TargetFilename',
    'ImageLoaded',
    'Signed',
  ],
  ...['SignatureStatus', 'SourceIp', 'DestinationPort', 'Initiated', 'SubjectUserName'],
  ...[
    'TargetUserName',
    'MemberName',
    'IpAddress',
    'NewUacValue',
    'Direction',
    'EventType',
  ],
  ...['ContextInfo', 'Payload', 'param3', '__proto__', 'a.b', ''],
]
const VALUES = [
  ...[
    '-',
    '',
    'C:\\a\\b.exe',
    '\\',
    '/a/b',
    'x',
    '{00000000-0000-0000-0000-000000000000}',
  ],
  ...['true', '0x1f', '42', '99999999999999999999', 'MD5=0a,SHA1=', '"a\\"" b', 'type:'],
  ...['type:  5 x;::ffff:1.2.3.4;', 'DeleteKey', 'DWORD (0x00000001)', '%%14592', 'a\\b'],
  ...['2026-03-02 08:00:00.000', 'CN=a\\,b,OU=c,DC=d,DC=e', 'a=b\n\tc=d', 'constructor'],
]

const channels = fc.constantFrom(
  ...['Microsoft-Windows-Sysmon/Operational', 'Security', 'Windows PowerShell'],
  ...['Microsoft-Windows-PowerShell/Operational', 'System', 'constructor'],
)
const codes = fc.constantFrom(
  ...Array.from({ length: 30 }, (_, i) => String(i)),
  ...Object.keys(SECURITY_EVENTS),
  ...['400', '800', '4103', '4104', 'toString'],
)
const data = fc.array(
  fc.record({
    name: fc.option(fc.constantFrom(...NAMES), { nil: undefined }),
    value: fc.oneof(fc.constantFrom(...VALUES), fc.string()),
  }),
  { maxLength: 12 },
)
const events: fc.Arbitrary<WindowsEvent> = fc
  .record({ channel: channels, eventId: codes, data })
  .map((parts) => ({ ...draftEvent(), ...parts, computer: 'ws-041' }))

const map = (event: WindowsEvent, mode: 'faithful' | 'extended' = 'faithful') =>
  mapDrawn({ event, options: { mode, time: 'as-elastic' } })

const holds = (whole: JsonValue, part: JsonValue): boolean =>
  Array.isArray(whole) && Array.isArray(part)
    ? part.every((each) => whole.some((one) => holds(one, each)))
    : JSON.stringify(whole) === JSON.stringify(part)

test('extended mode has all that faithful mode has', () => {
  fc.assert(
    fc.property(events, (event) => {
      const extended = map(event, 'extended')
      for (const [field, { value }] of map(event)) {
        const found = extended.get(field)
        expect(found && holds(found.value, value)).toBe(true)
      }
    }),
    { numRuns: 2000 },
  )
})

test('what a file says as ECS is not overwritten', () => {
  fc.assert(
    fc.property(events, (event) => {
      const said = Object.fromEntries(
        [...map(event).keys()].map((field) => [field, 'said']),
      )
      const mapped = map({ ...event, ecs: said }, 'extended')
      for (const field in said) expect(mapped.get(field)?.value).toBe('said')
    }),
  )
})

test('every field says which part of the event it is of', () => {
  fc.assert(
    fc.property(events, (event) => {
      const names = new Set(event.data.map(({ name }, i) => name ?? `param${i + 1}`))
      for (const [, { from }] of map(event))
        for (const part of from.split(' '))
          if (part.startsWith('EventData.'))
            expect(names).toContain(part.slice('EventData.'.length))
    }),
  )
})

/** Machines by their names, and what their ids are in the end. */
function idsOf(computers: readonly string[]): Map<string, JsonValue> {
  const table = new GrowingTable()
  const put = (field: string, value: string): void =>
    table.put(table.root.child(field), value, false)
  computers.forEach((computer, i) => {
    const source = i % 3 === 0 ? table.startSource() : 0
    table.beginRow(source)
    const id = map({ ...draftEvent(), computer }).get('host.id')!.value
    put('winlog.computer_name', computer)
    put('host.id', id as string)
    table.endRow()
    if (i % 2 === 0) for (const _ of settleHostIds(table, () => undefined));
  })
  for (const _ of settleHostIds(table, () => undefined));
  const ids = table.column('host.id')!
  return new Map(
    computers.map((computer, row) => [computer, ids.scalars(ids.codeAt(row))[0]!]),
  )
}

test.each([
  [['WS1', 'ws1.a.example'], { WS1: 'ws1', 'ws1.a.example': 'ws1' }],
  [
    ['ws1.a.example', 'WS1.b.example', 'ws1', 'ws2.b.example'],
    {
      'ws1.a.example': 'ws1.a.example',
      'WS1.b.example': 'ws1.b.example',
      ws1: 'ws1',
      'ws2.b.example': 'ws2',
    },
  ],
])('the ids of %j', (computers, ids) => {
  expect(Object.fromEntries(idsOf(computers))).toEqual(ids)
})

test('machines have the same ids whatever the order of events', () => {
  const machines = ['ws1', 'WS1.a.example', 'ws1.b.example', 'ws2', 'ws2.a.example']
  const drawn = fc.array(fc.constantFrom(...machines), { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(drawn, fc.infiniteStream(fc.nat()), (computers, keys) => {
      const shuffled = computers
        .map((computer) => ({ computer, key: keys.next().value as number }))
        .sort((a, b) => a.key - b.key)
        .map(({ computer }) => computer)
      const sorted = (ids: Map<string, JsonValue>) => [...ids].sort()
      expect(sorted(idsOf(shuffled))).toEqual(sorted(idsOf(computers)))
    }),
  )
})

/** A source of so many events of machines that take turns, and the id of each. */
function eventsOf(
  machines: Readonly<Record<string, string>>,
  rows: number,
  table = new GrowingTable(),
) {
  const source = table.startSource()
  const all = Object.entries(machines)
  const computer = table.root.child('winlog').child('computer_name')
  const id = table.root.child('host').child('id')
  for (let row = 0; row < rows; row++) {
    const [name, itsId] = all[row % all.length]!
    table.beginRow(source)
    table.put(computer, name, false)
    table.put(id, itsId, false)
    table.endRow()
  }
  return table
}

test('no event is looked at where machines are called as they may be', () => {
  const table = eventsOf({ 'ws1.a.example': 'ws1', 'ws2.a.example': '4f2a' }, 10)
  const looked = vi.spyOn(table.column('winlog.computer_name')!, 'forEach')
  expect([...settleHostIds(table, () => undefined)]).toEqual([])
  expect(looked).not.toHaveBeenCalled()
})

test('settling ids pauses every so many events', () => {
  const table = eventsOf({ 'ws1.a.example': 'ws1', 'ws1.b.example': 'ws1' }, 300_000)
  const ids = table.column('host.id')!
  const codeAt = vi.spyOn(ids, 'codeAt')
  let most = 0
  for (const _ of settleHostIds(table, () => undefined)) {
    most = Math.max(most, codeAt.mock.calls.length)
    codeAt.mockClear()
  }
  expect(most).toBeGreaterThan(1000)
  expect(most).toBeLessThan(140_000)
  expect(table.column('host.id')).not.toBe(ids)
})

test('ids are those of the machines that are left when another source goes meanwhile', () => {
  const table = eventsOf({ 'ws1.a.example': 'ws1' }, 5000)
  eventsOf({ 'ws1.b.example': 'ws1' }, 10, table)
  const settling = settleHostIds(table, () => undefined)
  // Both machines have been seen, and ids are being written.
  for (let paused = 0; paused < 3; paused++) settling.next()
  atOnce(table.removeSource(1))
  atOnce(settleHostIds(table, () => undefined))
  atOnce(settling)
  const ids = table.column('host.id')!
  expect(ids.scalars(ids.codeAt(0))).toEqual(['ws1'])
})
