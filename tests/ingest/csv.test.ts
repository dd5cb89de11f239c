import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LocalTimes } from '../../src/ingest/csv/local-times'
import { fieldsOf, readBlob } from './print-events'

describe('times without a zone', () => {
  const cases: readonly [zone: string, shown: string, utc: string][] = [
    ['UTC', 'Jul 12, 2019 @ 00:00:00.000', '2019-07-12T00:00:00.000Z'],
    ['Europe/Berlin', 'Jul 12, 2019 @ 00:00:00.000', '2019-07-11T22:00:00.000Z'],
    ['Europe/Berlin', 'Jan 12, 2019 @ 00:00:00.5', '2019-01-11T23:00:00.500Z'],
    ['America/New_York', 'Dec 31, 2025 @ 23:30:00', '2026-01-01T04:30:00.000Z'],
    [
      'Asia/Kathmandu',
      'Jan 5, 2026 @ 05:45:00.123456789',
      '2026-01-05T00:00:00.123456789Z',
    ],
    // The clock is put back: this hour comes twice, and the first is meant.
    ['Europe/Berlin', 'Oct 27, 2024 @ 02:30:00.000', '2024-10-27T00:30:00.000Z'],
    // The clock is put on: this hour does not come.
    ['Europe/Berlin', 'Mar 31, 2024 @ 02:30:00.000', '2024-03-31T00:30:00.000Z'],
    ['Nowhere/Land', 'Jul 12, 2019 @ 00:00:00.000', '2019-07-12T00:00:00.000Z'],
    ['Europe/Berlin', '2019-07-12T00:00:00Z', '2019-07-12T00:00:00Z'],
    ['Europe/Berlin', 'Foo 12, 2019 @ 00:00:00.000', 'Foo 12, 2019 @ 00:00:00.000'],
  ]
  test.each(cases)('%s %s', (zone, shown, utc) => {
    expect(new LocalTimes(zone).read(shown)).toBe(utc)
  })

  test('what a clock shows is read back', () => {
    const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')
    // Zones whose clocks are never put back.
    for (const [zone, ahead] of [
      ['Asia/Tokyo', 9],
      ['America/Phoenix', -7],
    ] as const) {
      const times = new LocalTimes(zone)
      const date = fc.date({
        min: new Date('2000-01-01'),
        max: new Date('2040-01-01'),
        noInvalidDate: true,
      })
      fc.assert(
        fc.property(date, (utc) => {
          const [day = '', clock = ''] = new Date(+utc + ahead * 3_600_000)
            .toISOString()
            .slice(0, -1)
            .split('T')
          const [year, month, of] = day.split('-').map(Number)
          const shown = `${months[month! - 1]} ${of}, ${year} @ ${clock}`
          expect(times.read(shown)).toBe(utc.toISOString())
        }),
      )
    }
  })
})

const file = '@timestamp,event.category\n"Jan 5, 2026 @ 09:00:00.000",process\n'

test('the zone is asked for: UTC until someone says it', async () => {
  const assumed = await readBlob(file)
  expect(assumed.report.zone).toEqual({ name: 'UTC', isAssumed: true })
  expect(assumed.report.notes?.join()).toMatch(/CSV is lossy/)
  const told = await readBlob(file, { readAs: { timeZone: 'Asia/Tokyo' } })
  expect(told.report.zone).toEqual({ name: 'Asia/Tokyo', isAssumed: false })
  expect(fieldsOf(told.table, 0)['@timestamp']).toBe('2026-01-05T00:00:00.000Z')
  const wrong = await readBlob(file, { readAs: { timeZone: 'Moon/Base' } })
  expect(wrong.report.notes?.join()).toMatch(/no time zone of the name “Moon\/Base”/)
})

test('times with a zone need no answer', async () => {
  const { report } = await readBlob('@timestamp,event.code\n2026-01-05T09:00:00Z,1\n')
  expect(report.zone).toBeUndefined()
})

test('a quote that is never closed swallows no more than it must', async () => {
  const row = '2026-01-05T09:00:00Z,process\n'
  const text = `@timestamp,event.category\n${row}"lost,${row}${'x'.repeat(17 * 1024 * 1024)}\n${row}`
  const { report } = await readBlob([text])
  expect(report.events).toBe(2)
  expect(report.bad.map(({ line }) => line)).toEqual([3, 4])
})

test('rows are read alike however the bytes come', async () => {
  const cell = fc.oneof(
    fc.constantFrom('-', '', 'a, b', '1,024', 'x"y', 'two\nlines', "'=1", 'Ünï'),
    fc.string({ maxLength: 8 }),
  )
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { maxLength: 8 }),
      fc.integer({ min: 1, max: 9 }),
      async (rows, size) => {
        const lines = rows.map((cells) => cells.map(quoted).join(','))
        const text = ['process.title,event.type,labels.x', ...lines].join('\r\n')
        const bytes = new TextEncoder().encode(text)
        const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
          bytes.subarray(i * size, (i + 1) * size),
        )
        const whole = await readBlob(text)
        expect(whole.report.badCount).toBe(0)
        const cut = await readBlob(pieces)
        expect(cut.report.events).toBe(whole.report.events)
      },
    ),
    { numRuns: 50 },
  )
})
