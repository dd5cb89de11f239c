import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { plantTask, readFeltTasks, watchTasks } from './felt-tasks'
import { writeFleet } from './fleet'
import { journeyTest as test } from './journey'

/** So much that there is time to cancel. */
const MEGABYTES = 400

let folder = ''
let path = ''
let lines = 0

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maxspan-'))
  path = join(folder, 'large.ndjson')
  lines = await writeFleet(path, MEGABYTES * 1_000_000)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe(`a file of ${MEGABYTES} MB`, () => {
  test('loads with its progress shown while the page stays quick', async ({
    journey,
  }) => {
    const { page } = journey
    await journey.open()
    const before = await journey.eventCount()
    await watchTasks(journey)
    await page.getByLabel('Open files').setInputFiles(path)
    await page.getByRole('progressbar').first().waitFor()
    await page
      .locator(`[data-event-count="${before + lines}"]`)
      .waitFor({ timeout: 60_000 })
    await journey.settle()
    expect(await readFeltTasks(journey)).toEqual([])

    await watchTasks(journey)
    await plantTask(journey)
    expect(await readFeltTasks(journey)).toHaveLength(1)
  })

  test('can be cancelled; what was read stays, and is called partial', async ({
    journey,
  }) => {
    const { page } = journey
    await journey.open()
    const before = await journey.eventCount()
    await page.getByLabel('Open files').setInputFiles(path)
    const started = page.locator('[role="progressbar"]:not([aria-valuenow="0"])')
    await started.waitFor()
    await page.getByRole('button', { name: /^Cancel/ }).click()
    await page.getByText('partial').first().waitFor()
    await journey.settle()
    const count = await journey.eventCount()
    expect(count).toBeLessThan(before + lines)
    expect(count).toBeGreaterThan(before)
  })
})
