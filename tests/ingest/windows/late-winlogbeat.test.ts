import { describe, expect, test } from 'vitest'
import type { Keep } from '../../../src/ingest/keep'
import { fieldsOf, readBlob } from '../print-events'

const channel = 'Microsoft-Windows-Sysmon/Operational'
const provider_name = 'Microsoft-Windows-Sysmon'
const winlog = { channel, event_id: '5', computer_name: 'ws1', provider_name }
const time = '2026-03-02T08:00:00.000Z'
const ecs = { '@timestamp': time, winlog, event: { code: '5', category: ['process'] } }
const taken = { '@timestamp': time, winlog, event: { code: '5', ingested: time } }
const raw = { '@timestamp': time, winlog, event: { code: '5' } }
/** Long after the encoder has learnt all of its keys. */
const records = [...Array.from({ length: 5000 }, () => [ecs, taken]).flat(), raw, ecs]

const WRAPPERS: [string, string][] = [
  ['lines', records.map((record) => JSON.stringify(record)).join('\n')],
  ['an array', JSON.stringify(records)],
  ['hits', JSON.stringify({ hits: { hits: records.map((_source) => ({ _source })) } })],
]
/** The same, each field by its dotted name. */
const dotted = (record: object, above = ''): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(record).flatMap(([key, value]: [string, unknown]) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.entries(dotted(value, `${above}${key}.`))
        : [[above + key, value] as const],
    ),
  )
const asFields = (record: object) =>
  Object.fromEntries(
    Object.entries(dotted(record)).map(([name, value]) => [
      name,
      Array.isArray(value) ? value : [value],
    ]),
  )
WRAPPERS.push(
  ['dotted keys', records.map((record) => JSON.stringify(dotted(record))).join('\n')],
  [
    'fields of hits',
    JSON.stringify({
      hits: { hits: records.map((each) => ({ _index: 'i', fields: asFields(each) })) },
    }),
  ],
)
const KEEPS: readonly [string, Keep | undefined][] = [
  ['all fields', undefined],
  ['some fields', { fields: ['event.type', 'event.code'] }],
]

describe.each(WRAPPERS)('in %s', (_, text) => {
  test.each(KEEPS)('a raw record that comes late is translated; %s', async (_, keep) => {
    const { table, report } = await readBlob(text, keep && { keep })
    expect(report).toMatchObject({
      events: records.length,
      variants: [{ name: 'Sysmon (Winlogbeat)', events: 1 }],
    })
    const isTyped = records.map(
      (_, row) => fieldsOf(table, row)['event.type'] !== undefined,
    )
    expect(isTyped.indexOf(true)).toBe(10_000)
    expect(isTyped.lastIndexOf(true)).toBe(10_000)
  })
})

test.each([
  ['its own machine', { name: 'WS1', os: { type: 'windows' } }, 0],
  ['one that collects', { name: 'wec', os: { type: 'windows' } }, 1],
  ['no machine', { name: 'ws1' }, 1],
])('a log without a pipeline is ECS if it tells of %s', async (_, host, mapped) => {
  const provider_name = 'Microsoft-Windows-TaskScheduler'
  const log = { channel: `${provider_name}/Operational`, provider_name }
  const record = { ...raw, host, winlog: { ...winlog, ...log } }
  const { report } = await readBlob(JSON.stringify(record))
  expect(report.variants ?? []).toHaveLength(mapped)
})
