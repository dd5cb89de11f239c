import { describe, expect } from 'vitest'
import { journeyTest as test } from './journey'

const NARROW = { width: 390, height: 844 }

const event = (category: string, second: number, dataset: string, entity?: string) =>
  JSON.stringify({
    '@timestamp': `2026-01-05T09:00:0${second}.000Z`,
    event: { category, dataset },
    host: { id: 'lab-1' },
    ...(entity !== undefined && { process: { entity_id: entity } }),
  })
const EVENTS = [
  event('process', 1, 'endpoint.events.process', 'p1'),
  event('network', 2, 'endpoint.events.network'),
  event('process', 3, 'system.security', 'p1'),
].join('\n')

const QUERY = 'sequence by process.entity_id [process where true] [network where true]'
const RULE = `
[rule]
name = "Lab sequence"
rule_id = "lab-sequence"
type = "eql"
language = "eql"
index = ["logs-endpoint.events.*"]
query = '''
sequence by host.id [process where true] [process where true]
'''
`
const RESULT = '[data-region="result"]'

describe('what the events have of what a rule needs', () => {
  test('a step that can never join says so, beside the result and on a phone', async ({
    journey,
  }) => {
    await journey.open()
    const { page } = journey
    const result = page.locator(RESULT)
    await journey.choose({ name: 'lab.ndjson', text: EVENTS })
    await journey.settle()
    await page.getByRole('switch', { name: 'Use lab.ndjson' }).waitFor()
    for (const other of await page.getByRole('switch', { name: /^Use (?!lab)/ }).all())
      await other.click()
    await journey.writeQuery(QUERY)
    await journey.settle()
    await result
      .getByText('Step 2 can never join: process.entity_id is absent on the only network')
      .waitFor()
    const table = result.getByRole('table', { name: /fields it needs/ })
    expect(await table.getByRole('row').allInnerTexts()).toEqual(
      expect.arrayContaining([expect.stringMatching(/0 of 1 \(0 %\)\s*2 elsewhere/)]),
    )
    expect(await journey.accessibilityFaults()).toEqual([])
    await page.setViewportSize(NARROW)
    await page.getByRole('button', { name: 'Result', exact: true }).first().click()
    await result.getByText('Data fit').waitFor()
    expect(await journey.accessibilityFaults()).toEqual([])
    const right = await table.evaluate((shown) => shown.getBoundingClientRect().right)
    expect(right).toBeLessThanOrEqual(NARROW.width)
  })

  test('a rule that Elasticsearch refuses names the field that is nowhere', async ({
    journey,
  }) => {
    await journey.open()
    await journey.writeQuery('process where process.nonsense == "x"')
    await journey.page.getByRole('tab', { name: 'Data fit' }).click()
    await journey.page
      .locator(RESULT)
      .getByText(/process\.nonsense is in no loaded event/)
      .waitFor()
  })

  test('with matches it is a tab of the result', async ({ journey }) => {
    await journey.open()
    const { page } = journey
    await page.getByRole('tab', { name: 'Data fit' }).click()
    await page.getByRole('table', { name: /fields it needs/ }).waitFor()
    expect(await journey.accessibilityFaults()).toEqual([])
  })

  test('the indices of a rule leave events out when asked to', async ({ journey }) => {
    await journey.open()
    const { page } = journey
    await journey.choose({ name: 'lab.ndjson', text: EVENTS })
    await journey.settle()
    for (const other of await page.getByRole('switch', { name: /^Use (?!lab)/ }).all())
      await other.click()
    await journey.choose({ name: 'lab.toml', text: RULE })
    await journey.settle()
    await page.getByText('Lab sequence').first().click()
    await journey.waitForMatches(1)
    await page.getByRole('tab', { name: 'About' }).click()
    await page.getByText('The index patterns would leave out 1 of 3 events.').waitFor()
    expect(await journey.accessibilityFaults()).toEqual([])
    await page.getByLabel('Only events in these indices').first().click()
    await journey.waitForMatches(0)
    await page.getByLabel('Only events in these indices').first().click()
    await journey.waitForMatches(1)
  })
})

const TABLE = [
  '@timestamp,event.category,process.name',
  '"Jan 5, 2026 @ 09:00:00.000",process,zone.exe',
].join('\n')

test('the time zone of a table is asked for, and its events move', async ({
  journey,
}) => {
  await journey.open()
  const { page } = journey
  await journey.choose({ name: 'table.csv', text: TABLE })
  await journey.settle()
  const zone = page.getByLabel(/^Time zone \(assumed\) of table\.csv/)
  expect(await zone.inputValue()).toBe('UTC')
  for (const other of await page.getByRole('switch', { name: /^Use (?!table)/ }).all())
    await other.click()
  await journey.writeQuery('process where process.name == "zone.exe"')
  await journey.waitForMatches(1)
  const timeOf = () =>
    page.locator(`${RESULT} [data-match] [data-step] time`).first().textContent()
  expect(await journey.accessibilityFaults()).toEqual([])
  const before = await timeOf()
  await zone.selectOption('Asia/Tokyo')
  await page.getByLabel(/^Time zone of table\.csv/).waitFor()
  await journey.settle()
  await journey.waitForMatches(1)
  expect(before).not.toBe(await timeOf())
  await page.setViewportSize(NARROW)
  expect(await journey.accessibilityFaults()).toEqual([])
})
