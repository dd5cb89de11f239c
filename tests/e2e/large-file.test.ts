import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { journeyTest as test } from './journey'

const MEGABYTES = 100
/** A task on the page's own thread longer than this is felt, ms. */
const FELT = 50

let folder = ''
let path = ''
let lines = 0

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maxspan-'))
  path = join(folder, 'large.ndjson')
  lines = await writeEvents(path, MEGABYTES * 1_000_000)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Process starts of a made-up fleet, about 560 bytes each. Returns how many. */
async function writeEvents(file: string, bytes: number): Promise<number> {
  const handle = await open(file, 'w')
  let written = 0
  let count = 0
  while (written < bytes) {
    const block = Array.from({ length: 2000 }, () => printEvent(count++)).join('')
    written += (await handle.write(block)).bytesWritten
  }
  await handle.close()
  return count
}

function printEvent(n: number): string {
  const event = {
    '@timestamp': new Date(1_772_000_000_000 + n * 250).toISOString(),
    event: { category: ['process'], type: ['start'], action: 'start', id: `e${n}` },
    host: { id: `host-${n % 97}`, name: `ws-${n % 97}`, os: { type: 'windows' } },
    user: { id: `S-1-5-21-${n % 61}`, name: `user${n % 61}`, domain: 'CORP' },
    process: {
      pid: 1000 + (n % 30_000),
      entity_id: `p-${n}`,
      name: `tool-${n % 211}.exe`,
      executable: `C:\\Program Files\\Vendor ${n % 31}\\tool-${n % 211}.exe`,
      args: [`tool-${n % 211}.exe`, '--job', String(n % 5003)],
      parent: { name: 'services.exe', pid: 640 },
    },
  }
  return `${JSON.stringify(event)}\n`
}

describe(`a file of ${MEGABYTES} MB`, () => {
  test('loads with its progress shown while the page stays quick', async ({
    journey,
  }) => {
    const { page } = journey
    await journey.open()
    const before = await journey.eventCount()
    await page.evaluate(() => {
      const tasks: number[] = []
      Object.assign(window, { longTasks: tasks })
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) tasks.push(Math.round(entry.duration))
      }).observe({ type: 'longtask' })
    })
    await page.getByLabel('Open files').setInputFiles(path)
    await page.getByRole('progressbar').first().waitFor()
    await page
      .locator(`[data-event-count="${before + lines}"]`)
      .waitFor({ timeout: 60_000 })
    const felt = await page.evaluate(
      (limit) =>
        (window as unknown as { longTasks: number[] }).longTasks.filter(
          (task) => task > limit,
        ),
      FELT,
    )
    expect(felt).toEqual([])
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
