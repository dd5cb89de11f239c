import { expect, test } from 'vitest'
import { fieldsOf, readBlob } from './print-events'

test('whole numbers of advanced hunting keep all of their digits', async () => {
  const row = {
    Timestamp: '2026-03-02T08:00:00Z',
    DeviceId: 'd1',
    DeviceName: 'ws1.corp.example',
    ActionType: 'ProcessCreated',
    ProcessId: 7,
  }
  const text = JSON.stringify(row).replace(
    '}',
    ',"InitiatingProcessLogonId":9007199254740993}',
  )
  const { table } = await readBlob(`${text}\n${JSON.stringify(row)}`)
  const told = Object.values(fieldsOf(table, 0)).map(String)
  expect(told).toContain('9007199254740993')
  expect(told).not.toContain('9007199254740992')
})

test('so they do in hits that have nothing but fields', async () => {
  const hit = (logonId: string) =>
    '{"_index":"i","_id":"1","fields":{"Timestamp":["2026-03-02T08:00:00Z"],"DeviceId":["d1"],' +
    '"DeviceName":["ws1.corp.example"],"ActionType":["ProcessCreated"],' +
    `"InitiatingProcessLogonId":[${logonId}]}}`
  const { table, report } = await readBlob(['9007199254740993', '7'].map(hit).join('\n'))
  expect(report.variants?.[0]).toMatchObject({ events: 2 })
  expect(Object.values(fieldsOf(table, 0)).map(String)).toContain('9007199254740993')
  expect(Object.keys(fieldsOf(table, 0))).toEqual(Object.keys(fieldsOf(table, 1)))
})
