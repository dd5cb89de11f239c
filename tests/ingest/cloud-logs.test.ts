import { expect, test } from 'vitest'
import { readBlob } from './print-events'

const cases: readonly [what: RegExp, text: string][] = [
  [
    /AWS CloudTrail, which cannot be read as events.*AWS integration.*NDJSON/,
    '{"Records":[{"eventVersion":"1.08","eventSource":"s3.lab","eventName":"GetObject","awsRegion":"eu-1"}]}',
  ],
  [
    /Microsoft 365 audit log.*Office 365/,
    '{"CreationTime":"2026-01-05T09:00:00","Operation":"New-Rule","RecordType":1,"Workload":"Exchange"}\n',
  ],
  [
    /Entra ID sign-ins.*Azure/,
    '[{"createdDateTime":"2026-01-05T09:00:00Z","userPrincipalName":"d@lab","conditionalAccessStatus":"success"}]',
  ],
  [
    /Okta.s system log/,
    '{"eventType":"user.x","legacyEventType":"y","displayMessage":"z"}',
  ],
]
test.each(cases)('%s', async (says, text) => {
  const { report } = await readBlob(text)
  expect(report.problem).toMatch(says)
  expect(report.events).toBe(0)
})

test('what Elastic has made of them is read', async () => {
  const { report } = await readBlob(
    '{"@timestamp":"2026-01-05T09:00:00Z","event":{"category":["iam"]},"aws":{"eventSource":1,"eventName":2,"awsRegion":3}}',
  )
  expect(report).toMatchObject({ events: 1, badCount: 0 })
})

test('a record that only holds such a one is read', async () => {
  const raw = JSON.stringify({
    Operation: 'New-Rule',
    RecordType: 1,
    Workload: 'Exchange',
  })
  const text = JSON.stringify({
    Timestamp: '2026-01-05T09:00:00Z',
    ActionType: 'New-Rule',
    RawEventData: JSON.parse(raw) as unknown,
    rawData: raw,
  })
  const { report } = await readBlob(text)
  expect(report).toMatchObject({ events: 1, badCount: 0 })
})
