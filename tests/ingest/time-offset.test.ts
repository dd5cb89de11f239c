import { expect, test } from 'vitest'
import { fieldsOf, readBlob } from './print-events'

const MINUTE = 60_000

/** What kind of file, an event of it, and its times a minute later. */
const CASES: readonly [string, object, object][] = [
  [
    'ECS; the digits of a second stay',
    {
      '@timestamp': '2026-03-02T23:59:30.1234567Z',
      event: {
        category: ['process'],
        created: '2026-03-02T10:00:00+02:00',
        start: '2026-03-02T08:00:00Z',
      },
    },
    {
      '@timestamp': '2026-03-03T00:00:30.1234567Z',
      'event.created': '2026-03-02T08:01:00Z',
      'event.start': '2026-03-02T08:00:00Z',
    },
  ],
  [
    'a time in milliseconds',
    { '@timestamp': 1772442000000, event: { category: 'process' } },
    { '@timestamp': 1772442060000 },
  ],
  [
    'what is no time',
    { '@timestamp': 'soon', event: { category: 'process' } },
    { '@timestamp': 'soon' },
  ],
  [
    'Sysmon, by both of its times',
    {
      EventID: 5,
      Channel: 'Microsoft-Windows-Sysmon/Operational',
      SourceName: 'Microsoft-Windows-Sysmon',
      Hostname: 'ws1',
      Message: 'Process terminated:',
      TimeCreated: '2026-03-02T08:00:02.000Z',
      '@timestamp': '2026-03-02T08:00:02.000Z',
      UtcTime: '2026-03-02 08:00:01.500',
    },
    {
      '@timestamp': '2026-03-02T08:01:01.500Z',
      'event.created': '2026-03-02T08:01:02.000Z',
    },
  ],
]

test.each(CASES)('an offset set by hand moves %s', async (_, event, expected) => {
  const readAs = { offsetMs: MINUTE }
  const { table, report } = await readBlob(JSON.stringify(event), { readAs })
  const before = await readBlob(JSON.stringify(event))
  expect(fieldsOf(table, 0)).toMatchObject(expected)
  const { clock } = before.report
  expect(report.clock).toEqual(
    clock && { from: clock.from + MINUTE, to: clock.to + MINUTE },
  )
})

test('what is kept of a span of time is told by times as they are moved', async () => {
  const lines = [0, 1, 2, 3].map((minute) =>
    JSON.stringify({ '@timestamp': minute * MINUTE, n: minute }),
  )
  const keep = { time: { from: 2 * MINUTE, to: 3 * MINUTE } }
  const { table } = await readBlob(lines.join('\n'), {
    keep,
    readAs: { offsetMs: MINUTE },
  })
  expect(table.rowCount).toBe(1)
  expect(fieldsOf(table, 0)).toEqual({ '@timestamp': 2 * MINUTE, n: 1 })
})
