import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { GrowingTable } from '../../src/events/growing-table'
import { fillFields } from '../../src/ingest/fill-fields'
import { ingest } from '../../src/ingest/ingest'
import type { Keep } from '../../src/ingest/keep'
import { fieldsOf, readBlob, type ReadFile } from './print-events'

const HOUR = 3_600_000
const NOON = Date.parse('2026-03-02T12:00:00Z')

interface Drawn {
  readonly host: string
  readonly minute: number
  /** By how much its clock is off when it is logged. */
  readonly hoursOff: number
  /** Sysmon says the right time beside the wrong one. */
  readonly isSysmon: boolean
}

/** A line of an export that wrote local times as if they were UTC. */
function writeLine({ host, minute, hoursOff, isSysmon }: Drawn, n: number): string {
  const right = NOON + minute * 60_000
  const logged = new Date(right - hoursOff * HOUR).toISOString()
  const name = isSysmon
    ? 'Microsoft-Windows-Sysmon'
    : 'Microsoft-Windows-Security-Auditing'
  const own = { UtcTime: new Date(right).toISOString().replace('T', ' ').slice(0, -1) }
  return JSON.stringify({
    SourceName: name,
    Channel: isSysmon ? 'Microsoft-Windows-Sysmon/Operational' : 'Security',
    Hostname: host,
    EventID: isSysmon ? 5 : 4672,
    Message: '-',
    N: n,
    TimeCreated: logged,
    '@timestamp': logged,
    ...(isSysmon && own),
  })
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  host: fc.constantFrom('ws1', 'ws2', 'dc'),
  minute: fc.integer({ min: -120, max: 120 }),
  hoursOff: fc.constantFrom(5, 5, 17, 0),
  isSysmon: fc.boolean(),
})
const files = fc
  .array(drawn, { minLength: 1, maxLength: 25 })
  .map((all) => all.map(writeLine).join('\n'))

const rowsOf = ({ table }: ReadFile) =>
  Array.from({ length: table.rowCount }, (_, row) => fieldsOf(table, row))
type Row = ReturnType<typeof rowsOf>[number]

/** Without an encoder, which takes its time to start. */
const readPlain = (text: string, keep?: Keep) =>
  readBlob(text, { encoder: 'none', ...(keep && { keep }) })

const timeOf = (row: Row) => Date.parse(String(row['@timestamp']))
const numberOf = (row: Row) => row['winlog.event_data.N']

describe('what is kept of a file whose clocks are set right at its end', () => {
  const span = fc
    .tuple(fc.integer({ min: -150, max: 150 }), fc.integer({ min: 0, max: 120 }))
    .map(([from, length]) => ({
      from: NOON + from * 60_000,
      to: NOON + (from + length) * 60_000,
    }))

  test('are the events of the span of time, and they are as in the whole', async () => {
    const law = fc.asyncProperty(files, span, async (text, time) => {
      const wanted = rowsOf(await readPlain(text)).filter(
        (row) => timeOf(row) >= time.from && timeOf(row) < time.to,
      )
      const part = await readPlain(text, { time })
      expect(rowsOf(part)).toEqual(wanted)
      const { events, leftOut = 0, clock } = part.report
      expect(events + leftOut).toBe(text.split('\n').length)
      if (wanted.length > 0) expect(clock?.from).toBe(Math.min(...wanted.map(timeOf)))
    })
    await fc.assert(law, { numRuns: 200 })
  })

  test('have the times they have in the whole, where keys are chosen', async () => {
    const keep: Keep = { keys: { field: 'winlog.event_data.N', share: 0.5 } }
    const law = fc.asyncProperty(files, async (text) => {
      const whole = new Map(
        rowsOf(await readPlain(text)).map((row) => [numberOf(row), row] as const),
      )
      for (const row of rowsOf(await readPlain(text, keep)))
        expect(row).toEqual(whole.get(numberOf(row)))
    })
    await fc.assert(law, { numRuns: 100 })
  })
})

/** The first one has no clock yet to be set right by. */
const LATE: readonly Drawn[] = [
  { host: 'ws1', minute: 0, hoursOff: 5, isSysmon: false },
  { host: 'ws1', minute: 1, hoursOff: 5, isSysmon: false },
  { host: 'ws1', minute: 2, hoursOff: 5, isSysmon: true },
  { host: 'ws1', minute: 90, hoursOff: 5, isSysmon: true },
]
const late = LATE.map(writeLine).join('\n')
const time = { from: NOON, to: NOON + HOUR }

test('it is told that columns are others when the file is read again', async () => {
  let amended = 0
  const onAmended = () => amended++
  const { table, report } = await readBlob(late, { keep: { time }, onAmended })
  expect(table.rowCount).toBe(3)
  expect(report).toMatchObject({ events: 3, leftOut: 1, partial: false })
  expect(report.notes).toEqual([
    'The clock of ws1 was set right by +5 h for 3 events: the UtcTime of Sysmon, or when events were collected, tells that it was off.',
  ])
  expect(amended).toBe(1)
})

describe('fields are filled in later into the rows of a reading that was stopped', () => {
  const keep = { time, fields: ['@timestamp'] }
  const missing = ['winlog.event_data.N']

  test('before anything was known of clocks', async () => {
    const file = { id: 'late', name: 'late', blob: new Blob([late]) }
    const table = new GrowingTable()
    const read = await ingest(file, table, { keep, readAs: { upTo: 3 } })
    // Of what was read, nobody knew by then that two more were of that hour.
    expect(read.report).toMatchObject({ events: 1, partial: true })
    expect(await fillFields({ ...read, file, keep, isCut: true }, table, missing)).toBe(
      true,
    )
    expect(fieldsOf(table, 0)).toMatchObject({ 'winlog.event_data.N': '2' })
  })

  test('when all was known of them, and the file was read again', async () => {
    const more = Array.from({ length: 9000 }, (_, n) =>
      writeLine({ host: 'ws1', minute: 3, hoursOff: 5, isSysmon: false }, n + 4),
    )
    const file = {
      id: 'late',
      name: 'late',
      blob: new Blob([late, '\n', more.join('\n')]),
    }
    const table = new GrowingTable()
    let isAgain = false
    const onAmended = () => (isAgain = true)
    const signal = {
      get aborted() {
        return isAgain && table.rowCount > 0
      },
    } as AbortSignal
    const encoder = 'none'
    const read = await ingest(file, table, { keep, signal, onAmended, encoder })
    expect(read.report).toMatchObject({ leftOut: 1, partial: true })
    expect(read.report.events).toBeLessThan(9000)
    const kept = { ...read, file, keep, isCut: true }
    expect(await fillFields(kept, table, missing, { encoder })).toBe(true)
    const numbers = [0, 1, 2, 3].map((row) => numberOf(fieldsOf(table, row)))
    expect(numbers).toEqual(['0', '1', '2', '4'])
  })
})
